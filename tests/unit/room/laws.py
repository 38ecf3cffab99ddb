"""What must hold in every state of a session and at every step of it, whatever people do."""

from enid.groups.formats import FloorCode, PullBack
from enid.room.session import Phase, Refused, Role, Session, Status, decide, evolve, floor
from enid.room.session import commands as c
from enid.room.session import events as e

RESTS = (Phase.PAUSED, Phase.STOPPED)
MOVES_THE_WAY = (
    c.MoveOn,
    c.StepBack,
    c.Skip,
    c.SecondCase,
    c.NoCase,
    c.CloseNow,
    c.MarkPresenter,
    c.UndoMark,
    c.Repeat,
)
EITHER_LEADER = (c.Pause, c.CloseNow, c.Admit, c.AskOut, c.TakeBack, c.UndoMark, c.NameDeputy)
GOING = (c.Drop, c.Leave, c.StepOut, c.AskOut)
COMES_AND_GOES = (
    c.Arrive,
    c.Drop,
    c.Leave,
    c.StepOut,
    c.StepIn,
    c.LeaveDoor,
    c.AddSeat,
    c.RemoveSeat,
    c.Admit,
    c.TakeBack,
)


def try_step(
    session: Session, command: c.Command, at: int
) -> tuple[str | None, tuple[e.Event, ...], Session]:
    """Return the code of the refusal or None, the facts, and the session after them."""
    try:
        events = decide(session, command, at=at)
    except Refused as refusal:
        return refusal.code, (), session
    after = session
    for event in events:
        after = evolve(after, event)
    return None, events, after


def check_state(session: Session) -> None:
    """Assert what is true of every state between two steps."""
    _check_clock(session)
    _check_presenter(session)
    _check_floor(session)
    if session.carries_sound and session.phase is not Phase.CLOSED:
        _check_someone_holds_the_frame(session)


def _check_clock(session: Session) -> None:
    assert (session.since is None) == (session.phase is not Phase.OPEN)
    assert 0 <= session.stage <= session.format.closing
    assert 1 <= session.case <= session.format.cases


def _check_presenter(session: Session) -> None:
    presenter = session.seat(session.presenter)
    if presenter is None:
        assert session.presenter is None
        assert not any((session.sits_back, session.invited, session.declined))
        assert session.marked_at is None
        return
    assert session.phase is not Phase.CLOSED
    assert presenter.role in (Role.MEMBER, Role.GUEST)
    if session.sits_back:
        assert session.in_case()
        assert session.format.pull_back is not PullBack.NONE
    if session.invited or session.declined:
        assert session.current.id == "return"
        assert session.sits_back
        assert session.invited != session.declined


def _check_floor(session: Session) -> None:
    out = session.sits_back and session.phase is Phase.OPEN
    for seat in session.seats:
        now = floor(session, seat.id)
        listens = out and seat.id == session.presenter
        if session.phase is Phase.CLOSED:
            assert now == floor(session, "nobody")
            continue
        if seat.role is Role.OBSERVER:
            assert not now.heard or session.current.floor is FloorCode.OUTER
            assert now.heard == now.may_speak
            continue
        if session.carries_sound:
            assert now.heard == (seat.status is Status.HERE and not listens)
        if listens:
            assert not now.heard
            assert not now.may_speak
        if session.phase in RESTS or session.leaderless_since is not None:
            assert now.may_speak == now.heard
            assert not now.sits_back


def _check_someone_holds_the_frame(session: Session) -> None:
    here = session.leaders_here()
    if here:
        assert session.holder in here or session.is_led_by_trainee(str(session.holder))
        assert session.is_here(session.holder)
        assert session.leaderless_since is None
        assert session.offered_to != session.holder
        assert session.offered_to is None or session.offered_to in here
    else:
        assert session.holder is None
        assert session.offered_to is None
        assert session.leaderless_since is None or not session.sits_back


def check_step(
    before: Session, command: c.Command, code: str | None, events: tuple[e.Event, ...], after: Session
) -> None:
    """Assert what is true of every step."""
    assert after.version == before.version + len(events)
    if before.phase is Phase.CLOSED:
        assert code == "closed"
        return
    if code is not None:
        _check_refusal(before, command, code)
        return
    _check_way(before, command, after)
    _check_close(before, command, after)
    _check_presenter_is_not_alone(before, command, after)
    if isinstance(command, c.ComeIn):
        assert not after.sits_back


def _check_refusal(before: Session, command: c.Command, code: str) -> None:
    if isinstance(command, c.ComeIn):
        assert before.presenter != command.by
    if isinstance(command, EITHER_LEADER):
        assert code != "held_by_other"
    if isinstance(command, c.Pause | c.CloseNow) and command.by in before.leaders_here():
        raise AssertionError(f"a leader was refused: {code}")


def _check_way(before: Session, command: c.Command, after: Session) -> None:
    if (after.stage, after.case) == (before.stage, before.case):
        return
    assert isinstance(command, MOVES_THE_WAY)
    by = before.seat(command.by)
    assert by is not None
    led = by.role is Role.LEADER or before.is_led_by_trainee(by.id)
    assert led or before.leaderless_since is not None
    assert by.role not in (Role.INTERPRETER, Role.OBSERVER)
    if before.carries_sound:
        assert by.status is Status.HERE
    if by.role is Role.LEADER and not isinstance(command, EITHER_LEADER):
        assert before.holder in (None, command.by) or command.anyway
    left_the_call = before.stage == before.format.case_block[0] and after.stage > before.stage
    if left_the_call and not isinstance(command, c.NoCase | c.CloseNow):
        assert after.presenter is not None
    assert after.spent[before.stage] >= before.spent[before.stage] or isinstance(command, c.SecondCase)


def _check_close(before: Session, command: c.Command, after: Session) -> None:
    if after.phase is Phase.CLOSED:
        assert isinstance(command, c.EndMeeting)
        assert before.stage == before.format.closing
    if isinstance(command, c.CloseNow):
        assert after.stage == after.format.closing
        assert after.phase is Phase.OPEN
        assert not after.sits_back


def _check_presenter_is_not_alone(before: Session, command: c.Command, after: Session) -> None:
    if isinstance(command, COMES_AND_GOES) and before.carries_sound:
        was_here = before.is_here(before.presenter)
        is_gone = was_here and not after.is_here(before.presenter)
        if is_gone and (before.sits_back or before.is_telling()):
            assert after.phase is Phase.STOPPED
    if not before.carries_sound and isinstance(command, c.Arrive | c.Drop):
        assert after.phase is before.phase
        assert after.sits_back == before.sits_back
        assert after.presenter == before.presenter
    if isinstance(command, c.Resume) and not command.presenter_in:
        assert after.sits_back == before.sits_back
