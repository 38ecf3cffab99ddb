"""A week of half hours: kept as a short line, and read by another clock."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from enid.polls.week import TEXT_LENGTH, WEEK_HALVES, by_another_clock, from_text, halves, to_text

HOURS = st.frozensets(st.integers(0, WEEK_HALVES - 1))
WINTER, SUMMER = date(2026, 12, 1), date(2027, 7, 1)


@settings(deadline=None, database=None, derandomize=True)
@given(HOURS)
def test_line_gives_the_same_hours_back(free: frozenset[int]) -> None:
    assert len(to_text(free)) == TEXT_LENGTH
    assert from_text(to_text(free)) == free


def test_empty_line_holds_no_hour() -> None:
    assert from_text("") == frozenset()


def test_meeting_touches_every_half_hour_it_enters() -> None:
    assert halves(18 * 60 + 30, 75) == [37, 38, 39]
    assert halves(18 * 60 + 15, 30) == [36, 37]
    assert halves(6 * 1440 + 23 * 60 + 30, 60) == [335, 0]


@settings(deadline=None, database=None, derandomize=True)
@given(HOURS, st.sampled_from(["America/New_York", "Asia/Kolkata", "Australia/Sydney"]))
def test_hours_read_by_another_clock_and_back_are_the_same(free: frozenset[int], zone: str) -> None:
    there = by_another_clock(free, "Europe/London", zone, WINTER)
    assert by_another_clock(there, zone, "Europe/London", WINTER) == free


def test_summer_moves_the_hours_by_another_clock() -> None:
    noon = frozenset({24})
    assert by_another_clock(noon, "Europe/London", "UTC", WINTER) == {24}
    assert by_another_clock(noon, "Europe/London", "UTC", SUMMER) == {22}


def test_quarter_hours_apart_only_what_is_free_throughout_stays() -> None:
    """Kathmandu is 5:45 ahead: its 06:00 is 00:15 in London."""
    two_hours = frozenset({0, 1, 2, 3})
    assert by_another_clock(two_hours, "UTC", "Asia/Kathmandu", WINTER) == {12, 13, 14}
