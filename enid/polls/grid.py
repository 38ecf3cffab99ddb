"""The week as a table to paint: rows of half hours, columns of days, by the reader's clock."""

from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from enid.polls.candidates import zone_of
from enid.polls.models import Asked
from enid.polls.week import DAY_HALVES, by_another_clock, from_text


@dataclass(frozen=True)
class Cell:
    """One half hour."""

    half: int
    day: int
    free: bool


@dataclass(frozen=True)
class Row:
    """One half hour of every day."""

    number: int
    hour: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The whole week; days with their short and whole names."""

    days: tuple[tuple[int, str, str], ...]
    rows: tuple[Row, ...]


def week(free: frozenset[int]) -> Table:
    """Return the table with these half hours painted."""
    days = tuple((n, str(WEEKDAYS_ABBR[n]), str(WEEKDAYS[n])) for n in range(7))
    return Table(days, tuple(_row(number, free) for number in range(DAY_HALVES)))


def _row(number: int, free: frozenset[int]) -> Row:
    halves = [(day, day * DAY_HALVES + number) for day in range(7)]
    cells = tuple(Cell(half, day, half in free) for day, half in halves)
    return Row(number, f"{number // 2:02d}:{number % 2 * 30:02d}", cells)


def kept(asked: Asked, zone: str) -> frozenset[int]:
    """Return the hours that somebody painted, as a clock of this zone shows them when the meetings begin."""
    free, here = from_text(asked.free), zone_of(asked, asked.poll)
    if here == zone or not free:
        return free
    return by_another_clock(free, here, zone, asked.poll.first_date)
