"""Signed join tickets: what a page was given for one person, one room and one browser.

The socket never trusts a seat that a page claims; it reads the seat from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from enid.room.session import Refused

SALT = "room-ticket"
VALID_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who comes to which room; `issued_at` in milliseconds UTC."""

    meeting_id: str
    seat: str
    person_id: int | None
    role: str  # leader | member | guest | table
    known: bool
    device: str  # hash of the browser's own secret, empty for guests
    issued_at: int


def make(
    *,
    meeting_id: UUID | str,
    seat: str,
    person_id: int | None,
    role: str,
    known: bool,
    at: datetime,
    device: str = "",
) -> str:
    """Return a ticket for the page."""
    issued = int(at.timestamp() * 1000)
    return signing.dumps([str(meeting_id), seat, person_id, role, known, device, issued], salt=SALT)


def read(text: str, *, meeting_id: str, at: int) -> Ticket:
    """Return the ticket, if it is ours, for this room, and not too old.

    at:     milliseconds UTC
    raises: Refused not_yours
    """
    try:
        ticket = Ticket(*signing.loads(text, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused("not_yours") from None
    age_ms = at - ticket.issued_at
    if ticket.meeting_id != meeting_id or age_ms > VALID_FOR.total_seconds() * 1000:
        raise Refused("not_yours")
    return ticket
