"""Meetings: planned, started, cancelled, closed, confirmed; only present or not is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from enid.groups import operations as groups
from enid.groups.models import Group, Outsiders
from enid.meetings import operations, queries
from enid.meetings.errors import NotClosed, NotOpen, Overlaps, PastTime, TooFar, UnknownMember
from enid.meetings.models import Attendance, KnownDevice, Meeting
from enid.meetings.signals import attendance_confirmed
from tests.cast import NOON, Cast
from tests.together import everybody_accepts

HOUR = timedelta(hours=1)


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


def _plan(cast: Cast, starts_at: datetime, at: datetime = NOON) -> Meeting:
    return operations.plan(group=cast.circle, person=cast.marta, starts_at=starts_at, length_min=75, at=at)


def _held(cast: Cast, *present: str, at: datetime = NOON) -> Meeting:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=at)
    seats = {place.seat for place in queries.people_in(meeting) if place.person.name in present}
    operations.record_closed(meeting_id=meeting.pk, present_seats=seats, at=at + HOUR)
    meeting.refresh_from_db()
    return meeting


def _confirm(cast: Cast, meeting: Meeting, *names: str) -> None:
    present = {place.pk for place in queries.people_in(meeting) if place.person.name in names}
    operations.confirm_attendance(meeting=meeting, person=cast.marta, present=present, at=NOON + 2 * HOUR)


def test_second_press_starts_no_second_meeting(leader: Client, circle: Group) -> None:
    first = leader.post(reverse("meeting_start", args=[circle.pk]))
    second = leader.post(reverse("meeting_start", args=[circle.pk]))
    assert first.url == second.url
    assert circle.meetings.count() == 1


def test_start_takes_up_the_meeting_that_is_due(cast: Cast) -> None:
    planned = _plan(cast, NOON + HOUR)
    soon = NOON + HOUR - queries.EARLY
    assert operations.start_now(group=cast.circle, person=cast.ruth, at=soon) == planned
    assert (
        operations.start_now(group=cast.circle, person=cast.ruth, at=NOON + timedelta(minutes=1)) != planned
    )


def test_meeting_lasts_as_long_as_the_group_says(cast: Cast) -> None:
    cast.circle.length_min = 90
    assert operations.start_now(group=cast.circle, person=cast.marta, at=NOON).length_min == 90


@pytest.mark.parametrize(
    ("starts_at", "error"),
    [
        (NOON, PastTime),
        (NOON - timedelta(days=1), PastTime),
        (NOON + timedelta(days=800), TooFar),
        (NOON + timedelta(hours=24, minutes=74), Overlaps),
        (NOON + timedelta(hours=24, minutes=-74), Overlaps),
    ],
)
def test_time_that_cannot_be_is_refused(cast: Cast, starts_at: datetime, error: type[Exception]) -> None:
    _plan(cast, NOON + timedelta(hours=24))
    with pytest.raises(error):
        _plan(cast, starts_at)
    assert cast.circle.meetings.count() == 1


def test_meetings_may_follow_each_other(cast: Cast) -> None:
    _plan(cast, NOON + HOUR)
    _plan(cast, NOON + HOUR + timedelta(minutes=75))
    assert len(queries.coming(cast.circle, at=NOON)) == 2


def _send(client: Client, circle: Group, day: str, hour: str, length: str = "75") -> Any:
    form = {"day": day, "hour": hour, "length_min": length}
    return client.post(reverse("meeting_new", args=[circle.pk]), form, follow=True)


def _in_vienna(circle: Group) -> Group:
    circle.time_zone = "Europe/Vienna"
    circle.save()
    return circle


def _next_year() -> int:
    return timezone.now().year + 1


def _last_sunday(month: int) -> str:
    last = datetime(_next_year(), month, 31, tzinfo=UTC)
    return f"{last - timedelta(days=(last.weekday() + 1) % 7):%Y-%m-%d}"


def test_hour_is_the_groups_own(leader: Client, circle: Group) -> None:
    _send(leader, _in_vienna(circle), f"{_next_year()}-01-12", "18:30")
    assert circle.meetings.get().starts_at == datetime(_next_year(), 1, 12, 17, 30, tzinfo=UTC)


def test_hour_that_does_not_exist_is_refused_in_a_sentence(leader: Client, circle: Group) -> None:
    page = _send(leader, _in_vienna(circle), _last_sunday(3), "02:30")
    assert page.status_code == 422
    assert "That hour does not exist" in page.content.decode()
    assert not circle.meetings.exists()


def test_hour_that_comes_twice_is_the_first_and_is_told(leader: Client, circle: Group) -> None:
    page = _send(leader, _in_vienna(circle), _last_sunday(10), "02:30")
    assert "comes twice" in page.content.decode()
    assert circle.meetings.get().starts_at.hour == 0


@pytest.mark.parametrize(
    ("day", "hour", "length", "sentence"),
    [
        ("2020-01-01", "18:30", "75", "That time has passed."),
        ("9999-12-31", "23:59", "75", "more than two years ahead"),
        ("0001-01-01", "00:00", "75", ""),
        ("tomorrow", "18:30", "75", ""),
        ("", "", "", ""),
        ("2027-02-30", "18:30", "75", ""),
        ("2027-01-12", "25:00", "75", ""),
        ("2027-01-12", "18:30", "0", ""),
        ("2027-01-12", "18:30", "9" * 5000, ""),
        ("2027-01-12", "x" * 900_000, "75", ""),
        ("\u202e2027-01-12", "18:30", "75", ""),
    ],
)
def test_bad_time_plans_nothing(
    leader: Client, circle: Group, day: str, hour: str, length: str, sentence: str
) -> None:
    circle.time_zone = "Pacific/Auckland"
    circle.save()
    page = _send(leader, circle, day, hour, length)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not circle.meetings.exists()


def test_cancelled_meeting_is_told_and_its_room_stays_shut(leader: Client, cast: Cast) -> None:
    meeting = _plan(cast, timezone.now() + HOUR, at=timezone.now())
    leader.post(reverse("meeting_cancel", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert not queries.is_open(meeting, at=meeting.starts_at)
    assert "is cancelled" in leader.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert queries.coming(cast.circle, at=timezone.now()) == []


def test_meeting_under_way_is_closed_not_cancelled(cast: Cast) -> None:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=NOON)
    operations.record_opened(meeting_id=meeting.pk, at=NOON)
    with pytest.raises(NotOpen):
        operations.cancel(meeting=meeting, at=NOON)


def test_room_opens_fifteen_minutes_early(cast: Cast) -> None:
    meeting = _plan(cast, NOON + HOUR)
    assert not queries.is_open(meeting, at=meeting.starts_at - timedelta(minutes=16))
    assert queries.is_open(meeting, at=meeting.starts_at - timedelta(minutes=15))


def test_meeting_that_nobody_opened_is_not_held_in_front_of_the_group(cast: Cast) -> None:
    _plan(cast, NOON + HOUR)
    assert queries.coming(cast.circle, at=NOON + timedelta(hours=8)) == []


def test_open_room_stays_open_until_a_leader_closes(cast: Cast) -> None:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=NOON)
    operations.record_opened(meeting_id=meeting.pk, at=NOON)
    meeting.refresh_from_db()
    assert queries.is_open(meeting, at=NOON + timedelta(days=2))


def test_close_is_recorded_once(cast: Cast) -> None:
    meeting = _held(cast, "Marta", "Anna")
    operations.record_closed(meeting_id=meeting.pk, present_seats=set(), at=NOON + 5 * HOUR)
    meeting.refresh_from_db()
    assert meeting.closed_at == NOON + HOUR
    present = Attendance.objects.filter(meeting=meeting, present=True)
    assert {row.membership.person.name for row in present} == {"Marta", "Anna"}
    assert meeting.attendances.count() == 5


def test_leader_finds_the_close_filled_in_and_confirms(leader: Client, cast: Cast) -> None:
    meeting = _held(cast, "Marta", "Anna", at=timezone.now())
    page = leader.get(reverse("meeting_after", args=[meeting.pk])).content.decode()
    assert page.count(" checked") == 2
    assert "How do I go home?" in page
    present = [cast.membership(person).pk for person in (cast.marta, cast.anna, cast.jonas)]
    leader.post(reverse("meeting_after", args=[meeting.pk]), {"present": present})
    assert queries.own_presence(cast.jonas, [meeting]) == {meeting.pk: True}
    assert queries.own_presence(cast.priya, [meeting]) == {meeting.pk: False}


def test_ten_questions_offer_nothing_to_write(leader: Client, cast: Cast) -> None:
    meeting = _held(cast)
    page = leader.get(reverse("meeting_after", args=[meeting.pk]))
    assert len(page.context["questions"]) == 10
    assert "<textarea" not in page.content.decode()
    assert 'type="text"' not in page.content.decode()


def test_members_see_only_their_own_line(cast: Cast, client: Client) -> None:
    meeting = _held(cast, "Anna")
    _confirm(cast, meeting, "Anna")
    client.force_login(cast.jonas)
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "You were not present." in page
    assert "Anna" not in page
    client.force_login(cast.anna)
    assert "You were present." in client.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_unconfirmed_presence_is_shown_to_nobody(cast: Cast, client: Client) -> None:
    meeting = _held(cast, "Anna")
    client.force_login(cast.anna)
    assert "You were present." not in client.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_confirming_tells_the_room_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard = []

    def listen(sender: object, meeting_id: object, **_: object) -> None:
        heard.append(meeting_id)

    attendance_confirmed.connect(listen)
    meeting = _held(cast, "Anna")
    with django_capture_on_commit_callbacks(execute=True):
        _confirm(cast, meeting, "Anna")
    assert heard == [meeting.pk]


def test_confirmation_can_be_corrected(cast: Cast) -> None:
    meeting = _held(cast, "Anna")
    _confirm(cast, meeting, "Anna")
    _confirm(cast, meeting, "Jonas")
    assert queries.own_presence(cast.anna, [meeting]) == {meeting.pk: False}
    assert meeting.attendances.count() == 5


def test_who_joined_later_is_no_part_of_an_earlier_meeting(cast: Cast) -> None:
    meeting = _held(cast, "Anna", at=timezone.now() - 3 * HOUR)
    late = cast.circle.memberships.create(person=cast.zoe)
    assert late not in [line.membership for line in queries.present_or_not(meeting)]
    with pytest.raises(UnknownMember):
        operations.confirm_attendance(
            meeting=meeting, person=cast.marta, present={late.pk}, at=timezone.now()
        )


def test_who_left_since_keeps_their_line(cast: Cast) -> None:
    meeting = _held(cast, "Anna")
    groups.leave(membership=cast.membership(cast.anna), at=NOON + 2 * HOUR)
    assert "Anna" in [line.membership.person.name for line in queries.present_or_not(meeting)]


def test_open_meeting_cannot_be_confirmed(cast: Cast) -> None:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=NOON)
    with pytest.raises(NotClosed):
        _confirm(cast, meeting, "Anna")


@pytest.mark.parametrize("present", [["0"], ["x"], ["9" * 5000], ["-1"], ["1" * 900_000]])
def test_forged_names_confirm_nothing(leader: Client, cast: Cast, present: list[str]) -> None:
    meeting = _held(cast, "Anna")
    page = leader.post(reverse("meeting_after", args=[meeting.pk]), {"present": present})
    assert page.status_code == 422
    meeting.refresh_from_db()
    assert meeting.confirmed_at is None


def test_after_page_waits_for_the_close(leader: Client, cast: Cast) -> None:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    page = leader.get(reverse("meeting_after", args=[meeting.pk]), follow=True)
    assert "confirmed after the close" in page.content.decode()


def test_meeting_knows_no_presenter() -> None:
    fields = {field.name for model in (Meeting, Attendance) for field in model._meta.get_fields()}
    assert not {name for name in fields if "present" in name} - {"present"}
    assert not {"case", "note", "presenter", "duration", "spoke"} & fields


def _outside(cast: Cast) -> list[queries.Seen]:
    return queries.seen_from_outside(Group.objects.get(pk=cast.circle.pk))


def _rule(cast: Cast, rule: str, at: datetime) -> None:
    groups.change_settings(
        group=cast.circle, settings={"outsiders": rule}, by=cast.membership(cast.marta), at=at
    )
    everybody_accepts(cast.circle, at=at)


def test_outsiders_see_nothing_by_default(cast: Cast) -> None:
    _confirm(cast, _held(cast, "Anna"), "Anna")
    assert _outside(cast) == []


def test_outsiders_see_that_the_group_met_and_no_name(cast: Cast) -> None:
    _rule(cast, Outsiders.MET, NOON - HOUR)
    _confirm(cast, _held(cast, "Anna"), "Anna")
    assert _outside(cast) == [queries.Seen(NOON, ())]


def test_outsiders_see_names_only_of_those_who_accepted(cast: Cast) -> None:
    _rule(cast, Outsiders.PRESENT, NOON - HOUR)
    cast.membership(cast.jonas).acceptances.all().delete()
    _confirm(cast, _held(cast, "Anna", "Jonas"), "Anna", "Jonas")
    assert _outside(cast) == [queries.Seen(NOON, ("Anna",))]


def test_rule_does_not_reach_back(cast: Cast) -> None:
    _confirm(cast, _held(cast, "Anna"), "Anna")
    _rule(cast, Outsiders.PRESENT, NOON + 3 * HOUR)
    assert _outside(cast) == []


def test_members_open_the_very_page_that_outsiders_see(cast: Cast, client: Client) -> None:
    _rule(cast, Outsiders.MET, NOON - HOUR)
    _confirm(cast, _held(cast, "Anna"), "Anna")
    client.force_login(cast.jonas)
    page = client.get(reverse("group_outside", args=[cast.circle.pk])).content.decode()
    assert "24 November 2026" in page
    assert "Anna" not in page


def test_device_is_remembered_as_a_hash(cast: Cast) -> None:
    place = cast.membership(cast.anna)
    for hour in (0, 1):
        operations.remember_device(membership=place, secret="of this browser", at=NOON + hour * HOUR)
    device = KnownDevice.objects.get()
    assert device.seen_at == NOON + HOUR
    assert "browser" not in device.secret_hash
