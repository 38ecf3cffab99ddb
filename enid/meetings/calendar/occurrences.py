"""The dates of a series, and the instants they name in its time zone.

A series is anchored in a wall clock: Tuesday 18:30 stays 18:30 when the clocks change. Where a wall time is missing or
comes twice we do what RFC 5545 (3.3.5) says: a missing hour is read with the offset before the change (02:30 becomes
03:30), and of a doubled one it is the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from enid.meetings.calendar.rules import checked

FARTHEST = 400  # dates looked at: more than seven years of weeks; a rule cannot make us count for ever


@dataclass(frozen=True)
class Plan:
    """When a group meets: a wall clock in a zone, a rule of RFC 5545, and what is left out.

    first: a date that the rule names; rule: one of rules.py; last: no date after it
    """

    first: date
    hour: time
    zone: str
    rule: str
    last: date
    skipped: frozenset[date] = frozenset()

    def dates(self) -> list[date]:
        """Return every date on which the group meets, in order."""
        return [day for day in self.ruled() if day not in self.skipped]

    def ruled(self) -> list[date]:
        """Return every date that the rule names, those left out included."""
        found = []
        for day in _walk(self.first, self.rule):
            if day > self.last:
                break
            found.append(day)
        return found

    def at(self, day: date) -> datetime:
        """Return the instant at which the meeting of this date begins, in UTC."""
        return instant_of(day, self.hour, self.zone)


def instant_of(day: date, hour: time, zone: str) -> datetime:
    """Return the instant in UTC that a wall time names; see the module for hours that are missing or doubled."""
    wall = datetime.combine(day, hour.replace(tzinfo=None, fold=0), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def is_missing(day: date, hour: time, zone: str) -> bool:
    """Tell whether the clocks are put forward over this hour."""
    shown = instant_of(day, hour, zone).astimezone(ZoneInfo(zone))
    return shown.replace(tzinfo=None) != datetime.combine(day, hour)


def is_odd(day: date, hour: time, zone: str) -> bool:
    """Tell whether this wall time is missing or comes twice."""
    wall = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def first_dates(first: date, rule: str, many: int, skipped: frozenset[date] = frozenset()) -> list[date]:
    """Return the first dates that are not left out: as many as asked for, or fewer where the years end."""
    return list(islice((day for day in _walk(first, rule) if day not in skipped), many))


def _walk(first: date, rule: str) -> Iterator[date]:
    start = datetime.combine(first, time())
    dated = rrulestr(checked(rule), dtstart=start)
    assert isinstance(dated, rrule)  # noqa: S101 - `checked` lets no set of rules through
    for moment in islice(dated, FARTHEST):
        yield moment.date()
