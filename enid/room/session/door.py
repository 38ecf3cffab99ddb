"""The rules of coming and going, and what follows when somebody goes."""

from __future__ import annotations

import re

from enid.room.session import commands as c
from enid.room.session import events as e
from enid.room.session.state import Because, Phase, Refused, Role, Seat, Session, Status
from enid.room.session.steps import Steps

MOST_SEATS = 48
_SEAT_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")


def check_seat_id(id: str) -> None:
    """Refuse what is not an opaque short id."""
    if not _SEAT_ID.fullmatch(id):
        raise Refused("bad_seat")


def add_seat(steps: Steps, wish: c.AddSeat) -> None:
    """Set a chair once."""
    check_seat_id(wish.seat)
    seat = steps.state.seat(wish.seat)
    if seat is None and len(steps.state.seats) >= MOST_SEATS:
        raise Refused("full")
    if seat is None:
        steps.tell(e.SeatAdded(steps.at, wish.seat, wish.role))
    elif seat.role is not wish.role:
        raise Refused("seat_taken")


def remove_seat(steps: Steps, wish: c.RemoveSeat) -> None:
    """Take a chair away with whatever its person held."""
    seat = steps.state.seat(wish.seat)
    if seat is None:
        return
    if seat.status is Status.HERE:
        steps.tell(e.WentAway(steps.at, seat.id))
        _after_going(steps, seat)
    if steps.state.presenter == seat.id:
        steps.tell(e.PresenterFreed(steps.at))
    steps.tell(e.SeatRemoved(steps.at, seat.id))


def arrive(steps: Steps, wish: c.Arrive) -> None:
    """Land in the seat, or wait at the door. A browser that no leader has let in always waits."""
    seat = steps.seat(wish.seat)
    if not wish.known and seat.role is not Role.LEADER:
        _knock(steps, seat)
    elif not has_come(seat):
        _land(steps, seat)


def has_come(seat: Seat) -> bool:
    """Say whether a browser of theirs that a leader let in is there, be it that it waits since they are late."""
    return seat.status in (Status.HERE, Status.OUTSIDE) or seat.waits_because is Because.LATE


def somebody_knocks(seat: Seat) -> bool:
    """Say whether a browser that no leader has let in is at the door."""
    return seat.knocks_beside or (seat.status is Status.WAITING and not has_come(seat))


def _knock(steps: Steps, seat: Seat) -> None:
    if not has_come(seat):
        if seat.status is not Status.WAITING:
            if seat.status is Status.DROPPED:  # whoever had that line is not the one who knocks
                steps.tell(e.WentAway(steps.at, seat.id))
            because = Because.GUEST if seat.role is Role.GUEST else Because.DEVICE
            steps.tell(e.Knocked(steps.at, seat.id, because))
    elif not seat.knocks_beside:
        steps.tell(e.KnockedBeside(steps.at, seat.id))


def _land(steps: Steps, seat: Seat) -> None:
    state = steps.state
    if state.carries_sound and state.is_telling() and not seat.been_here and seat.role is not Role.LEADER:
        steps.tell(e.Knocked(steps.at, seat.id, Because.LATE))
    else:
        steps.tell(e.Arrived(steps.at, seat.id))
        _after_coming(steps, seat)
    if seat.status is Status.WAITING:  # it was another browser of theirs that knocked; it still does
        steps.tell(e.KnockedBeside(steps.at, seat.id))


def drop(steps: Steps, wish: c.Drop) -> None:
    """Take note of a broken line; whoever stands outside stays outside."""
    seat = steps.seat(wish.seat)
    if seat.status is Status.HERE or seat.waits_because is Because.LATE:
        steps.tell(e.Dropped(steps.at, seat.id))
        _after_going(steps, seat)
        _go_on_knocking(steps, seat)


def leave(steps: Steps, wish: c.Leave) -> None:
    """Go on purpose."""
    seat = steps.seat(wish.seat)
    if has_come(seat) or seat.status is Status.DROPPED:
        steps.tell(e.WentAway(steps.at, seat.id))
        _after_going(steps, seat)
        _go_on_knocking(steps, seat)


def leave_door(steps: Steps, wish: c.LeaveDoor) -> None:
    """Go from the door; whoever has come stays."""
    if somebody_knocks(steps.seat(wish.seat)):
        steps.tell(e.WentFromDoor(steps.at, wish.seat))


def _go_on_knocking(steps: Steps, seat: Seat) -> None:
    """Let a browser that knocked beside an open seat wait for the seat itself, which is empty now."""
    if seat.knocks_beside:
        _knock(steps, steps.seat(seat.id))


def admit(steps: Steps, wish: c.Admit) -> None:
    """Let in whoever waits: either leader may; the deputy may fetch who is only late."""
    seat = steps.seat(wish.seat)
    if seat.waits_because is Because.LATE:
        steps.need_conductor(wish.by)
    else:
        steps.need_leader(wish.by)
    if seat.status is Status.WAITING:
        steps.tell(e.Admitted(steps.at, wish.seat))
    elif seat.knocks_beside:
        steps.tell(e.AdmittedBeside(steps.at, wish.seat))


def ask_out(steps: Steps, wish: c.AskOut) -> None:
    """Ask a member or a guest to step outside; either leader may."""
    steps.need_leader(wish.by)
    seat = steps.seat(wish.seat)
    if seat.role is Role.LEADER:
        raise Refused("is_leader")
    if seat.asked_out:
        return
    if seat.status not in (Status.HERE, Status.OUTSIDE):
        raise Refused("not_here")
    steps.tell(e.AskedOut(steps.at, seat.id))
    _after_going(steps, seat)


def take_back(steps: Steps, wish: c.TakeBack) -> None:
    """Take back whoever is outside; either leader may."""
    steps.need_leader(wish.by)
    seat = steps.seat(wish.seat)
    if seat.status is Status.OUTSIDE:
        steps.tell(e.TakenBack(steps.at, seat.id))
        _after_coming(steps, seat)


def step_out(steps: Steps, wish: c.StepOut) -> None:
    """Step outside by oneself."""
    seat = steps.seat(wish.by)
    if seat.status is Status.OUTSIDE:
        return
    if seat.status is not Status.HERE:
        raise Refused("not_here")
    steps.tell(e.SteppedOut(steps.at, seat.id))
    _after_going(steps, seat)


def step_in(steps: Steps, wish: c.StepIn) -> None:
    """Come back by oneself, unless a leader asked one out."""
    seat = steps.seat(wish.by)
    if seat.asked_out:
        raise Refused("asked_out")
    if seat.status is Status.HERE:
        return
    if seat.status is not Status.OUTSIDE:
        raise Refused("not_outside")
    steps.tell(e.SteppedIn(steps.at, seat.id))
    _after_coming(steps, seat)


def mark(steps: Steps, wish: c.Mark) -> None:
    """Mark who is in the room, where lines do not tell."""
    if steps.state.carries_sound:
        raise Refused("only_without_sound")
    steps.need_leader(wish.by)
    seat = steps.seat(wish.seat)
    if wish.here and seat.status is not Status.HERE:
        steps.tell(e.TakenBack(steps.at, seat.id) if seat.asked_out else e.Arrived(steps.at, seat.id))
        _after_coming(steps, seat)
        if seat.status is Status.WAITING:  # a person is in the room; a browser that knocks is another matter
            steps.tell(e.KnockedBeside(steps.at, seat.id))
    elif not wish.here and seat.status is Status.HERE:
        steps.tell(e.WentAway(steps.at, seat.id))
        _go_on_knocking(steps, seat)


# What follows.


def _after_coming(steps: Steps, seat: Seat) -> None:
    """Give the frame to a leader where nobody holds it, or offer it back."""
    state = steps.state
    if seat.role is not Role.LEADER or not state.is_here(seat.id):
        return
    if state.leaderless_since is not None:
        steps.tell(e.LeaderBack(steps.at))
    if state.holder is None:
        taken = e.FrameTaken if state.keeper is None else e.FramePassed
        steps.tell(taken(steps.at, seat.id))
    elif state.keeper == seat.id and state.holder != seat.id:
        steps.tell(e.FrameOffered(steps.at, seat.id))


def _after_going(steps: Steps, seat: Seat) -> None:
    """Keep the presenter from being alone and the circle from being without anyone who leads it."""
    if not steps.state.carries_sound or seat.status is not Status.HERE:
        return
    _stop_without_presenter(steps, seat)
    if seat.role is Role.LEADER or steps.state.holder == seat.id:
        _pass_the_frame(steps, seat)


def _stop_without_presenter(steps: Steps, seat: Seat) -> None:
    state = steps.state
    if state.presenter != seat.id or state.phase is Phase.STOPPED:
        return  # a pause turns into a stop, so that nobody goes on without noticing
    if state.sits_back or state.is_telling():
        steps.tell(e.WorkStopped(steps.at))


def _pass_the_frame(steps: Steps, seat: Seat) -> None:
    here = steps.state.leaders_here()
    if not here:
        steps.tell(e.LeadersGone(steps.at))
        if steps.state.sits_back:
            steps.tell(e.PresenterCameIn(steps.at))
    elif steps.state.holder == seat.id:
        steps.tell(e.FramePassed(steps.at, here[0]))


def is_gone(session: Session, id: str) -> bool:
    """Say whether this person cannot hear the group, as far as Enid can know."""
    seat = session.seat(id)
    return seat is None or seat.status is not Status.HERE
