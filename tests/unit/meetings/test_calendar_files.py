"""Our calendar files, read back by another program that must take our word for every zone."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.calendar.occurrences import Plan, first_dates
from enid.meetings.calendar.rules import FifthWeekday, NotLast, Rhythm, rule_for
from enid.meetings.calendar.vtimezone import parts_of
from tests.unit.meetings.calendars import begins, read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LENGTH = timedelta(minutes=75)
FAR = NOW + timedelta(days=9000)
WORDS = Words("Balint group", "", "Room 3", "https://enid.example.org/meetings/")
FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2"
ZONES = sorted(
    zone
    for zone in zoneinfo.available_timezones()
    if "/" in zone and not zone.startswith(("Etc/", "posix", "right", "SystemV"))
)


def series(zone: str = "Europe/London", **changed: object) -> Repeated:
    plan = Plan(date(2026, 12, 1), time(18, 30), zone, FORTNIGHTLY, date(2027, 12, 14))
    return Repeated(
        **{"uid": "series-1@enid", "words": WORDS, "plan": plan, "length": LENGTH, "changed_at": NOW}
        | changed
    )  # type: ignore[arg-type]


def written(*entries: Repeated | Single, until: datetime = FAR) -> bytes:
    return calendar_file("Balint group", entries, season_end=until)


def expected(entry: Repeated) -> list[datetime]:
    return sorted(entry.moved[day].at if day in entry.moved else entry.plan.at(day) for day in entry.dates())


@pytest.mark.parametrize(
    ("zone", "parts"),
    [
        ("Europe/London", 2),
        ("America/New_York", 2),
        ("Australia/Sydney", 2),
        ("Australia/Lord_Howe", 2),
        ("America/Vancouver", 1),
        ("Asia/Kolkata", 1),
        ("Africa/Cairo", 0),
        ("Asia/Jerusalem", 0),
        ("America/Santiago", 0),
    ],
)
def test_zone_has_the_one_form_that_all_read(zone: str, parts: int) -> None:
    found = parts_of(zone, date(2026, 11, 24), date(2027, 9, 1))
    assert len(found or ()) == parts
    assert all(part.rule for part in found or ()) == (parts != 1)


def test_zone_that_changed_its_law_within_the_series_has_none() -> None:
    assert parts_of("America/Vancouver", date(2026, 2, 1), date(2026, 12, 1)) is None


@pytest.mark.parametrize("zone", [*ZONES[::9], "America/Havana", "Africa/Casablanca", "Europe/Dublin"])
def test_weeks_of_two_years_are_read_as_we_mean_them(zone: str) -> None:
    plan = Plan(date(2026, 11, 24), time(12), zone, "FREQ=WEEKLY;INTERVAL=1", date(2028, 12, 26))
    assert begins(written(series(plan=plan))) == expected(series(plan=plan))


def test_moved_cancelled_and_skipped_dates_are_read_back() -> None:
    moved = Single("", WORDS, datetime(2027, 3, 25, 19, 0, tzinfo=UTC), 2 * LENGTH, NOW, 1)
    plan = Plan(
        date(2026, 12, 1),
        time(18, 30),
        "Europe/London",
        FORTNIGHTLY,
        date(2027, 12, 14),
        frozenset({date(2026, 12, 29)}),
    )
    entry = series(plan=plan, cancelled=frozenset({date(2026, 12, 1)}), moved={date(2027, 3, 23): moved})
    found = read(written(entry))
    assert [at for at, _ in found] == expected(entry)
    assert [length for at, length in found if at == moved.at] == [2 * LENGTH]
    assert len(found) == 28 - 2


@pytest.mark.parametrize("minutes", [30, 90])
def test_date_moved_into_the_hour_that_comes_twice_is_not_an_hour_off(minutes: int) -> None:
    at = datetime(2027, 10, 31, 0, tzinfo=UTC) + timedelta(minutes=minutes)  # both are 01:30 in London
    entry = series(moved={date(2027, 11, 2): Single("", WORDS, at, LENGTH, NOW, 1)})
    assert at in begins(written(entry))


def test_irregular_zone_is_written_in_utc_for_a_season() -> None:
    entry, season = series("Africa/Cairo"), NOW + timedelta(days=184)
    file = written(entry, until=season)
    assert b"VTIMEZONE" not in file
    assert b"RRULE" not in file
    assert begins(file) == [at for at in expected(entry) if at <= season]


def test_series_without_dates_leaves_no_entry() -> None:
    plan = Plan(date(2026, 12, 1), time(18, 30), "Europe/London", FORTNIGHTLY, date(2026, 11, 30))
    assert begins(written(series(plan=plan))) == []


def test_two_series_of_one_zone_say_it_once() -> None:
    file = written(series(), series(uid="series-2@enid"))
    assert file.count(b"BEGIN:VTIMEZONE") == 1
    assert len(begins(file)) == 56


def test_file_has_the_form_that_programs_ask_for() -> None:
    entry = series(words=Words("Balintgruppe", "Zimmer „Süd“, " + "ü" * 90))
    file = written(entry)
    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    head = file.partition(b"BEGIN:VEVENT")[0]
    for line in (b"METHOD:PUBLISH", b"X-WR-CALNAME:Balint group", b"REFRESH-INTERVAL;VALUE=DURATION:PT6H"):
        assert line in head
    event = Calendar.from_ical(file).events[0]
    assert str(event["DESCRIPTION"]) == entry.words.description
    assert {"ATTENDEE", "ORGANIZER"} & set(event) == set()


def test_same_meetings_make_the_same_bytes() -> None:
    assert written(series()) == written(series())


def test_rule_ends_in_utc_half_a_day_after_the_last_meeting() -> None:
    assert b"UNTIL=20271215T063000Z" in written(series())


@settings(deadline=None, max_examples=40, database=None, derandomize=True)
@given(
    zone=st.sampled_from(["Europe/Vienna", "America/New_York", "Australia/Sydney", "Asia/Jerusalem", "UTC"]),
    first=st.dates(date(2026, 12, 1), date(2029, 12, 31)),
    hour=st.sampled_from([time(1, 30), time(2, 30), time(3), time(18, 30), time(23, 45)]),
    rhythm=st.sampled_from(sorted(Rhythm)),
    many=st.integers(1, 30),
    gone=st.sets(st.integers(0, 29), max_size=5),
)
def test_any_series_is_read_as_we_mean_it(
    zone: str, first: date, hour: time, rhythm: Rhythm, many: int, gone: set[int]
) -> None:
    try:
        rule = rule_for(rhythm, first)
    except (FifthWeekday, NotLast):
        return
    days = first_dates(first, rule, many)
    plan = Plan(first, hour, zone, rule, days[-1], frozenset(days[n] for n in gone if n < many))
    entry = series(plan=plan)
    assert begins(written(entry)) == expected(entry)


@pytest.mark.parametrize(
    ("zone", "first", "hour", "utc"),
    [
        ("Europe/Vienna", date(2027, 3, 21), time(2, 30), ["01:30", "01:30", "00:30"]),
        ("America/New_York", date(2027, 3, 7), time(2, 30), ["07:30", "07:30", "06:30"]),
        ("Europe/London", date(2026, 10, 18), time(1, 30), ["00:30", "00:30", "01:30"]),
    ],
)
def test_missing_and_doubled_hours_are_read_as_the_standard_says(
    zone: str, first: date, hour: time, utc: list[str]
) -> None:
    plan = Plan(first, hour, zone, "FREQ=WEEKLY;INTERVAL=1", first + timedelta(days=14))
    assert [f"{at:%H:%M}" for at in expected(series(plan=plan))] == utc
    assert begins(written(series(plan=plan))) == expected(series(plan=plan))
