"""The calendar a person subscribes to: theirs alone, right to the minute, and silent about what it is for."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enid.groups import operations as groups
from enid.groups.models import Group
from enid.meetings import operations, planning, queries
from enid.meetings.calendar.occurrences import Plan, first_dates
from enid.meetings.models import CalendarChoice, CalendarFeed, Meeting, Series
from enid.people.models import Person
from tests.cast import NOON, Cast, make_group
from tests.unit.meetings.calendars import begins

WEEK = timedelta(weeks=1)


def make(group: Group, zone: str = "Europe/Vienna", many: int = 6, hour: time = time(18, 30)) -> Series:
    at = timezone.now()
    days = first_dates((at + WEEK).date(), "FREQ=WEEKLY;INTERVAL=2", many)
    plan = Plan(days[0], hour, zone, "FREQ=WEEKLY;INTERVAL=2", days[-1])
    return planning.make_series(group=group, plan=plan, length_min=75, at=at)


def link(person: Person, *, busy: bool = False) -> str:
    secret = operations.make_feed(person=person, busy=busy, at=timezone.now())
    return reverse("calendar_feed", args=[secret])


def read(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def planned(group: Group) -> list[object]:
    return [meeting.starts_at for meeting in queries.coming(group, at=timezone.now())]


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Africa/Cairo", "America/Vancouver"])
def test_calendar_shows_what_the_pages_show(cast: Cast, circle: Group, zone: str) -> None:
    make(circle, zone)
    second, third = list(circle.meetings.order_by("starts_at"))[1:3]
    day = (third.series_date or date.max) + timedelta(days=2)
    at = timezone.now()
    operations.cancel(meeting=second, at=at)
    planning.move(meeting=third, day=day, hour=time(20), length_min=60, at=at)
    operations.plan(group=circle, person=cast.marta, starts_at=at + timedelta(days=2), length_min=75, at=at)
    shown = [at.replace(microsecond=0) for at in planned(circle)]  # type: ignore[attr-defined]
    assert begins(read(link(cast.anna))) == shown
    assert len(shown) == 6


def test_changed_series_is_right_before_and_after_the_change(cast: Cast, circle: Group) -> None:
    make(circle)
    third = list(circle.meetings.order_by("starts_at"))[2]
    day = (third.series_date or date.max) + timedelta(days=1)
    change = planning.Change(day, time(19), "FREQ=WEEKLY;INTERVAL=1", 75)
    planning.change_following(meeting=third, change=change, at=timezone.now())
    assert begins(read(link(cast.anna))) == planned(circle)


def test_entries_say_nothing_of_a_clinic_and_name_nobody(cast: Cast, circle: Group) -> None:
    Group.objects.update(name="Oncology nurses", place="Library")
    make(circle)
    text = read(link(cast.anna)).decode()
    assert set(re.findall(r"SUMMARY:(.*)\r", text)) == {"Balint group"}
    assert "LOCATION:Library" in text
    for word in ("Oncology", "Marta", "Anna", "@example.org", "ATTENDEE", "ORGANIZER"):
        assert word not in text


def test_busy_calendar_says_busy_and_nothing_else(cast: Cast, circle: Group) -> None:
    Group.objects.update(place="Library")
    make(circle)
    text = read(link(cast.anna, busy=True)).decode()
    assert set(re.findall(r"SUMMARY:(.*)\r", text)) == {"busy"}
    for word in ("DESCRIPTION", "LOCATION", "URL:", "Balint", "Library", "groups/"):
        assert word not in text
    assert begins(text.encode()) == planned(circle)


def test_calendar_speaks_the_language_of_its_owner(cast: Cast, circle: Group) -> None:
    make(circle)
    Person.objects.filter(pk=cast.anna.pk).update(language="de")
    assert "SUMMARY:Balintgruppe" in read(link(cast.anna)).decode()


def test_unchanged_calendar_is_not_sent_again(cast: Cast, circle: Group) -> None:
    make(circle)
    path = link(cast.anna)
    etag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    operations.cancel(meeting=circle.meetings.earliest("starts_at"), at=timezone.now())
    changed = Client().get(path, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_calendar_leaves_no_cookie_and_is_not_kept_by_others(cast: Cast) -> None:
    answer = Client().get(link(cast.anna))
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-cache"


def test_who_left_finds_their_calendar_without_the_group(cast: Cast, circle: Group) -> None:
    make(circle)
    path = link(cast.anna)
    groups.leave(membership=cast.membership(cast.anna), at=timezone.now())
    assert b"VEVENT" not in read(path)


def test_ended_group_leaves_the_calendar(cast: Cast, circle: Group) -> None:
    make(circle)
    path = link(cast.anna)
    groups.end_group(group=circle, at=timezone.now())
    assert b"VEVENT" not in read(path)


def test_calendar_holds_all_groups_of_the_person_and_no_other(cast: Cast, circle: Group) -> None:
    make(circle)
    other = make_group("Thursday circle", [cast.zoe], [cast.jonas])
    make(other, hour=time(20))
    assert begins(read(link(cast.anna))) == planned(circle)
    assert begins(read(link(cast.jonas))) == sorted(planned(circle) + planned(other))


def test_only_a_hash_of_the_link_is_kept(cast: Cast) -> None:
    secret = operations.make_feed(person=cast.anna, busy=False, at=timezone.now())
    assert secret not in str(list(CalendarFeed.objects.values_list()))


@pytest.mark.parametrize("secret", ["x", "%00", "..%2f", "x" * 5000])
def test_invented_link_opens_nothing(cast: Cast, secret: str) -> None:
    link(cast.anna)
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
    assert Client().post(f"/calendar/{secret}.ics").status_code in (404, 405)


def test_account_that_was_closed_has_no_calendar(cast: Cast) -> None:
    path = link(cast.anna)
    Person.objects.filter(pk=cast.anna.pk).update(is_active=False)
    assert Client().get(path).status_code == 404


def _press(client: Client, **form: str) -> str:
    return client.post(reverse("me_calendar"), form, follow=True).content.decode()


def test_person_makes_renews_and_withdraws_their_link(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna)
    first, second = (
        re.findall(r'value="\S+(/calendar/\S+\.ics)"', _press(client, do="make"))[0] for _ in range(2)
    )
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert second not in client.get(reverse("me_calendar")).content.decode()
    assert "opens nothing any more" in _press(client, do="withdraw")
    assert Client().get(second).status_code == 404


def test_person_chooses_busy_and_keeps_the_link(cast: Cast, client: Client, circle: Group) -> None:
    make(circle)
    path = link(cast.anna)
    client.force_login(cast.anna)
    _press(client, do="choose", busy="on")
    assert b"SUMMARY:busy" in read(path)
    _press(client, do="choose")
    assert b"SUMMARY:Balint group" in read(path)
    _press(client, do="something else")
    assert b"SUMMARY:Balint group" in read(path)


def test_files_to_add_hold_one_meeting_or_the_series(cast: Cast, client: Client, circle: Group) -> None:
    series = make(circle)
    client.force_login(cast.anna)
    first = circle.meetings.earliest("starts_at")
    one = client.get(reverse("meeting_file", args=[first.pk]))
    assert begins(one.content) == [first.starts_at]
    assert one["Content-Disposition"] == 'attachment; filename="meeting.ics"'
    assert begins(client.get(reverse("series_file", args=[series.pk])).content) == planned(circle)


def test_zone_that_vanished_leaves_its_meetings_where_they_are(cast: Cast, circle: Group) -> None:
    make(circle)
    Series.objects.update(time_zone="Atlantis/Capital")
    Meeting.objects.update(time_zone="Atlantis/Capital")
    assert begins(read(link(cast.anna))) == planned(circle)


def test_calendar_costs_the_same_for_three_groups_as_for_one(cast: Cast, circle: Group) -> None:
    path = link(cast.anna)
    make(circle)
    counts = []
    for n in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            read(path)
        counts.append(len(asked))
        make(make_group(f"Circle {n}", [cast.marta], [cast.anna]), hour=time(2 * n))
    assert counts[0] == counts[1] == counts[2]


def test_person_chooses_how_dates_come_and_when_they_are_reminded(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna)
    operations.make_feed(person=cast.anna, busy=False, at=NOON)
    form = {"do": "way", "by": "neither", "remind_min": "60"}
    client.post(reverse("me_calendar"), form)
    chosen = CalendarChoice.objects.get(person=cast.anna)
    assert (chosen.by, chosen.remind_min) == ("neither", 60)
    assert not CalendarFeed.objects.filter(person=cast.anna).exists()


@pytest.mark.parametrize(("name", "value"), [("by", "both"), ("remind_min", "61")])
def test_way_that_nobody_offers_changes_nothing(cast: Cast, client: Client, name: str, value: str) -> None:
    client.force_login(cast.anna)
    form = {"do": "way", "by": "mail", "remind_min": "60", name: value}
    assert client.post(reverse("me_calendar"), form).status_code == 422
    assert not CalendarChoice.objects.exists()
