"""A week of half hours by somebody's own clock: 0 is Monday 00:00, 335 is Sunday 23:30. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HALF_MIN, DAY_HALVES = 30, 48
WEEK_HALVES = 7 * DAY_HALVES
WEEK_MIN = WEEK_HALVES * HALF_MIN
TEXT_LENGTH = WEEK_HALVES // 4

Week = Mapping[int, int]
"""Half hour -> how willing (ranking.Answer); what is missing means no."""


def halves(begins: int, length_min: int) -> list[int]:
    """Return the half hours that something touches, round the end of the week.

    begins: minutes since Monday 00:00
    """
    last = (begins + max(length_min, 1) - 1) // HALF_MIN
    return [half % WEEK_HALVES for half in range(begins // HALF_MIN, last + 1)]


def to_text(free: Iterable[int]) -> str:
    """Return half hours as a short line of hexadecimal digits, one bit each."""
    bits = sum(1 << half for half in set(free))
    return f"{bits:0{TEXT_LENGTH}x}"


def from_text(text: str) -> frozenset[int]:
    """Return the half hours that such a line holds; none for an empty one."""
    bits = int(text or "0", 16)
    return frozenset(half for half in range(WEEK_HALVES) if bits >> half & 1)


def by_another_clock(free: frozenset[int], here: str, there: str, day: date) -> frozenset[int]:
    """Return the same hours as another clock shows them in the week of this day.

    A half hour there is free when both ends of it are: some clocks are a quarter of an hour apart.
    """
    monday = datetime.combine(day - timedelta(days=day.weekday()), datetime.min.time())
    first = monday.replace(tzinfo=ZoneInfo(there))
    return frozenset(half for half in range(WEEK_HALVES) if _all_free(free, first, here, half))


def _all_free(free: frozenset[int], first: datetime, here: str, half: int) -> bool:
    begins = (first + timedelta(minutes=HALF_MIN * half)).astimezone(UTC).astimezone(ZoneInfo(here))
    minute = begins.weekday() * 24 * 60 + begins.hour * 60 + begins.minute
    return free.issuperset(halves(minute, HALF_MIN))
