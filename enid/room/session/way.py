"""The rules of the way: stages, the presenter, pauses, the frame. Only people move it."""

from __future__ import annotations

from enid.groups.formats import PullBack
from enid.room.session import commands as c
from enid.room.session import events as e
from enid.room.session.door import is_gone
from enid.room.session.state import BESIDE_THE_GROUP, Phase, Refused, Role, Session, Status
from enid.room.session.steps import Steps

UNDO_MS = 20 * 1000
"""How long a mark can be taken back."""


# Stages.


def move_on(steps: Steps, wish: c.MoveOn) -> None:
    """Go to the next stage."""
    _may_move(steps, wish)
    _go_forward(steps, 1)


def skip(steps: Steps, wish: c.Skip) -> None:
    """Go past the next stage."""
    _may_move(steps, wish)
    _go_forward(steps, 2)


def _go_forward(steps: Steps, count: int) -> None:
    state = steps.state
    target = state.stage
    for _ in range(count):
        if target >= state.format.closing:
            raise Refused("last_stage")
        target = _next_stage(state, target)
    first = state.format.case_block[0]
    if state.stage <= first < target and state.presenter is None:
        raise Refused("no_presenter")
    steps.enter(target)


def _next_stage(session: Session, stage: int) -> int:
    """Return the stage after this one; there is no break after the last case."""
    after = stage + 1
    is_break = session.format.stages[after].id == "break"
    return after + 1 if is_break and session.case == session.format.cases else after


def step_back(steps: Steps, wish: c.StepBack) -> None:
    """Go back one stage."""
    _may_move(steps, wish)
    if steps.state.stage == 0:
        raise Refused("first_stage")
    steps.enter(steps.state.stage - 1)


def repeat(steps: Steps, wish: c.Repeat) -> None:
    """Begin the stage anew."""
    _may_move(steps, wish)
    steps.tell(e.StageRepeated(steps.at))
    steps.settle_presenter()


def second_case(steps: Steps, wish: c.SecondCase) -> None:
    """Call for a second case once the first has been told and worked on."""
    _may_move(steps, wish)
    state = steps.state
    if state.case >= state.format.cases:
        raise Refused("one_case")
    first, last = state.format.case_block
    if state.stage < last or state.stage >= state.format.closing:
        raise Refused("wrong_stage")
    steps.tell(e.SecondCaseBegan(steps.at, first))


def no_case(steps: Steps, wish: c.NoCase) -> None:
    """Go past the case: a good end too."""
    _may_move(steps, wish)
    first, last = steps.state.format.case_block
    if steps.state.stage != first:
        raise Refused("wrong_stage")
    if steps.state.presenter is not None:
        steps.tell(e.PresenterFreed(steps.at))
    after = last + 1
    steps.enter(after + 1 if steps.state.format.stages[after].id == "break" else after)


def close_now(steps: Steps, wish: c.CloseNow) -> None:
    """Go to the closing stage from anywhere; either leader may, and no reason is asked."""
    steps.need_conductor(wish.by)
    steps.need_right_to_close()
    if steps.state.phase is not Phase.OPEN:
        steps.tell(e.Resumed(steps.at))
    if steps.state.stage != steps.state.format.closing:
        steps.enter(steps.state.format.closing)


def end_meeting(steps: Steps, wish: c.EndMeeting) -> None:
    """End the session, from its closing stage only."""
    _may_move(steps, wish)
    if steps.state.stage != steps.state.format.closing:
        raise Refused("not_closing")
    steps.need_right_to_close()
    steps.tell(e.Closed(steps.at))


def _may_move(steps: Steps, wish: c.Move) -> None:
    steps.need_frame(wish.by, wish.anyway)
    steps.need_running()


# Pause and its doors.


def pause(steps: Steps, wish: c.Pause) -> None:
    """Stop here a moment; either leader may."""
    steps.need_conductor(wish.by)
    if steps.state.phase is Phase.OPEN:
        steps.tell(e.Paused(steps.at))


def resume(steps: Steps, wish: c.Resume) -> None:
    """Go on as before, or with the presenter in the talk."""
    steps.need_frame(wish.by, wish.anyway)
    if steps.state.phase is Phase.OPEN:
        return
    if wish.presenter_in and steps.state.sits_back:
        steps.tell(e.PresenterCameIn(steps.at))
    steps.tell(e.Resumed(steps.at))


# The presenter.


def mark_presenter(steps: Steps, wish: c.MarkPresenter) -> None:
    """Mark who tells; from the call the telling begins in the same step."""
    _may_move(steps, wish)
    _may_present(steps, wish.seat)
    state = steps.state
    if state.stage != state.format.case_block[0]:
        raise Refused("wrong_stage")
    if state.presenter != wish.seat:
        steps.tell(e.PresenterMarked(steps.at, wish.seat))
    if state.current.id == "call":
        steps.enter(state.stage + 1)


def _may_present(steps: Steps, id: str) -> None:
    seat = steps.seat(id)
    if seat.role in (Role.LEADER, Role.TRAINEE) or seat.role in BESIDE_THE_GROUP:
        raise Refused("not_a_member")
    if seat.status in (Status.WAITING, Status.OUTSIDE):
        raise Refused("not_here")
    if steps.state.carries_sound and seat.status is not Status.HERE:
        raise Refused("not_here")


def undo_mark(steps: Steps, wish: c.UndoMark) -> None:
    """Take the mark back; either leader may."""
    steps.need_conductor(wish.by)
    steps.need_running()
    state = steps.state
    if state.marked_at is None:
        raise Refused("not_marked")
    if not state.in_case() or steps.at - state.marked_at > UNDO_MS:
        raise Refused("too_late")
    steps.tell(e.MarkUndone(steps.at))
    first = state.format.case_block[0]
    if state.stage != first:
        steps.enter(first)


def free_presenter(steps: Steps, wish: c.FreePresenter) -> None:
    """Let the group go on without a presenter who is gone."""
    steps.need_frame(wish.by, wish.anyway)
    state = steps.state
    if state.presenter is None and state.phase is not Phase.STOPPED:
        return
    if state.presenter is not None:
        if state.carries_sound and not is_gone(state, state.presenter):
            raise Refused("presenter_here")
        steps.tell(e.PresenterFreed(steps.at))
    if state.phase is Phase.STOPPED:
        steps.tell(e.Resumed(steps.at))


def sit_back(steps: Steps, wish: c.SitBack) -> None:
    """Have the presenter listen: by their own wish, or a leader's."""
    if wish.by != steps.state.presenter:
        steps.need_frame(wish.by, wish.anyway)
    steps.need_running()
    state = steps.state
    if state.format.pull_back is PullBack.NONE:
        raise Refused("no_pull_back")
    if state.leaderless_since is not None:
        raise Refused("no_leader")
    if state.presenter is None:
        raise Refused("no_presenter")
    if not state.current.out:
        raise Refused("wrong_stage")
    if not state.sits_back:
        steps.tell(e.PresenterSatBack(steps.at))


def come_in(steps: Steps, wish: c.ComeIn) -> None:
    """Come into the talk, without anyone's permission."""
    if wish.by != steps.state.presenter:
        raise Refused("not_presenter")
    if steps.state.sits_back:
        steps.tell(e.PresenterCameIn(steps.at))


def decline_return(steps: Steps, wish: c.DeclineReturn) -> None:
    """Stay outside the talk, without giving a reason."""
    if wish.by != steps.state.presenter:
        raise Refused("not_presenter")
    if steps.state.declined:
        return
    if not steps.state.invited:
        raise Refused("not_invited")
    steps.tell(e.ReturnDeclined(steps.at))


# The frame.


def hand_over(steps: Steps, wish: c.HandOver) -> None:
    """Hand the frame to another leader, or to a trainee and back, in one step."""
    if not steps.state.is_led_by_trainee(wish.by):
        steps.need_leader(wish.by)
    learns = steps.seat(wish.to).role is Role.TRAINEE
    if not learns:
        steps.need_leader(wish.to)
    if steps.state.holder != wish.by:
        raise Refused("not_holder")
    if learns and not steps.state.is_here(wish.to):
        raise Refused("not_here")
    if wish.to != wish.by:  # handed to a trainee it is still offered back to the leader who agreed to it
        steps.tell((e.FramePassed if learns else e.FrameTaken)(steps.at, wish.to))


def take_frame(steps: Steps, wish: c.TakeFrame) -> None:
    """Take the frame that is offered, whose holder is not here, or that a trainee holds."""
    steps.need_leader(wish.by)
    state = steps.state
    if state.holder == wish.by:
        return
    lent = state.holder is not None and state.is_led_by_trainee(state.holder)
    if state.offered_to != wish.by and state.is_here(state.holder) and not lent:
        raise Refused("not_offered")
    steps.tell(e.FrameTaken(steps.at, wish.by))


def name_deputy(steps: Steps, wish: c.NameDeputy) -> None:
    """Name the member who holds the circle if all leaders are gone; either leader may."""
    steps.need_leader(wish.by)
    may = (Role.MEMBER, Role.TRAINEE)
    if wish.seat is not None and steps.seat(wish.seat).role not in may:
        raise Refused("not_a_member")
    if steps.state.deputy != wish.seat:
        steps.tell(e.DeputyNamed(steps.at, wish.seat))
