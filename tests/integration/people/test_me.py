"""Settings, export, erasure, and the pages for everyone."""

import json
from pathlib import Path

import pytest
from django.test import Client

from enid.people.models import Letter, Person
from tests.cast import Cast
from tests.integration.people.test_signin import sign_in

pytestmark = pytest.mark.django_db

SAID = {"display_name": "Anna B.", "profession": "nurse", "time_zone": "Europe/Vienna", "language": "de"}


def test_settings_are_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert client.post("/me/", SAID).status_code == 302
    cast.anna.refresh_from_db()
    assert (cast.anna.display_name, cast.anna.time_zone, cast.anna.language) == (
        "Anna B.",
        "Europe/Vienna",
        "de",
    )
    assert "Mein Konto" in client.get("/me/").content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"time_zone": "Europe/Nowhere"},
        {"time_zone": "../../etc/passwd"},
        {"display_name": "x" * 1_000_000},
        {"display_name": "\u202e\u0000"},
        {"language": "xx"},
        {"display_name": ""},
    ],
)
def test_bad_settings_change_nothing_and_say_so(bad: dict[str, str], client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    answer = client.post("/me/", {**SAID, **bad})
    assert answer.status_code in (400, 422)
    cast.anna.refresh_from_db()
    assert (cast.anna.display_name, cast.anna.time_zone) == ("Anna", "UTC")


def test_marks_that_turn_writing_around_do_not_reach_the_circle(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    client.post("/me/", {**SAID, "display_name": "An\u202ena\u0007"})
    cast.anna.refresh_from_db()
    assert cast.anna.display_name == "Anna"


def test_export_holds_what_every_chapter_keeps(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    data = json.loads(client.get("/me/export/").content)
    assert data["account"]["email"] == "anna@example.org"
    assert "Tuesday circle" in json.dumps(data)
    assert "Jonas" not in json.dumps(data)
    assert [letter["subject"] for letter in data["account"]["letters"]] == ["Your code for Enid"]
    assert len(data["account"]["sessions"]) == 1


def test_erasure_without_the_yes_changes_nothing(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    assert client.post("/me/erase/").status_code == 422
    assert Person.objects.filter(email="anna@example.org").exists()


def test_the_only_leader_is_asked_to_hand_on_first(client: Client, cast: Cast) -> None:
    cast.membership(cast.ruth).delete()
    sign_in(client, cast.marta.email)
    page = client.post("/me/erase/", {"sure": "on"})
    assert page.status_code == 422
    assert "only leader" in page.content.decode()
    assert Person.objects.filter(pk=cast.marta.pk).exists()


@pytest.mark.parametrize("path", ["/privacy/", "/contact/", "/account/login/"])
def test_everyone_can_read(path: str, client: Client) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/me/", "/me/confirm/", "/me/sessions/", "/me/passkeys/"])
def test_visitors_are_asked_to_sign_in(path: str, client: Client) -> None:
    assert client.get(path)["Location"].startswith("/account/login/")


def test_outbox_is_for_an_administrator_without_a_mail_server(
    client: Client, cast: Cast, settings: object
) -> None:
    Letter.objects.create(to="a@example.org", subject="A letter", body="…", sender="enid@localhost")
    assert client.get("/outbox/").status_code == 404
    client.force_login(cast.anna)
    assert client.get("/outbox/").status_code == 404
    Person.objects.filter(pk=cast.anna.pk).update(is_administrator=True)
    assert "A letter" in client.get("/outbox/").content.decode()
    assert 'href="/outbox/"' in client.get("/me/").content.decode()
    settings.SMTP_URL = "smtp://mail.example.org"  # type: ignore[attr-defined]
    assert client.get("/outbox/").status_code == 404
    assert 'href="/outbox/"' not in client.get("/me/").content.decode()


def test_every_page_forbids_other_hosts_and_inline_scripts(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "'self'" in policy


def test_no_template_holds_inline_style_or_handler() -> None:
    for file in Path("enid").glob("*/templates/**/*.html"):
        text = file.read_text()
        assert " style=" not in text, file
        assert " onclick=" not in text, file
        assert "https://" not in text.replace("https://call.example", ""), file
