"""Who may speak, whose sound is forwarded, who sits back: read from the state, never stored."""

from __future__ import annotations

from dataclasses import dataclass

from enid.groups.formats import FloorCode
from enid.room.session.state import Phase, Role, Seat, Session, Status


@dataclass(frozen=True, slots=True)
class Floor:
    """What one seat may do now.

    may_speak: by the group's convention; heard: its sound is forwarded, where Enid carries sound
    """

    may_speak: bool
    heard: bool
    sits_back: bool


_NOWHERE = Floor(may_speak=False, heard=False, sits_back=False)
_LISTENS = Floor(may_speak=False, heard=False, sits_back=True)
_SPEAKS = Floor(may_speak=True, heard=True, sits_back=False)
_HEARD = Floor(may_speak=False, heard=True, sits_back=False)


def floor(session: Session, seat: str) -> Floor:
    """Return what this seat may do now; an unknown seat may do nothing."""
    place = session.seat(seat)
    if place is None or session.phase is Phase.CLOSED or not in_the_room(session, place):
        return _NOWHERE
    if place.role is Role.OBSERVER:
        return _SPEAKS if observers_speak(session) else _NOWHERE
    if free_talk(session):
        return _SPEAKS
    if session.presenter == seat and session.sits_back:
        return _LISTENS
    return _SPEAKS if _has_the_word(session, place) else _HEARD


def observers_speak(session: Session) -> bool:
    """Say whether it is the turn of those who watch: in a stage of the outer circle, and nowhere else."""
    return session.current.floor is FloorCode.OUTER and not free_talk(session)


def free_talk(session: Session) -> bool:
    """Say whether all may speak and nobody sits back, whatever the stage says."""
    return session.phase in _RESTS or session.leaderless_since is not None


def in_the_room(session: Session, seat: Seat) -> bool:
    """Say whether a person takes part; without our sound a lost line is only a mark."""
    if session.carries_sound:
        return seat.status is Status.HERE
    return seat.status not in _NOT_IN_A_ROOM


_RESTS = frozenset({Phase.PAUSED, Phase.STOPPED})
_NOT_IN_A_ROOM = frozenset({Status.WAITING, Status.LEFT, Status.OUTSIDE})


def _has_the_word(session: Session, seat: Seat) -> bool:
    if seat.role is Role.LEADER or seat.id == session.holder:
        return True
    if seat.role is Role.INTERPRETER:
        return False  # their microphone stays open all the same: they interpret
    match session.current.floor:
        case FloorCode.LEADERS:
            return False
        case FloorCode.PRESENTER:
            return seat.id == session.presenter
        case FloorCode.INNER:
            return seat.role in (Role.MEMBER, Role.TRAINEE)
        case FloorCode.OUTER:
            return seat.role is Role.GUEST
        case _:
            return True
