"""Local times of a group and the instants they name. Twice a year an hour is missing or comes twice."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clocks were put forward over this hour."""


@dataclass(frozen=True)
class Instant:
    """A moment in UTC, and whether its local time comes twice that night."""

    at: datetime
    twice: bool


def instant(local: datetime, zone: ZoneInfo) -> Instant:
    """Return the moment that a naive local time names; of two, the first.

    raises: NoSuchTime
    """
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    at = first.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchTime
    return Instant(at, first.utcoffset() != second.utcoffset())
