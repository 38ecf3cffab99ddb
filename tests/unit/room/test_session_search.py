"""A small session, searched to the end: every wish in every state that can be reached."""

from collections import deque
from dataclasses import replace

import pytest

from enid.groups.formats import FloorCode, Format, PullBack, Stage
from enid.room.session import Phase, Role, Session, Setting, decide, evolve
from enid.room.session import commands as c
from tests.unit.room.laws import check_state, check_step, try_step

LEADERS = ("L", "K")
MEMBERS = ("a", "b", "c")
SOON, LATER = 1_000, 600_000

Wishes = list[tuple[c.Command, int]]


def small(pull_back: PullBack, cases: int = 1) -> Format:
    """Return a format of seven stages."""
    out = pull_back is not PullBack.NONE
    return Format(
        "own",
        (
            Stage("frame", 1, FloorCode.LEADERS),
            Stage("call", 1, FloorCode.EVERYONE),
            Stage("present", 1, FloorCode.PRESENTER),
            Stage("work", 1, FloorCode.GROUP, out=out),
            Stage("return", 1, FloorCode.PRESENTER),
            Stage("process", 1, FloorCode.EVERYONE),
            Stage("close", 1, FloorCode.LEADERS),
        ),
        pull_back,
        cases,
    )


def opened(format: Format, setting: Setting) -> Session:
    """Return a session in which everybody but c is here."""
    seats = (*((id, Role.LEADER) for id in LEADERS), *((id, Role.MEMBER) for id in MEMBERS))
    (event,) = decide(None, c.Open(format, setting, seats), at=0)
    session = evolve(None, event)
    for id in ("L", "K", "a", "b"):
        for event in decide(session, c.Arrive(id, known=True), at=0):
            session = evolve(session, event)
    return session


def wishes_of(by: str) -> Wishes:
    """Return all that one person may ask of the way, now and ten minutes later where it matters."""
    now: list[c.Command] = [
        *(kind(by) for kind in (c.StepBack, c.Repeat, c.Skip, c.SecondCase, c.NoCase, c.Pause, c.SitBack)),
        c.MoveOn(by),
        c.MoveOn(by, anyway=True),
        c.Resume(by, anyway=True),
        c.Resume(by, anyway=True, presenter_in=True),
        c.FreePresenter(by, anyway=True),
        c.MarkPresenter(by, seat="a"),
        c.MarkPresenter(by, seat="K"),
        c.ComeIn(by),
        c.DeclineReturn(by),
        c.TakeFrame(by),
        c.HandOver(by, "L"),
        c.HandOver(by, "K"),
    ]
    timed = [c.CloseNow(by), c.EndMeeting(by, anyway=True), c.UndoMark(by)]
    return [(wish, SOON) for wish in now] + [(wish, at) for wish in timed for at in (SOON, LATER)]


def lines() -> Wishes:
    """Return how people come and go: leaders by their lines, a in every way, c late."""
    wishes: list[c.Command] = [c.Drop("L"), c.Arrive("L", True), c.Drop("K"), c.Arrive("K", True)]
    wishes += [c.Drop("a"), c.Arrive("a", True), c.StepOut("a"), c.StepIn("a"), c.Leave("a")]
    wishes += [
        c.AskOut("K", seat="a"),
        c.TakeBack("L", seat="a"),
        c.Arrive("c", True),
        c.Arrive("c", False),
        c.LeaveDoor("c"),
        c.Admit("L", seat="c"),
    ]
    wishes += [c.AskOut("K", seat="L"), c.NameDeputy("L", seat="b"), c.Mark("L", seat="c")]
    return [(wish, SOON) for wish in wishes]


def bare(session: Session) -> Session:
    """Return the state without its counters and times, so that equal situations are one."""
    return replace(
        session,
        version=1,
        moved=1,
        since=None if session.since is None else 0,
        spent=(0,) * len(session.spent),
        marked_at=None if session.marked_at is None else 0,
        leaderless_since=None if session.leaderless_since is None else 0,
    )


def search(start: Session, wishes: Wishes) -> set[Session]:
    """Return every state that these wishes reach, having checked each step."""
    seen = {bare(start)}
    waiting = deque(seen)
    while waiting:
        session = waiting.popleft()
        check_state(session)
        for wish, at in wishes:
            code, events, after = try_step(session, wish, at)
            check_step(session, wish, code, events, after)
            if events and (reached := bare(after)) not in seen:
                seen.add(reached)
                waiting.append(reached)
    return seen


def wishes_of_a_member(by: str) -> Wishes:
    """Return what a member may try, who leads only if all leaders are gone."""
    now: list[c.Command] = [
        c.MoveOn(by),
        c.Resume(by),
        c.Pause(by),
        c.SitBack(by),
        c.ComeIn(by),
        c.TakeFrame(by),
    ]
    timed = [c.CloseNow(by), c.EndMeeting(by)]
    return [(wish, SOON) for wish in now] + [(wish, at) for wish in timed for at in (SOON, LATER)]


@pytest.mark.parametrize("pull_back", list(PullBack))
def test_video_session_keeps_every_law_in_every_state(pull_back: PullBack) -> None:
    wishes = [*wishes_of("L"), *wishes_of_a_member("a"), *wishes_of_a_member("b"), *lines()]
    wishes += [(c.MoveOn("K"), SOON), (c.MoveOn("K", anyway=True), SOON), (c.TakeFrame("K"), SOON)]
    wishes += [(c.DeclineReturn("a"), SOON), (c.Pause("K"), SOON), (c.CloseNow("K"), SOON)]
    seen = search(opened(small(pull_back), Setting.VIDEO), wishes)
    assert {s.phase for s in seen} == set(Phase)
    assert {s.stage for s in seen} == set(range(7))
    assert any(s.leaderless_since is not None for s in seen)


def test_session_without_our_sound_keeps_every_law_in_every_state() -> None:
    wishes = [*wishes_of("L"), (c.DeclineReturn("a"), SOON), (c.ComeIn("a"), SOON)]
    wishes += [wish for wish in lines() if not isinstance(wish[0], c.StepOut)]
    seen = search(opened(small(PullBack.OPTIONAL, cases=2), Setting.ROOM), wishes)
    assert {s.case for s in seen} == {1, 2}
    assert all(s.leaderless_since is None for s in seen)
    assert Phase.STOPPED not in {s.phase for s in seen}
