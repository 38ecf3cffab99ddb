"""The dates on which clocks change, by name: the pinned zone data is read, not the system's."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from enid.meetings.calendar.occurrences import Plan, instant_of, is_missing

DAY = timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def offset(zone: str, day: str, hour: int = 12) -> timedelta:
    offset = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset


def changes(zone: str, day: str) -> bool:
    """Tell whether the clocks change on this very day."""
    before = date.fromisoformat(day) - DAY
    return offset(zone, before.isoformat()) != offset(zone, day)


def test_zone_data_comes_from_the_pinned_package() -> None:
    assert zoneinfo.TZPATH == ()


def test_vancouver_stays_on_summer_time() -> None:
    assert instant_of(date(2026, 11, 3), time(18, 30), "America/Vancouver") == utc("2026-11-04 01:30")


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        (
            "Europe/London",
            ["2026-03-29", "2027-03-28", "2028-03-26", "2026-10-25", "2027-10-31", "2028-10-29"],
        ),
        (
            "Europe/Vienna",
            ["2026-03-29", "2027-03-28", "2028-03-26", "2026-10-25", "2027-10-31", "2028-10-29"],
        ),
        (
            "America/New_York",
            ["2026-03-08", "2027-03-14", "2028-03-12", "2026-11-01", "2027-11-07", "2028-11-05"],
        ),
        (
            "Australia/Sydney",
            ["2026-04-05", "2027-04-04", "2028-04-02", "2026-10-04", "2027-10-03", "2028-10-01"],
        ),
        ("Pacific/Auckland", ["2026-09-27", "2027-09-26", "2028-09-24", "2026-04-05", "2027-04-04"]),
        ("America/Santiago", ["2026-04-05", "2026-09-06", "2027-04-04", "2027-09-05"]),
        ("Africa/Cairo", ["2026-04-24"]),
        ("Asia/Jerusalem", ["2026-03-27", "2026-10-25"]),
    ],
)
def test_clocks_change_on_these_days(zone: str, days: list[str]) -> None:
    assert [day for day in days if not changes(zone, day)] == []


def test_cairo_ends_at_the_end_of_29_october() -> None:
    assert (offset("Africa/Cairo", "2026-10-29"), offset("Africa/Cairo", "2026-10-30")) == (
        3 * DAY / 24,
        DAY / 12,
    )


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("America/Phoenix", -7),
        ("Australia/Brisbane", 10),
        ("America/Sao_Paulo", -3),
        ("America/Mexico_City", -6),
        ("Asia/Kolkata", 5.5),
        ("Africa/Johannesburg", 2),
        ("America/Asuncion", -3),
    ],
)
def test_these_clocks_never_change(zone: str, hours: float) -> None:
    found = {offset(zone, (date(2026, 1, 1) + n * 7 * DAY).isoformat()) for n in range(150)}
    assert found == {timedelta(hours=hours)}


@pytest.mark.parametrize(
    ("zone", "hours", "day"),
    [
        ("America/Vancouver", -7, "2026-11-02"),
        ("America/Edmonton", -6, "2026-11-02"),
        ("America/Winnipeg", -5, "2026-11-02"),
        ("America/Inuvik", -6, "2026-11-02"),
        ("Africa/Casablanca", 0, "2026-09-21"),
        ("Australia/Lord_Howe", 10.5, "2026-06-01"),
        ("Australia/Lord_Howe", 11, "2026-12-01"),
    ],
)
def test_law_of_2026_holds(zone: str, hours: float, day: str) -> None:
    assert offset(zone, day) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("first", "weeks"),
    [
        ("2026-03-08", 3),
        ("2026-10-25", 1),
        ("2027-03-14", 2),
        ("2027-10-31", 1),
        ("2028-03-12", 2),
        ("2028-10-29", 1),
    ],
)
def test_weeks_in_which_london_and_new_york_are_four_hours_apart(first: str, weeks: int) -> None:
    days = [(date.fromisoformat(first) + n * DAY).isoformat() for n in range(-1, 7 * weeks + 1)]
    apart = [offset("Europe/London", day) - offset("America/New_York", day) for day in days]
    assert apart == [DAY * 5 / 24] + [DAY * 4 / 24] * 7 * weeks + [DAY * 5 / 24]


@pytest.mark.parametrize(
    ("day", "hour", "zone", "at"),
    [
        ("2027-03-28", time(1, 30), "Europe/London", "2027-03-28 01:30"),
        ("2027-03-14", time(2, 30), "America/New_York", "2027-03-14 07:30"),
    ],
)
def test_missing_hour_is_read_with_the_offset_before(day: str, hour: time, zone: str, at: str) -> None:
    assert instant_of(date.fromisoformat(day), hour, zone) == utc(at)
    assert is_missing(date.fromisoformat(day), hour, zone)


def test_doubled_hour_is_the_first() -> None:
    assert instant_of(date(2026, 10, 25), time(1, 30), "Europe/London") == utc("2026-10-25 00:30")
    assert not is_missing(date(2026, 10, 25), time(1, 30), "Europe/London")


def test_tuesday_evening_in_london_as_others_see_it() -> None:
    plan = Plan(
        date(2026, 10, 20), time(18, 30), "Europe/London", "FREQ=WEEKLY;INTERVAL=1", date(2026, 11, 3)
    )
    seen = {
        zone: [f"{plan.at(day).astimezone(ZoneInfo(zone)):%H:%M}" for day in plan.dates()]
        for zone in ("Europe/London", "America/New_York", "Australia/Sydney")
    }
    assert seen == {
        "Europe/London": ["18:30", "18:30", "18:30"],
        "America/New_York": ["13:30", "14:30", "13:30"],
        "Australia/Sydney": ["04:30", "05:30", "05:30"],
    }
