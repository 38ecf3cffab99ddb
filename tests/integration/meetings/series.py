"""A fortnightly series of the circle: Tuesdays at 18:30 in Vienna, ten times from 1 December 2026."""

from datetime import date, time
from zoneinfo import ZoneInfo

from enid.groups.models import Group
from enid.meetings import planning, queries
from enid.meetings.calendar.occurrences import Plan, first_dates
from enid.meetings.models import Meeting, Series
from tests.cast import NOON

VIENNA = ZoneInfo("Europe/Vienna")
TUESDAY = date(2026, 12, 1)
FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2"


def plan(
    first: date = TUESDAY,
    many: int = 10,
    rule: str = FORTNIGHTLY,
    zone: str = "Europe/Vienna",
    skipped: frozenset[date] = frozenset(),
) -> Plan:
    days = first_dates(first, rule, many, skipped)
    return Plan(days[0], time(18, 30), zone, rule, days[-1], skipped)


def make(group: Group, **changed: object) -> Series:
    return planning.make_series(group=group, plan=plan(**changed), length_min=75, at=NOON)  # type: ignore[arg-type]


def walls(group: Group, zone: ZoneInfo = VIENNA) -> list[str]:
    """Return what the clocks of the group show at each meeting to come."""
    coming = queries.coming(group, at=NOON)
    return [f"{meeting.starts_at.astimezone(zone):%m-%d %H:%M}" for meeting in coming]


def on(group: Group, day: date) -> Meeting:
    """Return the meeting whose date by the rule this is."""
    return group.meetings.get(series_date=day)
