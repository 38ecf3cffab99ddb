"""Chapters above hear of a new name and of a sign-out, once it is certain."""

from collections.abc import Iterator

import pytest
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.dispatch import Signal
from django.test import Client
from django.utils import timezone

from enid.people import operations
from enid.people.signals import person_renamed, signed_out_everywhere
from tests.cast import Cast
from tests.integration.people.test_signin import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


class Heard:
    """Notes of whom a signal told."""

    def __init__(self, signal: Signal) -> None:
        self.people: list[int] = []
        self.signal = signal
        signal.connect(self.note)

    def note(self, person_id: int, **_more: object) -> None:
        self.people.append(person_id)


@pytest.fixture
def renamed() -> Iterator[list[int]]:
    heard = Heard(person_renamed)
    yield heard.people
    person_renamed.disconnect(heard.note)


@pytest.fixture
def signed_out() -> Iterator[list[int]]:
    heard = Heard(signed_out_everywhere)
    yield heard.people
    signed_out_everywhere.disconnect(heard.note)


def settings_with(name: str) -> dict[str, str]:
    return {"display_name": name, "profession": "nurse", "time_zone": "Europe/Vienna", "language": ""}


def test_a_new_name_is_told_and_the_same_name_is_not(renamed: list[int], client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    client.post("/me/", settings_with("Anna"))
    assert renamed == []
    client.post("/me/", settings_with("Anna B."))
    assert renamed == [cast.anna.pk]


def test_nothing_is_told_of_a_change_that_did_not_last(
    renamed: list[int], signed_out: list[int], cast: Cast
) -> None:
    with transaction.atomic():
        operations.change_settings(
            person=cast.anna, name="Anna B.", profession="", time_zone="UTC", language=""
        )
        operations.sign_out_everywhere(person=cast.anna, at=timezone.now())
        assert (renamed, signed_out) == ([], [])  # not before it is certain either
        transaction.set_rollback(True)
    assert (renamed, signed_out) == ([], [])


def test_signing_out_everywhere_is_told_once(signed_out: list[int], client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    client.post("/me/sessions/end/")
    assert signed_out == [cast.anna.pk]


def test_ending_one_session_voids_the_tickets_it_may_have_drawn(
    signed_out: list[int], client: Client, cast: Cast
) -> None:
    sign_in(Client(), cast.anna.email)
    sign_in(client, cast.anna.email)
    other = UserSession.objects.filter(user=cast.anna).exclude(session_key=client.session.session_key).get()
    client.post(f"/me/sessions/{other.pk}/end/")
    assert signed_out == [cast.anna.pk]
    client.post("/me/sessions/999999/end/")
    assert signed_out == [cast.anna.pk]  # ended nothing, told nothing


def test_a_visitor_reads_the_browsers_language_and_a_person_their_own(client: Client, cast: Cast) -> None:
    german = {"accept-language": "de"}
    assert '<html lang="de">' in client.get("/account/login/", headers=german).content.decode()
    assert (
        '<html lang="en">'
        in client.get("/account/login/", headers={"accept-language": "fr"}).content.decode()
    )
    client.force_login(cast.anna)
    client.post("/me/", settings_with("Anna") | {"language": "en"})
    assert '<html lang="en">' in client.get("/me/", headers=german).content.decode()


def test_a_zone_that_vanished_leaves_the_pages_readable(client: Client, cast: Cast) -> None:
    cast.anna.time_zone = "Europe/Atlantis"
    cast.anna.save()
    client.force_login(cast.anna)
    assert client.get("/me/").status_code == 200
    assert client.get("/").status_code == 200
