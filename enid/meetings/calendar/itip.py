"""Calendar entries that travel by mail (RFC 5546): asked of one person, changed and taken back.

Each file has one entry, our own address as organizer and its reader as the only attendee: nobody learns from it who
else is asked. A zone that programs do not read alike never comes here as a series (see `told.py`).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from icalendar import Calendar, Event, vCalAddress

from enid.meetings.calendar.ics import PRODUCT, Repeated, Single, master, override, single, timezone_of
from enid.meetings.calendar.vtimezone import Part, parts_of

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Parties:
    """From which address to which; `sender_name` is what a calendar shows as the one who asks."""

    sender: str
    sender_name: str
    receiver: str


def zone_parts(entry: Repeated) -> tuple[Part, ...] | None:
    """Return what a mail says of the series' zone; None where it has no form that all programs read alike."""
    last = max([entry.plan.last, *(moved.at.date() for moved in entry.moved.values())])
    return parts_of(entry.plan.zone, entry.plan.first, last)


def request(entry: Single | Repeated, parties: Parties, *, at: datetime) -> bytes:
    """Ask for one meeting, or for a series: anew, or as it now is."""
    return _file(REQUEST, entry, _whole(entry), parties, at)


def request_date(entry: Repeated, day: date, parties: Parties, *, at: datetime) -> bytes:
    """Ask for one date of a series as it now is. day: by the rule"""
    return _file(REQUEST, entry, override(_all_alike(entry), day), parties, at)


def cancel(entry: Single | Repeated, parties: Parties, *, at: datetime) -> bytes:
    """Take back one meeting or a whole series."""
    return _file(CANCEL, entry, _whole(entry), parties, at)


def cancel_date(entry: Repeated, day: date, parties: Parties, *, at: datetime) -> bytes:
    """Take back one date of a series. day: by the rule"""
    return _file(CANCEL, entry, override(_all_alike(entry), day), parties, at)


def _whole(entry: Single | Repeated) -> Event:
    return single(entry) if isinstance(entry, Single) else master(entry)


def _all_alike(entry: Repeated) -> Repeated:
    """Let moved dates count as the series does: programs drop what counts less than what they know."""
    moved = {other: replace(one, sequence=entry.sequence) for other, one in entry.moved.items()}
    return replace(entry, moved=moved)


def _file(method: str, entry: Single | Repeated, event: Event, parties: Parties, at: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if isinstance(entry, Repeated) and entry.plan.zone != "UTC":
        calendar.add_component(timezone_of(entry.plan.zone, zone_parts(entry) or ()))
    calendar.add_component(_addressed(event, method, parties, at))
    return bytes(calendar.to_ical())


def _addressed(event: Event, method: str, parties: Parties, at: datetime) -> Event:
    event.pop("dtstamp")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{parties.sender}")
    organizer.params["CN"] = parties.sender_name
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{parties.receiver}")
    attendee.params |= {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    event.add("attendee", attendee)
    return event
