"""Whose sound may be heard: what the floor of a session means for media. Pure; sees no sound and no server."""

from __future__ import annotations

from enid.room.session import Session, floor


def grants(session: Session) -> dict[str, bool]:
    """Return for each seat whether its sound may be heard now; `grants.js` says the same in every browser."""
    return {seat.id: floor(session, seat.id).heard for seat in session.seats}
