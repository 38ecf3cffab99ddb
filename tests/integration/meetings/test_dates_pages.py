"""Pages of a group's dates: members read, leaders make, move, cancel and leave out, and a mistake keeps nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Group
from enid.meetings import operations
from enid.meetings.models import LeftOut, Meeting, Series
from enid.people.models import Person
from tests.cast import Cast

WEEK = timedelta(weeks=1)


def _tuesday() -> date:
    """Return a Tuesday in some weeks, early in its month so that it is no fifth one."""
    day = timezone.now().date() + 3 * WEEK
    while day.weekday() != 1 or day.day > 28:
        day += timedelta(days=1)
    return day


def _form(**changed: object) -> dict[str, object]:
    form = {
        "first": _tuesday().isoformat(),
        "hour": "18:30",
        "time_zone": "Europe/Vienna",
        "rhythm": "fortnightly",
        "many": "3",
        "length_min": "75",
        "skipped": "",
        "do": "keep",
    }
    return {**form, **changed}


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    Person.objects.update(time_zone="Europe/Vienna")
    Group.objects.update(time_zone="Europe/Vienna")
    client.force_login(cast.marta)
    return client


def _send(client: Client, circle: Group, **changed: object) -> Any:
    return client.post(reverse("group_dates_new", args=[circle.pk]), _form(**changed), follow=True)


def _dates(client: Client, circle: Group) -> str:
    return client.get(reverse("group_dates", args=[circle.pk])).content.decode()


def _said(day: date, hour: str = "18:30") -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}, {hour}"


def test_dates_are_shown_in_words_before_anything_is_kept(leader: Client, circle: Group) -> None:
    page = _send(leader, circle, do="look").content.decode()
    for n in range(3):
        assert _said(_tuesday() + 2 * n * WEEK) in page
    assert "Every second week on Tuesday, 18:30 in Europe/Vienna" in page
    assert not Series.objects.exists()


def test_kept_dates_stand_on_the_page_of_every_member(leader: Client, cast: Cast, circle: Group) -> None:
    _send(leader, circle)
    leader.force_login(cast.anna)
    page = _dates(leader, circle)
    assert _said(_tuesday() + 4 * WEEK) in page
    assert "Move" not in page
    assert "Leave days out" not in page


def test_member_elsewhere_reads_both_clocks(leader: Client, cast: Cast, circle: Group) -> None:
    _send(leader, circle, many="1")
    Person.objects.filter(pk=cast.anna.pk).update(time_zone="Asia/Kolkata")
    leader.force_login(cast.anna)
    assert "in Asia/Kolkata (18:30 in Europe/Vienna)" in _dates(leader, circle)


def test_holidays_are_skipped_by_hand(leader: Client, circle: Group) -> None:
    second = _tuesday() + 2 * WEEK
    _send(leader, circle, skipped=f"{second - timedelta(days=1)} - {second + timedelta(days=1)}")
    days = [meeting.series_date for meeting in circle.meetings.all()]
    assert days == [_tuesday(), _tuesday() + 4 * WEEK, _tuesday() + 6 * WEEK]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first": "2020-01-07"}, "That time has passed."),
        ({"first": "9999-12-31"}, "more than two years ahead"),
        ({"first": "0001-01-01"}, "more than two years ahead"),
        ({"rhythm": "four_weeks", "many": "60"}, "more than two years ahead"),
        ({"many": "61"}, ""),
        ({"many": "9" * 5000}, ""),
        ({"first": "tomorrow"}, ""),
        ({"hour": "25:00"}, ""),
        ({"time_zone": "Atlantis/Capital"}, ""),
        ({"time_zone": "../../etc/passwd"}, ""),
        ({"rhythm": "FREQ=SECONDLY"}, ""),
        ({"skipped": "at Christmas"}, "“at Christmas” is not a date here."),
        ({"skipped": "2027-02-30"}, "“2027-02-30” is not a date here."),
        ({"skipped": "2027-01-01 - 9999-01-01"}, "more than 400 days"),
        ({"skipped": "x" * 900_000}, ""),
        ({"length_min": "0"}, ""),
        ({"first": "", "hour": "", "rhythm": "", "time_zone": "", "many": "", "length_min": ""}, ""),
    ],
)
def test_bad_input_keeps_nothing(
    leader: Client, circle: Group, changed: dict[str, str], sentence: str
) -> None:
    page = _send(leader, circle, **changed)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert (Series.objects.count(), Meeting.objects.count()) == (0, 0)


def test_fifth_weekday_and_one_that_is_not_last_are_explained(leader: Client, circle: Group) -> None:
    fifth = next(day for n in range(200) if (day := timezone.now().date() + timedelta(days=n + 2)).day > 28)
    assert "fifth" in _send(leader, circle, first=fifth, rhythm="monthly").content.decode()
    assert (
        "not the last"
        in _send(leader, circle, first=_tuesday().replace(day=1), rhythm="monthly_last").content.decode()
    )


def test_series_that_runs_into_another_is_refused_in_a_sentence(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    page = _send(leader, circle, many="1")
    assert "Your group already meets at that time." in page.content.decode()
    assert Series.objects.count() == 1


def _meeting(circle: Group, n: int) -> Meeting:
    return circle.meetings.get(series_date=_tuesday() + 2 * n * WEEK)


def _move(client: Client, meeting: Meeting, scope: str, **changed: object) -> Any:
    day = (meeting.series_date or _tuesday()) + timedelta(days=1)
    form = {"scope": scope, "first": day, "hour": "19:00", "length_min": "90", "rhythm": "fortnightly"}
    return client.post(reverse("meeting_move", args=[meeting.pk]), {**form, **changed}, follow=True)


@pytest.mark.parametrize(
    ("scope", "hours"),
    [
        ("one", ["18:30", "19:00", "18:30"]),
        ("following", ["18:30", "19:00", "19:00"]),
        ("all", ["19:00", "19:00", "19:00"]),
    ],
)
def test_leader_moves_one_the_following_or_all(
    leader: Client, circle: Group, scope: str, hours: list[str]
) -> None:
    _send(leader, circle)
    page = _move(leader, _meeting(circle, 1), scope).content.decode()
    found = [f"{meeting.wall_hour:%H:%M}" for meeting in circle.meetings.order_by("starts_at")]
    assert found == hours
    assert _said(_tuesday() + 2 * WEEK + timedelta(days=1), "19:00") in page
    assert ("changed from the usual time" in page) == (scope == "one")


@pytest.mark.parametrize(("scope", "left"), [("one", [0, 2]), ("following", [0]), ("all", [])])
def test_leader_cancels_one_the_following_or_all(
    leader: Client, circle: Group, scope: str, left: list[int]
) -> None:
    _send(leader, circle)
    leader.post(reverse("meeting_cancel", args=[_meeting(circle, 1).pk]), {"scope": scope})
    living = circle.meetings.filter(cancelled_at=None).values_list("series_date", flat=True)
    assert list(living) == [_tuesday() + 2 * n * WEEK for n in left]
    assert _dates(leader, circle).count("does not take place") == 3 - len(left)


def test_cancelling_in_a_series_asks_how_far(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    answer = leader.post(reverse("meeting_cancel", args=[_meeting(circle, 1).pk]), {"scope": "everything"})
    assert answer.status_code == 422
    assert not Meeting.objects.exclude(cancelled_at=None).exists()


def test_meeting_that_stands_alone_moves_alone(leader: Client, cast: Cast, circle: Group) -> None:
    at = timezone.now()
    alone = operations.plan(group=circle, person=cast.marta, starts_at=at + WEEK, length_min=75, at=at)
    assert "What moves" not in leader.get(reverse("meeting_move", args=[alone.pk])).content.decode()
    _move(leader, alone, "all")
    alone.refresh_from_db()
    assert (alone.wall_date, alone.length_min) == (_tuesday() + timedelta(days=1), 90)


@pytest.mark.parametrize("scope", ["one", "all"])
@pytest.mark.parametrize(
    "changed",
    [
        {"first": "2020-01-07"},
        {"first": "9999-12-31"},
        {"first": "0001-01-01"},
        {"first": "x"},
        {"hour": "x"},
        {"length_min": "9" * 5000},
        {"rhythm": "FREQ=SECONDLY"},
    ],
)
def test_bad_move_moves_nothing(leader: Client, circle: Group, scope: str, changed: dict[str, str]) -> None:
    _send(leader, circle)
    before = list(Meeting.objects.values_list("pk", "starts_at"))
    assert _move(leader, _meeting(circle, 1), scope, **changed).status_code == 422
    assert list(Meeting.objects.values_list("pk", "starts_at")) == before


def test_scope_that_nobody_offered_moves_nothing(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    assert _move(leader, _meeting(circle, 1), "everything").status_code == 422
    assert _meeting(circle, 1).sequence == 0


def test_meeting_under_way_is_not_moved(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    meeting = _meeting(circle, 1)
    operations.record_opened(meeting_id=meeting.pk, at=timezone.now())
    for scope in ("one", "following", "all"):
        assert "under way" in _move(leader, meeting, scope).content.decode()


def test_hour_that_does_not_exist_is_refused_for_one_meeting(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    last_sunday = date(timezone.now().year + 1, 3, 31)
    last_sunday -= timedelta(days=(last_sunday.weekday() + 1) % 7)
    page = _move(leader, _meeting(circle, 1), "one", first=last_sunday, hour="02:30")
    assert "That hour does not exist" in page.content.decode()


def test_preview_says_where_clocks_change_over_the_hour(leader: Client, circle: Group) -> None:
    last_sunday = date(timezone.now().year + 1, 3, 31)
    last_sunday -= timedelta(days=(last_sunday.weekday() + 1) % 7)
    page = _send(leader, circle, first=last_sunday, hour="02:30", many="2", do="look").content.decode()
    assert "The clocks go forward over this hour" in page
    assert _said(last_sunday, "03:30") in page


def test_days_are_left_out_later(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    series, day = Series.objects.get(), _tuesday() + 2 * WEEK
    page = leader.post(reverse("series_leave_out", args=[series.pk]), {"days": day.isoformat()}, follow=True)
    assert "1 meeting is cancelled by it." in page.content.decode()
    assert circle.meetings.get(series_date=day).cancelled_at is not None
    bad = leader.post(reverse("series_leave_out", args=[series.pk]), {"days": "never"})
    assert bad.status_code == 422
    assert not LeftOut.objects.exists()


def test_group_whose_zone_vanished_still_has_its_pages(leader: Client, circle: Group) -> None:
    _send(leader, circle)
    Group.objects.update(time_zone="Atlantis/Capital")
    Series.objects.update(time_zone="Atlantis/Capital")
    Meeting.objects.update(time_zone="Atlantis/Capital")
    meeting = _meeting(circle, 1)
    for name in ("group", "group_dates", "group_dates_new", "meeting_new"):
        assert leader.get(reverse(name, args=[circle.pk])).status_code == 200, name
    for name in ("meeting", "meeting_move", "meeting_cancel", "meeting_file"):
        assert leader.get(reverse(name, args=[meeting.pk])).status_code == 200, name
    for name in ("series_leave_out", "series_file"):
        assert leader.get(reverse(name, args=[Series.objects.get().pk])).status_code == 200, name
    page = _move(leader, meeting, "following")
    assert "time zone of these dates is no longer known" in page.content.decode()
    page = _send(leader, circle, time_zone="Atlantis/Capital")
    assert "time zone of these dates is no longer known" in page.content.decode()
    assert _move(leader, meeting, "one").status_code == 200
