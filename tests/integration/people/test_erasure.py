"""Erasure: after it, no row of any table knows the person."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from enid.groups import invitations
from enid.groups.models import Invitation
from enid.meetings import operations as meetings
from enid.people import operations
from enid.people.models import Letter, OneTimeLink, Person
from enid.site import readiness
from tests.cast import Cast, make_group, make_person
from tests.integration.people.test_signin import sign_in

NAME, ADDRESS, OTHER = "Wilhelmina", "wilhelmina@example.org", "minna@home.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast: Cast) -> Person:
    """Return somebody who has left a trace in every place there is."""
    person, at = make_person(NAME), timezone.now()
    EmailAddress.objects.create(user=person, email=OTHER)
    invited = invitations.Invitee(NAME, OTHER, "member")
    made, _secret = invitations.invite(group=cast.circle, by=cast.marta, invitee=invited, at=at)
    place = invitations.accept(invitation=made, person=person, number=1, declaration=None, at=at)
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=at)
    meetings.record_closed(meeting_id=meeting.pk, present_seats={place.seat}, at=at)
    meetings.remember_device(membership=place, secret="browser", at=at)
    friday, monday = (make_group(name, [cast.karl, cast.ruth], []) for name in ("Friday", "Monday"))
    again = invitations.Invitee(NAME, ADDRESS.upper(), "member")
    invitations.invite(group=friday, by=cast.karl, invitee=again, at=at)
    mei = invitations.Invitee("Mei", "mei@example.org", "member")
    invitations.invite(group=monday, by=person, invitee=mei, at=at)
    EmailMessage("A word", f"Please answer to {OTHER}.", None, ["karl@example.org"]).send()
    EmailMessage("A word", "…", None, ["mei@example.org"], reply_to=[ADDRESS]).send()
    operations.recovery_link(person=person, at=at)
    return person


def rows_that_hold(*words: str) -> list[str]:
    """Return every table, sessions read in clear, in which one of the words stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own table names
            rows = str(cursor.fetchall()).lower()
            found += [table for word in words if word.lower() in rows]
    sessions = str([session.get_decoded() for session in Session.objects.all()]).lower()
    return found + ["sessions" for word in words if word.lower() in sessions]


def test_the_scan_would_find_the_person(client: Client, person: Person) -> None:
    sign_in(client, ADDRESS)
    Client().post("/account/login/", {"email": OTHER})
    assert set(rows_that_hold(NAME, ADDRESS, OTHER)) >= {
        "people_person",
        "people_letter",
        "account_emailaddress",
        "groups_invitation",
        "sessions",
    }


def test_erasure_leaves_no_row_that_knows_the_person(client: Client, person: Person) -> None:
    sign_in(client, ADDRESS)
    Client().post("/account/login/", {"email": ADDRESS})  # a code that nobody types
    assert client.post("/me/erase/", {"sure": "on"}).status_code == 302
    assert rows_that_hold(NAME, ADDRESS, OTHER) == []
    assert not OneTimeLink.objects.exists()
    assert client.get("/me/").status_code == 302


def test_erasure_signs_out_every_browser(client: Client, person: Person) -> None:
    at_home = Client()
    at_home.force_login(person)
    sign_in(client, ADDRESS)
    client.post("/me/erase/", {"sure": "on"})
    assert at_home.get("/me/").status_code == 302


def test_erasure_leaves_what_is_about_others(client: Client, cast: Cast) -> None:
    person = make_person("Na")  # na@example.org, which is also the end of other addresses
    EmailMessage("A word", "Please answer to an.na@example.org.", None, ["karl@example.org"]).send()
    Client().post("/account/login/", {"email": "anna@example.org"})
    operations.erase(person=person, at=timezone.now())
    assert Letter.objects.filter(to="karl@example.org").exists()
    assert Letter.objects.filter(to="anna@example.org").exists()
    assert "anna@example.org" in str([session.get_decoded() for session in Session.objects.all()])


def test_an_accepted_invitation_forgets_to_whom_it_went(person: Person) -> None:
    assert not Invitation.objects.exclude(used_at=None).exclude(email="", name="").exists()


def test_a_server_whose_last_administrator_went_can_have_a_new_one(cast: Cast) -> None:
    ada = make_person("Ada", is_administrator=True)
    assert readiness.first_administrator_link() == ""
    operations.erase(person=ada, at=timezone.now())
    assert "/first/" in readiness.first_administrator_link()


def test_the_page_says_what_stands_in_the_way_even_if_it_came_just_now(client: Client, cast: Cast) -> None:
    sign_in(client, cast.marta.email)
    assert "only leader" not in client.get("/me/erase/").content.decode()
    cast.membership(cast.ruth).delete()
    page = client.post("/me/erase/", {"sure": "on"})
    assert page.status_code == 422
    assert "only leader" in page.content.decode()
    with pytest.raises(operations.StillNeeded):
        operations.erase(person=cast.marta, at=timezone.now() + timedelta(minutes=1))
