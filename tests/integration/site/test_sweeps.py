"""What is removed when its time is over, and not before."""

from datetime import timedelta

import pytest

from enid.groups.models import Group, Invitation
from enid.meetings.models import Attendance, GuestPass, KnownDevice, Meeting
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
