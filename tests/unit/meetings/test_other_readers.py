"""Every date on which clocks change, by name: other programs read our files as we mean them.

Zones go by invented names in what they read, so that our own VTIMEZONE is all they know of them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from enid.bench import readers
from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.calendar.occurrences import Plan

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEEK, LENGTH = timedelta(weeks=1), timedelta(minutes=75)
EVENING = time(18, 30)

# name -> zones, and the days on which their clocks change.
CHANGES = {
    "EU and UK, spring": (
        ["Europe/London", "Europe/Vienna"],
        [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)],
    ),
    "EU and UK, autumn": (
        ["Europe/London", "Europe/Vienna"],
        [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)],
    ),
    "US, spring": (["America/New_York"], [date(2026, 3, 8), date(2027, 3, 14), date(2028, 3, 12)]),
    "US, autumn": (["America/New_York"], [date(2026, 11, 1), date(2027, 11, 7), date(2028, 11, 5)]),
    "Sydney ends": (["Australia/Sydney"], [date(2026, 4, 5), date(2027, 4, 4), date(2028, 4, 2)]),
    "Sydney starts": (["Australia/Sydney"], [date(2026, 10, 4), date(2027, 10, 3), date(2028, 10, 1)]),
    "Auckland starts": (["Pacific/Auckland"], [date(2026, 9, 27), date(2027, 9, 26), date(2028, 9, 24)]),
    "Auckland ends": (["Pacific/Auckland"], [date(2026, 4, 5), date(2027, 4, 4), date(2028, 4, 2)]),
    "Santiago": (
        ["America/Santiago"],
        [date(2026, 4, 5), date(2026, 9, 6), date(2027, 4, 4), date(2027, 9, 5)],
    ),
    "Cairo": (["Africa/Cairo"], [date(2026, 4, 24), date(2026, 10, 29)]),
    "Jerusalem": (["Asia/Jerusalem"], [date(2026, 3, 27), date(2026, 10, 25)]),
    "no change at all": (
        [
            "America/Phoenix",
            "Australia/Brisbane",
            "America/Sao_Paulo",
            "America/Mexico_City",
            "Asia/Kolkata",
            "Africa/Johannesburg",
            "America/Asuncion",
        ],
        [date(2026, 10, 25)],
    ),
    "half an hour": (["Australia/Lord_Howe"], [date(2026, 4, 5), date(2026, 10, 4)]),
    "law changed in 2026": (
        ["America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Inuvik"],
        [date(2026, 11, 1)],
    ),
    "Casablanca": (["Africa/Casablanca"], [date(2026, 9, 20)]),
}
AROUND = [(name, zone, day) for name, (zones, days) in CHANGES.items() for zone in zones for day in days]
HOURS = {
    "missing in London": ("Europe/London", date(2027, 3, 28), time(1, 30)),
    "missing in New York": ("America/New_York", date(2027, 3, 14), time(2, 30)),
    "twice in London": ("Europe/London", date(2026, 10, 25), time(1, 30)),
}


@pytest.fixture(scope="module")
def ical_js() -> Iterator[readers.Reader]:
    with readers.ical_js() as reader:
        yield reader


@pytest.fixture(params=["recurring-ical-events", "ical.js"])
def read(request: pytest.FixtureRequest, ical_js: readers.Reader) -> readers.Reader:
    return ical_js if request.param == "ical.js" else readers.recurring_ical_events


def weeks_around(zone: str, day: date, hour: time) -> Plan:
    """Return two weeks before a day to five after it, on its weekday: near zones are apart for three."""
    return Plan(day - 2 * WEEK, hour, zone, "FREQ=WEEKLY;INTERVAL=1", day + 5 * WEEK)


def written(plan: Plan, **changed: object) -> tuple[bytes, list[datetime]]:
    """Return the file of a series, and when its meetings begin as we mean them."""
    entry = Repeated("series-1@enid", Words("Balint group"), plan, LENGTH, NOW, **changed)  # type: ignore[arg-type]
    meant = sorted(entry.moved[day].at if day in entry.moved else plan.at(day) for day in entry.dates())
    file = calendar_file("Balint group", [entry], season_end=plan.at(plan.last) + WEEK)
    return file, meant


@pytest.mark.parametrize(("name", "zone", "day"), AROUND)
def test_weeks_around_a_change_are_read_as_we_mean_them(
    name: str, zone: str, day: date, read: readers.Reader
) -> None:
    for weekday in (0, 2):  # the day itself, and two days after it
        file, meant = written(weeks_around(zone, day + timedelta(days=weekday), EVENING))
        assert read(file) == meant, name


@pytest.mark.parametrize("name", HOURS)
def test_hours_that_are_missing_or_come_twice_are_read_as_we_mean_them(
    name: str, read: readers.Reader
) -> None:
    file, meant = written(weeks_around(*HOURS[name]))
    assert read(file) == meant


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Jerusalem"])
def test_moved_cancelled_and_skipped_dates_are_read_as_we_mean_them(zone: str, read: readers.Reader) -> None:
    day = date(2027, 3, 21)
    plan = Plan(
        day - 4 * WEEK,
        EVENING,
        zone,
        "FREQ=WEEKLY;INTERVAL=1",
        day + 12 * WEEK,
        frozenset({day + WEEK}),
    )
    moved = Single("", Words("Balint group"), plan.at(day) + timedelta(hours=25), LENGTH, NOW, 1)
    file, meant = written(plan, cancelled=frozenset({day + 2 * WEEK}), moved={day: moved})
    assert len(meant) == 17 - 2
    assert moved.at in meant
    assert read(file) == meant


def test_vancouver_meets_at_half_past_one_in_utc(read: readers.Reader) -> None:
    """Tuesday 3 November 2026, 18:30 in Vancouver, where the clocks no longer go back."""
    day = date(2026, 11, 3)
    file, _ = written(Plan(day, EVENING, "America/Vancouver", "FREQ=WEEKLY;INTERVAL=1", day))
    assert read(file) == [datetime(2026, 11, 4, 1, 30, tzinfo=UTC)]


def test_reader_takes_our_word_for_the_zone(read: readers.Reader) -> None:
    file, meant = written(weeks_around("Europe/Vienna", date(2027, 3, 28), EVENING))
    wrong = file.replace(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0330")
    assert wrong != file
    assert read(wrong) == sorted(
        at - timedelta(minutes=90) if at > datetime(2027, 3, 28, 1, tzinfo=UTC) else at for at in meant
    )
