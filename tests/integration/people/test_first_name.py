"""Somebody without a name is asked for it once, then goes on to where they wanted."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from enid.groups import invitations
from enid.people.models import Person
from tests.cast import Cast, make_person
from tests.integration.people.test_signin import last_code

pytestmark = pytest.mark.django_db

SAID = {"display_name": "Lena", "profession": "", "time_zone": "Europe/Vienna", "language": ""}


def type_code(client: Client, email: str, wish: str = "") -> str:
    """Sign in by a code; return where the browser is sent."""
    client.post("/account/login/", {"email": email, "next": wish})
    path = f"/account/login/code/?next={wish}" if wish else "/account/login/code/"
    return client.post(path, {"code": last_code(email), "next": wish})["Location"]


def nameless() -> Person:
    person = make_person("Lena")
    person.display_name = ""
    person.save()
    return person


def test_somebody_without_a_name_is_asked_and_goes_on(client: Client, db: None) -> None:
    asked = type_code(client, nameless().email, "/me/sessions/")
    assert urlsplit(asked).path == "/me/"
    assert parse_qs(urlsplit(asked).query) == {"next": ["/me/sessions/"]}
    page = client.get(asked).content.decode()
    assert "By which name does the circle know you?" in page
    assert '<input type="hidden" name="next" value="/me/sessions/">' in page
    assert client.post("/me/", {**SAID, "next": "/me/sessions/"})["Location"] == "/me/sessions/"


def test_somebody_with_a_name_goes_straight_on(client: Client, cast: Cast) -> None:
    assert type_code(client, cast.anna.email, "/me/sessions/") == "/me/sessions/"
    assert type_code(Client(), cast.anna.email) == "/"


def test_a_new_account_is_asked_before_it_reads_the_invitation(client: Client, cast: Cast) -> None:
    invitee = invitations.Invitee("Nora", "", "member")
    secret = invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=timezone.now())[1]
    client.post(f"/join/{secret}/", {"answer": "gladly"})
    client.post("/account/signup/", {"email": "new@example.org", "next": "/join/abc/"})
    answer = client.post(
        "/account/signup/code/", {"code": last_code("new@example.org"), "next": "/join/abc/"}
    )
    assert answer["Location"] == "/me/?next=%2Fjoin%2Fabc%2F"


def test_a_name_that_was_not_given_is_asked_for_at_the_next_sign_in_only(client: Client, db: None) -> None:
    person = nameless()
    type_code(client, person.email)
    assert client.get("/").status_code == 200  # asked, never held up
    assert type_code(Client(), person.email).startswith("/me/")
