"""What a calendar file says of a time zone, in the one form that Outlook reads as everybody else does.

Exchange looks at a single STANDARD and a single DAYLIGHT part and wants a yearly rule with one weekday in each (MS-OXCICAL
2.1.3.1); lists of dates make it show summer an hour off. So a zone is either yearly, or does not change while the
series runs, or has no such form at all, and its meetings are then written one by one in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from enid.meetings.calendar.rules import WEEKDAYS, nth

YEARS_AHEAD = 8  # a rule that holds so long tells "last Sunday" from "fourth Sunday"
DAY, WEEK, MINUTE = timedelta(days=1), timedelta(days=7), timedelta(minutes=1)
LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - the file wants the wall's time


@dataclass(frozen=True)
class Change:
    """A moment at which clocks change: offsets before and after, and the name of the time that begins."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def wall(self) -> datetime:
        """Return what the clocks show when they are changed."""
        return (self.at + self.before).replace(tzinfo=None)


@dataclass(frozen=True)
class Part:
    """One part of a zone: since when (by the wall), from and to which offset, its name, and its yearly rule."""

    kind: str  # STANDARD or DAYLIGHT
    start: datetime
    before: timedelta
    after: timedelta
    name: str
    rule: str = ""


def parts_of(zone: str, first: date, last: date) -> tuple[Part, ...] | None:
    """Return the parts that say this zone from `first` to `last`; None where it has no form that all read alike."""
    begins = datetime.combine(first, time(), tzinfo=UTC) - DAY
    changes = _changes(zone, first.year - 1, max(first.year + YEARS_AHEAD, last.year + 1))
    kept = _from_then_on(changes, begins)
    yearly = _yearly(kept)
    if yearly:
        return yearly
    ends = datetime.combine(last, time(), tzinfo=UTC) + 2 * DAY
    if any(begins < change.at < ends for change in kept):
        return None
    return (_fixed(zone, datetime.combine(first, time(12), tzinfo=UTC)),)


@lru_cache(maxsize=256)
def _changes(zone: str, first_year: int, last_year: int) -> tuple[Change, ...]:
    """Return every change of these years; looked for day by day, since zoneinfo does not tell them."""
    there = ZoneInfo(zone)
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found, before = [], _offset(day, there)
    while day < end:
        after = _offset(day + DAY, there)
        if after != before:
            at = _moment(day, there)
            found.append(Change(at, before, after, at.astimezone(there).tzname() or ""))
        day, before = day + DAY, after
    return tuple(found)


def _moment(day: datetime, zone: ZoneInfo) -> datetime:
    """Return the minute within this day at which the offset changes."""
    low, high, before = 0, 24 * 60, _offset(day, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(day + middle * MINUTE, zone) == before else (low, middle)
    return day + high * MINUTE


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _from_then_on(changes: tuple[Change, ...], begins: datetime) -> list[Change]:
    """Return the change that holds at the beginning, and all after it."""
    earlier = [change for change in changes if change.at <= begins]
    return earlier[-1:] + [change for change in changes if change.at > begins]


def _yearly(changes: list[Change]) -> tuple[Part, ...] | None:
    """Return one STANDARD and one DAYLIGHT part if these changes follow one rule each, every year."""
    kinds: dict[tuple[timedelta, timedelta, str], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.before, change.after, change.name), []).append(change)
    if len(kinds) != 2:
        return None
    parts = [_part(same) for same in kinds.values()]
    whole = [part for part in parts if part]
    if len(whole) != 2 or {part.kind for part in whole} != {"STANDARD", "DAYLIGHT"}:
        return None
    return tuple(whole)


def _part(same: list[Change]) -> Part | None:
    """Return the part for changes of one kind if they come once in every year, on the same weekday of a month."""
    first, walls = same[0], [change.wall for change in same]
    if [wall.year for wall in walls] != list(range(walls[0].year, walls[0].year + len(walls))):
        return None
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) != 1 or len(walls) < YEARS_AHEAD:
        return None
    which = {nth(wall.date()) for wall in walls}
    if all((wall + WEEK).month != wall.month for wall in walls):
        which = {-1}
    if len(which) != 1:
        return None
    rule = f"FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY={which.pop()}{WEEKDAYS[walls[0].weekday()]}"
    kind = "DAYLIGHT" if first.after > first.before else "STANDARD"
    return Part(kind, first.wall, first.before, first.after, first.name, rule)


def _fixed(zone: str, at: datetime) -> Part:
    there = at.astimezone(ZoneInfo(zone))
    offset = there.utcoffset() or timedelta()
    return Part("STANDARD", LONG_AGO, offset, offset, there.tzname() or zone)
