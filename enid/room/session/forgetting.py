"""What stays of a session that is left or over: nothing that tells who presented."""

from __future__ import annotations

from dataclasses import replace

from enid.room.session.folding import NO_PRESENTER
from enid.room.session.state import Phase, Seat, Session, Status


def left_alone(session: Session) -> Session:
    """Return what a session that everybody left without ending it still needs: all but who presented."""
    return replace(session, **NO_PRESENTER, moved=session.version)


def after_close(session: Session) -> Session:
    """Return what a closed session still needs to tell until attendance is confirmed.

    Two sessions that differ only in who told a case come out equal but for their version.
    """
    if session.phase is not Phase.CLOSED:
        raise ValueError("the session is not closed")
    seats = tuple(
        Seat(s.id, s.role, Status.LEFT if s.been_here else Status.AWAY, been_here=s.been_here)
        for s in session.seats
    )
    return Session(
        format=session.format,
        setting=session.setting,
        seats=seats,
        phase=Phase.CLOSED,
        stage=session.stage,
        spent=(0,) * len(session.spent),
        version=session.version,
        moved=session.version,
    )
