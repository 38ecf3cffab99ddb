"""Dates of a series: the rhythms by which groups meet, in random calendars too."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enid.meetings.calendar.occurrences import FARTHEST, Plan, first_dates, instant_of, is_missing
from enid.meetings.calendar.rules import (
    BadRule,
    FifthWeekday,
    NotLast,
    Rhythm,
    checked,
    earlier,
    rhythm_of,
    rule_for,
)

TUESDAY = date(2026, 12, 1)
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "UTC"]
)
WEEKS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.FOUR_WEEKS: 28}


def dates(rhythm: Rhythm, first: date, many: int) -> list[str]:
    return [f"{day:%m-%d}" for day in first_dates(first, rule_for(rhythm, first), many)]


def test_rhythms_give_the_dates_that_people_mean() -> None:
    assert dates(Rhythm.WEEKLY, TUESDAY, 3) == ["12-01", "12-08", "12-15"]
    assert dates(Rhythm.FORTNIGHTLY, TUESDAY, 3) == ["12-01", "12-15", "12-29"]
    assert dates(Rhythm.FOUR_WEEKS, TUESDAY, 3) == ["12-01", "12-29", "01-26"]
    assert dates(Rhythm.MONTHLY, TUESDAY, 4) == ["12-01", "01-05", "02-02", "03-02"]
    assert dates(Rhythm.MONTHLY_LAST, date(2026, 12, 31), 4) == ["12-31", "01-28", "02-25", "03-25"]


def test_fifth_tuesday_is_no_rhythm() -> None:
    with pytest.raises(FifthWeekday):
        rule_for(Rhythm.MONTHLY, date(2026, 12, 29))


def test_last_thursday_begins_on_a_last_thursday() -> None:
    with pytest.raises(NotLast):
        rule_for(Rhythm.MONTHLY_LAST, date(2026, 12, 24))


def test_holidays_are_left_out_and_the_number_of_meetings_stays() -> None:
    skipped = frozenset({date(2026, 12, 29), date(2026, 12, 30)})
    found = first_dates(TUESDAY, "FREQ=WEEKLY;INTERVAL=2", 3, skipped)
    assert [f"{day:%m-%d}" for day in found] == ["12-01", "12-15", "01-12"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=1;COUNT=1000000000",
        "FREQ=YEARLY;BYSECOND=1",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=1TU\nRDATE:20270101",
        "FREQ=WEEKLY;INTERVAL=1\n",
        "FREQ=WEEKLY;INTERVAL=१",
        "",
        "X" * 1_000_000,
    ],
)
def test_rule_that_is_not_ours_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        checked(rule)


def test_expansion_is_bounded() -> None:
    assert len(first_dates(TUESDAY, "FREQ=WEEKLY;INTERVAL=1", 10**9)) == FARTHEST


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, st.sampled_from(sorted(WEEKS)), st.integers(1, 60))
def test_weeks_are_even_steps_on_one_weekday(first: date, rhythm: Rhythm, many: int) -> None:
    found = first_dates(first, rule_for(rhythm, first), many)
    assert found == [first + n * timedelta(days=WEEKS[rhythm]) for n in range(many)]


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, st.sampled_from([Rhythm.MONTHLY, Rhythm.MONTHLY_LAST]), st.integers(2, 60))
def test_months_keep_weekday_and_place_in_the_month(first: date, rhythm: Rhythm, many: int) -> None:
    try:
        rule = rule_for(rhythm, first)
    except (FifthWeekday, NotLast):
        return
    found = first_dates(first, rule, many)
    assert {day.weekday() for day in found} == {first.weekday()}
    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + many))
    if rhythm == Rhythm.MONTHLY:
        assert {(day.day - 1) // 7 for day in found} == {(first.day - 1) // 7}
    else:
        assert all((day + timedelta(days=7)).month != day.month for day in found)


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, st.sampled_from(sorted(Rhythm)))
def test_rule_tells_its_rhythm(first: date, rhythm: Rhythm) -> None:
    try:
        rule = rule_for(rhythm, first)
    except (FifthWeekday, NotLast):
        return
    assert rhythm_of(rule) == rhythm


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, HOURS, ZONES)
def test_wall_time_stays_unless_it_does_not_exist(day: date, hour: time, zone: str) -> None:
    shown = instant_of(day, hour, zone).astimezone(ZoneInfo(zone))
    if is_missing(day, hour, zone):
        assert shown.time() > hour
    else:
        assert (shown.date(), shown.time()) == (day, hour)


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, st.integers(1, 40), st.sets(st.integers(0, 39)))
def test_left_out_dates_are_those_of_the_rule_and_no_others(first: date, many: int, gone: set[int]) -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2"
    all_dates = first_dates(first, rule, many)
    skipped = frozenset(all_dates[n] for n in gone if n < many)
    plan = Plan(first, time(18, 30), "UTC", rule, all_dates[-1], skipped)
    assert plan.ruled() == all_dates
    assert plan.dates() == [day for day in all_dates if day not in skipped]


@settings(deadline=None, database=None, derandomize=True)
@given(DAYS, st.sampled_from(sorted(Rhythm)), st.integers(0, 30))
def test_steps_back_lead_to_where_the_series_came_from(first: date, rhythm: Rhythm, steps: int) -> None:
    try:
        rule = rule_for(rhythm, first)
    except (FifthWeekday, NotLast):
        return
    assert earlier(first_dates(first, rule, steps + 1)[-1], rule, steps) == first
