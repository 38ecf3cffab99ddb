"""What is removed when its time is over, and not before."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from enid.groups.models import Group, Invitation
from enid.meetings.models import Attendance, GuestPass, KnownDevice, Meeting
from enid.people import operations
from enid.people.models import OneTimeLink, Person
from enid.site import sweeps
from tests.cast import NOON, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sweep(at: object) -> None:
    for each in sweeps.ALL.values():
        each(at)  # type: ignore[arg-type]


def test_meetings_and_attendance_go_after_two_years(cast: Cast) -> None:
    meeting = Meeting.objects.create(group=cast.circle, starts_at=NOON)
    Attendance.objects.create(
        meeting=meeting, membership=cast.membership(cast.anna), role="member", present=True
    )
    sweep(NOON + 729 * DAY)
    assert Attendance.objects.count() == 1
    sweep(NOON + 731 * DAY)
    assert (Meeting.objects.count(), Attendance.objects.count()) == (0, 0)


def test_groups_go_a_year_after_their_end_and_running_ones_stay(cast: Cast) -> None:
    sweep(NOON + 3000 * DAY)
    assert Group.objects.count() == 1
    Group.objects.update(ended_at=NOON)
    sweep(NOON + 364 * DAY)
    assert Group.objects.count() == 1
    sweep(NOON + 366 * DAY)
    assert Group.objects.count() == 0


def test_guests_invitations_and_devices_go_in_their_time(cast: Cast) -> None:
    meeting = Meeting.objects.create(group=cast.circle, starts_at=NOON)
    GuestPass.objects.create(meeting=meeting, secret_hash="a", name="Elif", expires_at=NOON)
    Invitation.objects.create(group=cast.circle, secret_hash="b", expires_at=NOON)
    KnownDevice.objects.create(membership=cast.membership(cast.anna), secret_hash="c", seen_at=NOON)
    sweep(NOON - DAY)
    assert (GuestPass.objects.count(), Invitation.objects.count(), KnownDevice.objects.count()) == (1, 1, 1)
    sweep(NOON + DAY)
    assert (GuestPass.objects.count(), Invitation.objects.count(), KnownDevice.objects.count()) == (0, 1, 1)
    sweep(NOON + 181 * DAY)
    assert (Invitation.objects.count(), KnownDevice.objects.count()) == (0, 0)


def test_where_somebody_was_signed_in_goes_with_the_session(client: Client, cast: Cast) -> None:
    client.post(operations.recovery_link(person=cast.anna, at=timezone.now()))
    at = timezone.now()
    sweep(at + 59 * DAY)
    assert UserSession.objects.count() == 1
    sweep(at + 61 * DAY)
    assert UserSession.objects.count() == 0


def test_counts_of_tries_go_when_they_are_over(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    at = timezone.now()
    sweep(at)
    assert rows("rate_count") > 0
    sweep(at + timedelta(minutes=6))
    assert rows("rate_count") == 0


def test_links_for_one_use_go_when_they_ran_out(cast: Cast) -> None:
    operations.recovery_link(person=cast.anna, at=NOON)
    sweep(NOON + DAY)
    assert OneTimeLink.objects.count() == 1
    sweep(NOON + 3 * DAY)
    assert OneTimeLink.objects.count() == 0


def test_accounts_that_were_begun_and_never_confirmed_go_after_a_day(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.SIGNUP = "open"
    client.post("/account/signup/", {"email": "mistyped@example.org"})
    begun = Person.objects.filter(email="mistyped@example.org")
    everybody = Person.objects.count()
    at = timezone.now()
    sweep(at + timedelta(hours=23))
    assert begun.exists()
    sweep(at + timedelta(hours=25))
    assert not begun.exists()
    assert Person.objects.count() == everybody - 1


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own table name
        return int(cursor.fetchone()[0])
