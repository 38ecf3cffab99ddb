"""Random histories of twelve people: every law at every step, every mirror equal to the truth.

ENID_DECISIONS sets how many decisions are taken in all.
"""

import json
import os
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enid.groups.formats import OWN, PRESETS, FloorCode, Format, PullBack, Stage
from enid.room.protocol import Audience, audience_of, event_for, snapshot_for
from enid.room.session import (
    Event,
    Phase,
    Role,
    Session,
    Setting,
    decide,
    event_from_json,
    event_to_json,
    evolve,
    fold,
    restore,
    snapshot,
)
from enid.room.session import commands as c
from tests.unit.room.laws import check_state, check_step, try_step
from tests.unit.room.mirror import INSIDE, assert_not_for_leaders, mirror

DECISIONS = int(os.environ.get("ENID_DECISIONS", "240000"))
A_HISTORY = 300  # decisions, at the mean
EXAMPLES = max(1, DECISIONS // A_HISTORY)

SEATS = (
    *(("L1", Role.LEADER), ("L2", Role.LEADER)),
    *((f"m{i}", Role.MEMBER) for i in range(8)),
    *(("g1", Role.GUEST), ("g2", Role.GUEST)),
    *(("t1", Role.TRAINEE), ("i1", Role.INTERPRETER), ("o1", Role.OBSERVER)),
)
IDS = tuple(id for id, _ in SEATS)

TWO_CASES = Format(
    OWN,
    (
        Stage("frame", 1, FloorCode.LEADERS),
        Stage("call", 2, FloorCode.EVERYONE),
        Stage("present", 5, FloorCode.PRESENTER),
        Stage("pullback", 1, FloorCode.LEADERS, out=True),
        Stage("work", 20, FloorCode.GROUP, out=True),
        Stage("return", 5, FloorCode.PRESENTER),
        Stage("breathe", 5, FloorCode.EVERYONE),
        Stage("break", 5, FloorCode.EVERYONE),
        Stage("process", 5, FloorCode.INNER),
        Stage("reflect", 5, FloorCode.OUTER),
        Stage("close", 2, FloorCode.LEADERS),
    ),
    PullBack.ALWAYS,
    cases=2,
)
FORMATS = (*PRESETS.values(), TWO_CASES)

# by: one who asks, mostly a leader; to: whom it is about, often the presenter; yes: a toss of a coin.
OFTEN = (
    lambda by, to, yes: c.MoveOn(by, anyway=yes),
    lambda by, to, yes: c.MoveOn(by, anyway=True),
    lambda by, to, yes: c.MarkPresenter(by, anyway=True, seat=to),
    lambda by, to, yes: c.Arrive(to, known=True),
    lambda by, to, yes: c.Arrive(by, known=yes),
    lambda by, to, yes: c.LeaveDoor(by),
    lambda by, to, yes: c.Resume(by, anyway=True, presenter_in=yes),
    lambda by, to, yes: c.Admit(by, seat=to),
)
ALSO = (
    *(
        lambda by, to, yes, kind=kind: kind(by, anyway=yes)
        for kind in (c.StepBack, c.Repeat, c.Skip, c.SecondCase)
    ),
    *(
        lambda by, to, yes, kind=kind: kind(by, anyway=yes)
        for kind in (c.NoCase, c.Pause, c.SitBack, c.UndoMark)
    ),
    *(lambda by, to, yes, kind=kind: kind(by, seat=to) for kind in (c.AskOut, c.TakeBack, c.NameDeputy)),
    *(lambda by, to, yes, kind=kind: kind(to) for kind in (c.StepOut, c.StepIn, c.ComeIn, c.DeclineReturn)),
    *(lambda by, to, yes, kind=kind: kind(to) for kind in (c.Drop, c.Leave)),
    lambda by, to, yes: c.Drop(by),
    lambda by, to, yes: c.StepOut(by),
    lambda by, to, yes: c.StepIn(by),
    lambda by, to, yes: c.FreePresenter(by, anyway=True),
    lambda by, to, yes: c.Mark(by, seat=to, here=yes),
    lambda by, to, yes: c.HandOver(by, to),
    lambda by, to, yes: c.TakeFrame(by),
    lambda by, to, yes: c.AddSeat(to, Role.MEMBER),
)
RARELY = (
    lambda by, to, yes: c.CloseNow(by),
    lambda by, to, yes: c.EndMeeting(by, anyway=yes),
    lambda by, to, yes: c.RemoveSeat(to),
)


def wish_of(dice: Random, session: Session) -> c.Command:
    """Return what somebody asks next."""
    wishes = dice.choices((OFTEN, ALSO, RARELY), (60, 60, 3))[0]
    holder = session.holder if session.holder and dice.random() < 0.2 else None
    by = holder or (dice.choice(IDS[:2]) if dice.random() < 0.7 else dice.choice(IDS))
    to = session.presenter if session.presenter and dice.random() < 0.5 else dice.choice(IDS)
    return dice.choice(wishes)(by, to, dice.random() < 0.5)


def seconds_to_next(dice: Random) -> int:
    """Return how long the circle thinks; now and then for minutes."""
    return 400 if dice.random() < 0.02 else dice.randrange(8)


class Listeners:
    """Every audience, each knowing only what its socket heard."""

    def __init__(self, session: Session) -> None:
        self.states = {who: snapshot_for(session, who, "m0") for who in INSIDE}

    def hear(self, event: Event, after: Session) -> None:
        """Pass a fact on, and look that no socket carries what is for leaders alone."""
        assert event_for(event, after, Audience.WAITING) == {"v": after.version}
        for who, state in self.states.items():
            frame = event_for(event, after, who)
            if who is not Audience.LEADER:
                assert_not_for_leaders(frame)
            self.states[who] = mirror(state, frame)

    def check(self, session: Session) -> None:
        """Assert that old snapshot + facts = fresh snapshot."""
        for who, state in self.states.items():
            assert state == snapshot_for(session, who, "m0")


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(
    st.sampled_from(FORMATS),
    st.sampled_from((Setting.VIDEO, Setting.VIDEO, Setting.ROOM, Setting.BESIDE)),
    st.integers(0, 2**32),
    st.integers(A_HISTORY // 2, A_HISTORY * 3 // 2),
)
def test_random_history_keeps_every_law(format: Format, setting: Setting, seed: int, decisions: int) -> None:
    dice = Random(seed)
    while decisions > 0:
        decisions -= play(format, setting, dice, decisions)


def play(format: Format, setting: Setting, dice: Random, decisions: int) -> int:
    """Play one session to its close, or for so many decisions; return how many were taken."""
    at = 1_000_000
    log = list(decide(None, c.Open(format, setting, SEATS), at=at))
    session = evolve(None, log[0])
    listeners = Listeners(session)
    taken = 0
    while taken < decisions and session.phase is not Phase.CLOSED:
        taken += 1
        at += seconds_to_next(dice) * 1000
        wish = wish_of(dice, session)
        code, events, after = try_step(session, wish, at)
        check_step(session, wish, code, events, after)
        check_state(after)
        for event in events:
            session = evolve(session, event)
            log.append(event)
            listeners.hear(event, session)
    listeners.check(session)
    check_record(log, session)
    return taken


def check_record(log: list[Event], session: Session) -> None:
    """Assert that log, snapshot and state tell the same."""
    written = json.loads(json.dumps([event_to_json(event) for event in log]))
    assert fold(event_from_json(row) for row in written) == session
    assert restore(json.loads(json.dumps(snapshot(session)))) == session
    half = len(log) // 2 + 1
    assert fold(log[half:], fold(log[:half])) == session
    assert {audience_of(session, id) for id in IDS} <= set(Audience)
