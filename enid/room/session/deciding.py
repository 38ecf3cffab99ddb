"""The one door to a session's rules: a table from wishes to the rule that grants or refuses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from enid.groups.formats import validate
from enid.room.session import commands as c
from enid.room.session import door, way
from enid.room.session import events as e
from enid.room.session.folding import evolve
from enid.room.session.state import Phase, Refused, Session
from enid.room.session.steps import Steps

Rule = Callable[[Steps, Any], None]

_RULES: dict[type, Rule] = {
    c.AddSeat: door.add_seat,
    c.RemoveSeat: door.remove_seat,
    c.Arrive: door.arrive,
    c.Drop: door.drop,
    c.Leave: door.leave,
    c.LeaveDoor: door.leave_door,
    c.Admit: door.admit,
    c.AskOut: door.ask_out,
    c.TakeBack: door.take_back,
    c.Mark: door.mark,
    c.StepOut: door.step_out,
    c.StepIn: door.step_in,
    c.MoveOn: way.move_on,
    c.StepBack: way.step_back,
    c.Repeat: way.repeat,
    c.Skip: way.skip,
    c.SecondCase: way.second_case,
    c.NoCase: way.no_case,
    c.CloseNow: way.close_now,
    c.EndMeeting: way.end_meeting,
    c.Pause: way.pause,
    c.Resume: way.resume,
    c.MarkPresenter: way.mark_presenter,
    c.UndoMark: way.undo_mark,
    c.FreePresenter: way.free_presenter,
    c.SitBack: way.sit_back,
    c.ComeIn: way.come_in,
    c.DeclineReturn: way.decline_return,
    c.HandOver: way.hand_over,
    c.TakeFrame: way.take_frame,
    c.NameDeputy: way.name_deputy,
}


def decide(session: Session | None, command: c.Command, *, at: int) -> tuple[e.Event, ...]:
    """Return the facts that follow from a wish; none where it changes nothing.

    at:     milliseconds UTC
    raises: Refused with a stable code
    """
    return tuple(fact for fact, _ in follow(session, command, at=at))


def follow(session: Session | None, command: c.Command, *, at: int) -> tuple[tuple[e.Event, Session], ...]:
    """Return what `decide` does, each fact with the state right after it.

    at:     milliseconds UTC
    raises: Refused with a stable code
    """
    if isinstance(command, c.Open):
        return tuple((fact, evolve(None, fact)) for fact in _open(session, command, at))
    if session is None:
        raise Refused("not_open_yet")
    if session.phase is Phase.CLOSED:
        raise Refused("closed")
    steps = Steps(session, at)
    _RULES[type(command)](steps, command)
    return tuple(zip(steps.events, steps.states, strict=True))


def _open(session: Session | None, wish: c.Open, at: int) -> tuple[e.Event, ...]:
    if session is not None:
        raise Refused("closed" if session.phase is Phase.CLOSED else "opened")
    if validate(wish.format):
        raise Refused("bad_format")
    ids = [id for id, _ in wish.seats]
    for id in ids:
        door.check_seat_id(id)
    if len(set(ids)) != len(ids):
        raise Refused("seat_taken")
    if len(ids) > door.MOST_SEATS:
        raise Refused("full")
    return (e.Opened(at, wish.format, wish.setting, wish.seats, wish.deputy),)
