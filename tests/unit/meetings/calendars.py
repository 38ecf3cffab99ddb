"""Reads a calendar file as another program would: by what the file itself says of its zones."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar


def read(file: bytes) -> list[tuple[datetime, timedelta]]:
    """Return begin and length of every entry, in order.

    Zones go by an invented name, so that a reader cannot take them from its own list; another one for every file,
    since this reader remembers what it has read.
    """
    text, once = file.decode(), hashlib.sha256(file).hexdigest()[:12]
    for zone in {str(each["TZID"]) for each in Calendar.from_ical(file).walk("VTIMEZONE")}:
        text = text.replace(f"TZID:{zone}", f"TZID:X{zone}{once}").replace(
            f"TZID={zone}", f"TZID=X{zone}{once}"
        )
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(date(2026, 1, 1), date(2045, 1, 1))
    return sorted((event.start.astimezone(UTC), event.duration) for event in found)


def begins(file: bytes) -> list[datetime]:
    """Return when the entries begin."""
    return [at for at, _ in read(file)]
