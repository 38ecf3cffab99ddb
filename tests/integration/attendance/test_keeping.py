"""A line lives two years; six where it proves a credit that the member asked for, and then alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

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


def test_line_of_an_interpreter_is_kept_and_one_of_an_absence_is_not(cast: Cast) -> None:
    wish(cast, cast.anna)
    place = cast.anna.memberships.get()
    place.role = "interpreter"
    place.save()
    confirm(cast, held(cast, cast.anna), cast.anna)
    confirm(cast, held(cast, cast.jonas, at=NOON + DAY), cast.jonas)
    sweep(733)
    assert [(line.role, line.present) for line in KeptLine.objects.all()] == [("interpreter", True)]


def test_no_longer_also_drops_what_was_kept_as_proof(cast: Cast, client: Client) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna), cast.anna)
    sweep(731)
    place = cast.anna.memberships.get()
    place.left_at = NOON + DAY
    place.save()
    client.force_login(cast.anna)
    client.post(reverse("me_minutes", args=[place.pk]), {"do": "drop"})
    assert KeptLine.objects.count() == 0


def test_proof_of_a_group_that_is_gone_can_be_dropped(cast: Cast, client: Client) -> None:
    wish(cast, cast.anna)
    confirm(cast, held(cast, cast.anna), cast.anna)
    Group.objects.update(ended_at=NOON + DAY)
    sweep(400)
    client.force_login(cast.jonas)
    client.post(reverse("me_proofs_drop"), {"group": "Tuesday circle"})
    client.force_login(cast.anna)
    assert "Tuesday circle" in client.get(reverse("me_attendance")).content.decode()
    assert KeptLine.objects.count() == 1
    client.post(reverse("me_proofs_drop"), {"group": "Tuesday circle"})
    assert KeptLine.objects.count() == 0
