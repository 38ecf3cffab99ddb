"""Reads a calendar file as another program would: by what the file itself says of its zones."""

from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar

from enid.bench.readers import renamed


def read(file: bytes) -> list[tuple[datetime, timedelta]]:
    """Return begin and length of every entry, in order.

    Zones go by an invented name, so that a reader cannot take them from its own list; another one for every file,
    since this reader remembers what it has read.
    """
    found = recurring_ical_events.of(Calendar.from_ical(renamed(file))).between(
        date(2026, 1, 1), date(2045, 1, 1)
    )
    return sorted((event.start.astimezone(UTC), event.duration) for event in found)


def begins(file: bytes) -> list[datetime]:
    """Return when the entries begin."""
    return [at for at, _ in read(file)]
