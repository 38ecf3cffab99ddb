"""Who is in the room beside leaders and members: whoever learns to lead, interprets or watches."""

import pytest

from enid.groups.formats import OWN, FloorCode, Format, PullBack, Stage
from enid.room.protocol import Audience, audience_of
from enid.room.session import Role, Setting, decide, evolve
from enid.room.session import commands as c
from tests.unit.room.stories import Story

FISHBOWL = Format(
    OWN,
    (
        Stage("frame", 5, FloorCode.LEADERS),
        Stage("call", 3, FloorCode.EVERYONE),
        Stage("present", 8, FloorCode.PRESENTER),
        Stage("work", 25, FloorCode.INNER),
        Stage("return", 8, FloorCode.PRESENTER),
        Stage("reflect", 5, FloorCode.OUTER),
        Stage("close", 4, FloorCode.LEADERS),
    ),
    PullBack.NONE,
)


@pytest.fixture
def story() -> Story:
    told = Story(FISHBOWL)
    for id, role in (("tomas", Role.TRAINEE), ("ines", Role.INTERPRETER), ("olga", Role.OBSERVER)):
        told.do(c.AddSeat(id, role), c.Arrive(id, known=True))
    return told


def test_trainee_moves_the_stage_once_a_leader_has_handed_it(story: Story) -> None:
    assert story.refusal(c.MoveOn("tomas")) == "not_a_leader"
    assert story.refusal(c.MoveOn("tomas", anyway=True)) == "not_a_leader"
    story.do(c.HandOver("marta", "tomas"), c.MoveOn("tomas"))
    assert story.stage == "call"


def test_leader_takes_the_frame_back_from_a_trainee_at_any_time(story: Story) -> None:
    story.do(c.HandOver("marta", "tomas"), c.TakeFrame("ruth"))
    assert story.session.holder == "ruth"
    assert story.refusal(c.MoveOn("tomas")) == "not_a_leader"


def test_trainee_hands_back(story: Story) -> None:
    story.do(c.HandOver("marta", "tomas"), c.HandOver("tomas", "marta"))
    assert story.session.holder == story.session.keeper == "marta"


def test_frame_returns_to_a_leader_when_the_trainee_is_gone(story: Story) -> None:
    story.do(c.HandOver("marta", "tomas"), c.Drop("tomas"))
    assert story.session.holder in ("marta", "ruth")


def test_trainee_does_not_let_in_or_send_out(story: Story) -> None:
    story.do(c.HandOver("marta", "tomas"))
    assert story.refusal(c.AskOut("tomas", seat="anna")) == "not_a_leader"


def test_without_leaders_the_frame_is_not_the_trainees(story: Story) -> None:
    story.do(c.HandOver("marta", "tomas"), c.Drop("marta"), c.Drop("ruth"))
    assert story.session.holder is None
    assert story.session.leaderless_since is not None


@pytest.mark.parametrize("id", ["tomas", "ines", "olga"])
def test_only_members_and_guests_tell(story: Story, id: str) -> None:
    story.go_to("call")
    assert story.refusal(c.MarkPresenter("marta", seat=id)) == "not_a_member"


def test_interpreter_is_heard_throughout_and_has_no_word_of_their_own(story: Story) -> None:
    for stage in ("frame", "call", "present", "work", "reflect", "close"):
        story.go_to(stage)
        assert (story.floor("ines").heard, story.floor("ines").may_speak) == (True, False)


def test_observer_is_heard_in_the_outer_circle_alone(story: Story) -> None:
    heard = {}
    for stage in ("frame", "call", "present", "work", "return", "reflect", "close"):
        story.go_to(stage)
        heard[stage] = story.floor("olga").heard
    assert [stage for stage, now in heard.items() if now] == ["reflect"]


def test_observer_stays_unheard_in_a_pause(story: Story) -> None:
    story.do(c.Pause("marta"))
    assert not story.floor("olga").heard


def test_neither_interpreter_nor_observer_holds_the_circle(story: Story) -> None:
    for id in ("ines", "olga"):
        assert story.refusal(c.NameDeputy("marta", seat=id)) == "not_a_member"
    story.do(c.Drop("marta"), c.Drop("ruth"))
    for id in ("ines", "olga"):
        assert story.refusal(c.MoveOn(id)) == "not_a_leader"


def test_each_hears_what_their_role_may(story: Story) -> None:
    assert audience_of(story.session, "tomas") is Audience.LEADER
    assert audience_of(story.session, "tomas", let_in=False) is Audience.WAITING
    assert audience_of(story.session, "ines") is Audience.MEMBER
    assert audience_of(story.session, "olga") is Audience.OBSERVER


def test_trainee_can_lead_where_lines_do_not_tell() -> None:
    seats = (("marta", Role.LEADER), ("tomas", Role.TRAINEE))
    (opened,) = decide(None, c.Open(FISHBOWL, Setting.ROOM, seats), at=0)
    session = evolve(None, opened)
    for command in (c.Arrive("marta", True), c.Arrive("tomas", True), c.HandOver("marta", "tomas")):
        for event in decide(session, command, at=0):
            session = evolve(session, event)
    assert decide(session, c.MoveOn("tomas"), at=0)
