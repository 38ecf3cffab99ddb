"""A line lives two years; six where it proves a credit that the member asked for, and then alone."""

from datetime import timedelta

import pytest

from enid.attendance import queries
from enid.attendance.models import KeptLine
from enid.groups.models import Group
from enid.meetings.models import Attendance, Meeting
from enid.people.export import everything
from enid.people.own_data import CHAPTERS
from enid.site import sweeps
from tests.cast import NOON, Cast
from tests.integration.attendance.evenings import confirm, held, wish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sweep(days: int) -> None:
    for name in ("meetings", "proofs of attendance", "groups"):
        sweeps.ALL[name](NOON + days * DAY)


def test_proof_outlives_its_meeting_and_knows_its_member_alone(cast: Cast) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna, cast.jonas), cast.anna, cast.jonas)
    before = queries.own_lines(cast.anna)[0]
    sweep(731)
    sweep(731)
    assert (Meeting.objects.count(), Attendance.objects.count()) == (0, 0)
    kept = KeptLine.objects.get()
    assert (kept.person, kept.minutes, kept.role, kept.setting) == (cast.anna, 60, "member", "video")
    after = queries.own_lines(cast.anna)[0]
    assert (after.group_name, after.starts_at, after.present) == (
        before.group_name,
        before.starts_at,
        before.present,
    )
    assert queries.own_lines(cast.jonas) == []


def test_proof_goes_after_six_years(cast: Cast) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna), cast.anna)
    sweep(731)
    sweep(6 * 365)
    assert KeptLine.objects.count() == 1
    sweep(6 * 365 + 3)
    assert KeptLine.objects.count() == 0


def test_proof_outlives_its_group(cast: Cast) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna), cast.anna)
    Group.objects.update(ended_at=NOON + DAY)
    sweep(400)
    assert not Group.objects.exists()
    assert KeptLine.objects.get().group_name == "Tuesday circle"


def test_line_that_nobody_confirmed_proves_nothing(cast: Cast) -> None:
    wish(cast, cast.anna)
    held(cast, cast.anna)
    sweep(731)
    assert KeptLine.objects.count() == 0


def test_proof_is_in_the_export_and_gone_with_the_person(cast: Cast) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna), cast.anna)
    sweep(731)
    assert everything(cast.anna)["attendance"]["kept_as_proof"][0]["group"] == "Tuesday circle"
    CHAPTERS["attendance"].erase(cast.anna)
    assert KeptLine.objects.count() == 0
