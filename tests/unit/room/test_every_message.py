"""Every message, said by everybody: who may say it, in a state in which whoever may is heard.

A new message without a row fails, and so does a role that may say more than its rows.
"""

from collections.abc import Callable

import pytest

from enid.room import protocol as p
from enid.room.after import After
from enid.room.peers import Peer
from enid.room.protocol import Audience, Message, Options, audience_of
from enid.room.session import Refused, Role, Setting, Status, decide
from enid.room.session import commands as c
from enid.room.tickets import Ticket
from enid.room.voices import Voices
from tests.unit.room.stories import TWO_CASES, Story

SEATS = {
    "leader": "marta",  # who holds the frame
    "second leader": "ruth",
    "trainee": "tomas",
    "trainee who leads": "tomas",
    "presenter": "anna",
    "deputy": "jonas",
    "member": "priya",
    "interpreter": "ines",
    "observer": "olga",
    "guest": "gast",
    "waiting": "wanda",
}
LEADERS = {"leader", "second leader"}
LEADS = LEADERS | {"trainee who leads"}
HEAR_LEADERS = LEADS | {"trainee"}
INSIDE = set(SEATS) - {"waiting"}
CIRCLE = INSIDE - {"observer"}
ALL = set(SEATS)
ON = Options(members_see_time=True, hands=True, chair=True, lingering=True)

# message -> who may say it.
MAY = {
    "admit": LEADERS,
    "ask_out": LEADERS,
    "take_back": LEADERS,
    "step_out": INSIDE,
    "step_in": INSIDE,
    "mark": LEADERS,
    "move_on": LEADS,
    "step_back": LEADS,
    "repeat": LEADS,
    "skip": LEADS,
    "second_case": LEADS,
    "no_case": LEADS,
    "resume": LEADS,
    "end_meeting": LEADS,
    "pause": LEADS,
    "close_now": LEADS,
    "mark_presenter": LEADS,
    "undo_mark": LEADS,
    "free_presenter": LEADS,
    "sit_back": LEADS | {"presenter"},
    "come_in": {"presenter"},
    "decline_return": {"presenter"},
    "hand_over": {"leader", "trainee who leads"},
    "take_frame": LEADERS,
    "name_deputy": LEADERS,
    "sign": HEAR_LEADERS,
    "whisper": HEAR_LEADERS,
    "word": ALL,
    "touch": HEAR_LEADERS,
    "on_call": INSIDE,
    "alone": ALL,
    "hand": CIRCLE,
    "weak": INSIDE,
    "chair": HEAR_LEADERS,
    "voice": INSIDE,
    "signal": INSIDE,
    "ways": INSIDE,
    "mute": HEAR_LEADERS,
    "ask_unmute": HEAR_LEADERS,
    "after": CIRCLE,
    "join": ALL,
    "ping": ALL,
    "leave": ALL,
}
FIELDS: dict[str, dict[str, object]] = {
    "admit": {"seat": "wanda"},
    "ask_out": {"seat": "priya"},
    "take_back": {"seat": "priya"},
    "mark": {"seat": "priya", "here": False},
    "resume": {"presenter_in": False},
    "mark_presenter": {"seat": "anna"},
    "hand_over": {"to": "ruth"},
    "name_deputy": {"seat": "priya"},
    "voice": {"page": "p", "take": True, "mic": True, "camera": False},
    "signal": {"to": "ruth", "page": None, "from": "p", "data": {"kind": "bye", "link": None}},
    "mute": {"seat": "priya"},
    "ask_unmute": {"seat": "priya"},
    "after": {"room": "door"},
}


def told(at: str = "work", *commands: c.Command) -> Callable[[], Story]:
    """Return a maker of a story in which all are there, in this stage, after these wishes."""

    def make() -> Story:
        story = Story(TWO_CASES, here="marta ruth anna jonas priya gast")
        for role, id in (("trainee", "tomas"), ("interpreter", "ines"), ("observer", "olga")):
            story.do(c.AddSeat(id, Role(role)), c.Arrive(id, known=True))
        story.do(c.AddSeat("wanda", Role.GUEST), c.Arrive("wanda", known=False))
        story.do(c.NameDeputy("marta", seat="jonas"))
        story.go_to(at).do(*commands)
        return story

    return make


def in_one_room() -> Story:
    """Return a session without our sound, in which leaders mark who is there."""
    story = Story(TWO_CASES, Setting.ROOM, here="marta ruth anna jonas priya gast")
    for role, id in (("trainee", "tomas"), ("interpreter", "ines"), ("observer", "olga")):
        story.do(c.AddSeat(id, Role(role)), c.Arrive(id, known=True))
    story.do(c.AddSeat("wanda", Role.GUEST), c.Arrive("wanda", known=False))
    return story


READY: dict[str, Callable[[], Story]] = {
    "take_back": told("work", c.AskOut("marta", seat="priya")),
    "mark": in_one_room,
    "second_case": told("return"),
    "no_case": told("call"),
    "resume": told("work", c.Pause("marta")),
    "end_meeting": told("close"),
    "mark_presenter": told("call"),
    "undo_mark": told("present"),
    "free_presenter": told("work", c.Drop("anna")),
    "sit_back": told("work", c.ComeIn("anna")),
    "decline_return": told("return"),
    "after": told("close", c.EndMeeting("marta", anyway=True)),
    "take_frame": told("work", c.HandOver("marta", "tomas")),
}
NOT_FOR_YOU = {"not_yours", "not_a_leader"}
# Answered by the line itself; tests/integration/room/test_roles.py says them over a socket.
BY_THE_LINE = {"join", "ping", "leave", "ways"}


def says(story: Story, role: str, t: str) -> str | None:
    """Return the code with which this is refused, or None."""
    seat = SEATS[role]
    audience = audience_of(story.session, seat)
    fields = {**FIELDS.get(t, {}), **({"anyway": True} if _is_move(t) else {})}
    message = Message(t, "m1", story.session.version, fields)
    try:
        if t in p.EPHEMERAL:
            p.check_may_say(message, audience, ON)
        elif t in p.MEDIA:
            _hear_media(story, message, seat, audience)
        elif t in p.ACTS:
            _decide(story, message, seat, audience)
    except Refused as refused:
        return refused.code
    return None


def _is_move(t: str) -> bool:
    return "anyway" in p.ACTS[t][1].fields if t in p.ACTS else False


class Quiet:
    """The far end of a socket, to which nobody listens."""

    def write(self, *ready: object) -> None:
        """Take what is sent."""

    def has_room(self) -> bool:
        """Take everything."""
        return True


def _hear_media(story: Story, message: Message, seat: str, audience: Audience) -> None:
    peer = Peer(Ticket("", seat, None, "", True, "", 0), Quiet(), None)  # type: ignore[arg-type]
    peer.audience = audience
    if message.t == "after":
        After({peer: None}).hear(peer, message, story.session, lingers=True)
    else:
        Voices({peer: None}).hear(peer, message, story.session)


def _decide(story: Story, message: Message, seat: str, audience: Audience) -> None:
    if audience is Audience.WAITING:  # live.Room says the same before it looks at the wish
        raise Refused("not_yours")
    command = p.command_for(message, seat)
    assert command is not None
    decide(story.session, command, at=story.at)


def test_every_message_has_a_row() -> None:
    assert MAY.keys() == p.ACTS.keys() | p.EPHEMERAL.keys() | p.MEDIA.keys() | p.LINE.keys()


@pytest.mark.parametrize("t", [t for t in MAY if t not in BY_THE_LINE])
def test_message_is_heard_from_those_alone_who_may_say_it(t: str) -> None:
    heard = set()
    for role in SEATS:
        story = READY.get(t, told())()
        if role == "trainee who leads" and story.session.holder == "marta" and t != "after":
            story.do(c.HandOver("marta", "tomas"))
        if t == "step_in" and story.status(SEATS[role]) is Status.HERE:
            story.do(c.StepOut(SEATS[role]))
        code = says(story, role, t)
        if code is None or (t in p.MEDIA and code not in NOT_FOR_YOU):  # else it was about the moment
            heard.add(role)
    assert heard == MAY[t]
