"""Days that a person writes by hand: one date or a span a line, as 2026-12-24 or 24.12.2026."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

MOST = 400  # days; more is a slip of the hand
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
_SPAN = re.compile(rf"({_DATE})(?:\s*(?:–|—|-|to|bis)\s*({_DATE}))?", re.ASCII)


class BadDay(ValueError):
    """What is not a date; `args[0]` is the piece of text."""


class TooManyDays(ValueError):
    """More than MOST days."""


def read(text: str) -> frozenset[date]:
    """Return the days that a text names, spans with both ends.

    raises: BadDay, TooManyDays
    """
    found: set[date] = set()
    for piece in filter(None, (piece.strip() for piece in re.split(r"[\n,;]", text))):
        for day in _days(piece):
            found.add(day)
            if len(found) > MOST:
                raise TooManyDays
    return frozenset(found)


def _days(piece: str) -> Iterator[date]:
    match = _SPAN.fullmatch(piece)
    if not match:
        raise BadDay(piece)
    first, last = _date(match[1], piece), _date(match[2] or match[1], piece)
    if last < first:
        raise BadDay(piece)
    for n in range(min((last - first).days, MOST) + 1):
        yield first + timedelta(days=n)


def _date(text: str, piece: str) -> date:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year, month, day = numbers if "-" in text else reversed(numbers)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(piece) from None
