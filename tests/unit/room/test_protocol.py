"""The wire: strict in what it takes, silent about what is not for the listener."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enid.room import protocol as p
from enid.room.protocol import Audience, Message, Options, parse
from enid.room.session import Because, Command, Refused
from enid.room.session import commands as c
from tests.unit.room.mirror import INSIDE, assert_not_for_leaders, keys_of
from tests.unit.room.stories import Story

DOCUMENT = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text("utf-8")
TYPES = (Path(__file__).parents[3] / "enid/room/static/room/types.js").read_text("utf-8")
BY_SERVER = (c.Open, c.AddSeat, c.RemoveSeat, c.Arrive, c.Drop, c.Leave, c.LeaveDoor)


def said(**fields: Any) -> str:
    """Return a message as a browser writes it."""
    return json.dumps(fields)


def code_of(text: str) -> str | None:
    """Return the code with which this is refused, or None."""
    try:
        parse(text)
    except Refused as refusal:
        return refusal.code
    return None


def test_move_is_read_with_its_id_and_version() -> None:
    message = parse(said(t="mark_presenter", id="a-1", v=7, seat="anna"))
    assert message == Message("mark_presenter", "a-1", 7, {"seat": "anna"})
    assert p.command_for(message, "marta") == c.MarkPresenter("marta", seat="anna")


def test_every_wish_of_a_person_has_one_message() -> None:
    kinds = [kind for kind, _ in p.ACTS.values()]
    assert set(kinds) == set(Command.__args__) - set(BY_SERVER)
    assert len(kinds) == len(set(kinds))


EXAMPLES = {
    "id": "m1",
    "v": 3,
    "seat": "anna",
    "to": "ruth",
    "here": True,
    "presenter_in": False,
    "anyway": True,
    "sign": "time",
    "text": "Noch fünf Minuten 🙂",
    "word": "moment",
    "side": "family",
    "on": True,
    "alone": False,
    "ticket": "abc.def",
    "page": "p1",
    "from": "p2",
    "take": True,
    "mic": True,
    "camera": False,
    "data": {"kind": "bye", "link": None},
    "room": "door",
}
SHAPES = {**{t: shape for t, (_, shape) in p.ACTS.items()}, **p.EPHEMERAL, **p.MEDIA, **p.LINE}


@pytest.mark.parametrize("t", SHAPES)
def test_every_message_is_taken_whole_and_refused_in_part(t: str) -> None:
    whole = {name: EXAMPLES[name] for name in SHAPES[t].fields}
    message = parse(said(t=t, **whole))
    assert message.t == t
    p.command_for(message, "marta")
    for name in whole:
        rest = {other: value for other, value in whole.items() if other != name}
        assert code_of(said(t=t, **rest)) == ("bad_field" if name in SHAPES[t].needed else None)
        for wrong in ([], {}, 1.5, "\u0000", -1, "x" * 700, "Ja\u202e"):
            assert code_of(said(t=t, **rest, **{name: wrong})) in ("bad_field", "too_long")
    assert code_of(said(t=t, **whole, more=1)) == "bad_field"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_json"),
        ("[]", "bad_json"),
        ("7", "bad_json"),
        ("{", "bad_json"),
        ('{"t": "ping", "v": NaN}', "bad_json"),
        ('{"t": "ping", "v": ' + "9" * 5000 + "}", "bad_json"),
        ('{"t": "ping", "v": 1, "v": 2}', "bad_json"),
        ("[" * 8000, "bad_json"),
        ("{}", "unknown"),
        ('{"t": "tick"}', "unknown"),
        ('{"t": ["ping"]}', "unknown"),
        ('{"t": "ping", "v": true}', "bad_field"),
        ('{"t": "ping", "v": 1.0}', "bad_field"),
        ('{"t": "ping", "v": "1"}', "bad_field"),
        ('{"t": "whisper", "id": "a", "text": "' + "x" * 201 + '"}', "too_long"),
        ('{"t": "whisper", "id": "a", "text": "   "}', "bad_field"),
        ('{"t": "whisper", "id": "a", "text": "\\ud800"}', "bad_field"),
        ('{"t": "whisper", "id": "a", "text": "a\\nb"}', "bad_field"),
        ('{"t": "whisper", "id": "' + "a" * 41 + '", "text": "ja"}', "bad_field"),
        ("x" * 16_385, "too_big"),
        ("ü" * 9_000, "too_big"),
    ],
    ids=range(21),
)
def test_bad_input_is_refused_by_a_code(text: str, code: str) -> None:
    assert code_of(text) == code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NEARLY = st.fixed_dictionaries(
    {"t": st.sampled_from(list(SHAPES))},
    optional={name: JSON | st.just(value) for name, value in EXAMPLES.items()},
)
CODES = {None, "bad_json", "unknown", "too_long", "too_big", "bad_field"}


@settings(max_examples=600, deadline=None, database=None, derandomize=True)
@given(st.text() | JSON.map(json.dumps) | NEARLY.map(json.dumps))
def test_whatever_is_said_raises_nothing_but_a_refusal(text: str) -> None:
    assert code_of(text) in CODES


def test_move_is_stale_once_the_stage_has_moved_but_not_by_comings() -> None:
    story = Story()
    seen = Message("move_on", "a", story.session.version)
    story.do(c.Drop("jonas"), c.Arrive("jonas", True))
    p.check_fresh(seen, story.session)
    story.do(c.MoveOn("marta"))
    with pytest.raises(Refused, match="stale"):
        p.check_fresh(seen, story.session)
    with pytest.raises(Refused, match="stale"):
        p.check_fresh(Message("move_on", "a", story.session.version + 1), story.session)
    p.check_fresh(Message("come_in", "a"), story.session)


@pytest.mark.parametrize("t", p.EPHEMERAL)
def test_passing_messages_are_said_and_heard_by_those_they_are_for(t: str) -> None:
    assert p.MAY_SAY.keys() == p.HEARD_BY.keys() == p.EPHEMERAL.keys()
    assert Audience.WAITING not in p.HEARD_BY[t]
    allowed = {
        who for who in Audience if not refused_to_say(Message(t, "a"), who, Options(hands=True, chair=True))
    }
    assert allowed == p.MAY_SAY[t]


def refused_to_say(message: Message, who: Audience, options: Options) -> bool:
    """Say whether this audience may not say this."""
    try:
        p.check_may_say(message, who, options)
    except Refused:
        return True
    return False


@pytest.mark.parametrize("t", ["hand", "chair"])
def test_hands_and_chair_are_off_until_the_group_has_them(t: str) -> None:
    with pytest.raises(Refused, match="off"):
        p.check_may_say(Message(t, "a"), Audience.LEADER, Options())


def test_notice_carries_its_sender_and_not_its_id() -> None:
    notice = p.notice_for(parse(said(t="word", id="a", word="line")), "anna")
    assert notice == {"t": "word", "seat": "anna", "word": "line"}


def test_the_word_to_whoever_is_asked_outside_reaches_no_wish() -> None:
    message = parse(said(t="ask_out", id="a", seat="anna", word="talk"))
    assert p.command_for(message, "marta") == c.AskOut("marta", seat="anna")
    assert p.command_for(parse(said(t="ask_out", id="a", seat="anna")), "marta") == c.AskOut(
        "marta", seat="anna"
    )
    assert p.aside("talk") == {"t": "aside", "word": "talk"}


@pytest.mark.parametrize("word", ["recognise", "come here", "", None, ["talk"]])
def test_whoever_is_asked_outside_is_told_words_of_the_list_alone(word: object) -> None:
    assert code_of(said(t="ask_out", id="a", seat="anna", word=word)) == "bad_field"


def test_leaders_know_what_others_do_not() -> None:
    session = Story().go_to("return").session
    leader = p.snapshot_for(session, Audience.LEADER, "marta")
    assert leader["holder"] == "marta"
    assert {"clock", "minutes", "asked_out", "waits_because", "invited"} <= set(keys_of(leader))
    for who in INSIDE[1:]:
        assert_not_for_leaders(p.snapshot_for(session, who, "anna"))
    assert p.snapshot_for(session, Audience.PRESENTER, "anna")["invited"]
    assert "invited" not in p.snapshot_for(session, Audience.MEMBER, "jonas")


def test_minutes_are_shown_to_members_if_the_group_wants_it_and_never_to_the_presenter() -> None:
    session = Story().session
    options = Options(members_see_time=True)
    sees = {
        who: "minutes" in set(keys_of(p.snapshot_for(session, who, "anna", options=options)))
        for who in INSIDE
    }
    assert {who for who, yes in sees.items() if yes} == {Audience.LEADER, Audience.MEMBER}


def test_who_waits_learns_why_and_nothing_else() -> None:
    story = Story(here="marta")
    events = story.do(c.Arrive("gast", known=False))
    assert p.audience_of(story.session, "gast") is Audience.WAITING
    state = p.snapshot_for(story.session, Audience.WAITING, "gast")
    assert state == {"v": 3 + 1, "audience": "waiting", "seat": "gast", "because": Because.GUEST.value}
    assert p.event_for(events[0], story.session, Audience.WAITING) == {"v": 4}
    assert p.event_for(events[0], story.session, Audience.MEMBER) == {"v": 4}


@pytest.mark.parametrize(("seat", "status"), [("gast", "away"), ("jonas", "left"), ("anna", "here")])
def test_others_do_not_hear_that_a_browser_knocked_and_went(seat: str, status: str) -> None:
    story = Story(here="marta anna jonas")
    story.do(c.Leave("jonas"))
    (knock,) = story.do(c.Arrive(seat, known=False))
    assert p.event_for(knock, story.session, Audience.MEMBER) == {"v": story.session.version}
    (event,) = story.do(c.LeaveDoor(seat))
    assert p.event_for(event, story.session, Audience.LEADER)["seat"]["status"] == status
    assert p.event_for(event, story.session, Audience.MEMBER) == {"v": story.session.version}


@pytest.mark.parametrize("going", [c.Drop("priya"), c.Leave("priya")])
def test_others_do_not_hear_that_someone_late_waited_and_went(going: c.Command) -> None:
    story = Story(here="marta ruth anna jonas").go_to("present")
    story.do(c.Arrive("priya", known=True))
    (event,) = story.do(going)
    assert p.event_for(event, story.session, Audience.LEADER)["seat"]["status"] == "away"
    assert p.event_for(event, story.session, Audience.MEMBER) == {"v": story.session.version}


def test_others_hear_of_being_asked_out_as_stepping_out() -> None:
    story = Story()
    (event,) = story.do(c.AskOut("ruth", seat="jonas"))
    frame = p.event_for(event, story.session, Audience.MEMBER)
    seat = {"id": "jonas", "role": "member", "status": "outside"}
    assert frame == {"v": story.session.version, "e": "stepped_out", "seat": seat}
    (event,) = story.do(c.TakeBack("ruth", seat="jonas"))
    assert p.event_for(event, story.session, Audience.TABLE)["e"] == "stepped_in"


def test_audience_follows_role_seat_and_device() -> None:
    session = Story().go_to("present").session
    audiences = [p.audience_of(session, id) for id in ("marta", "anna", "jonas", "stranger")]
    assert audiences == [Audience.LEADER, Audience.PRESENTER, Audience.MEMBER, Audience.WAITING]
    assert p.audience_of(session, "marta", table=True) is Audience.TABLE
    assert p.audience_of(session, "jonas", let_in=False) is Audience.WAITING
    assert p.snapshot_for(session, Audience.WAITING, "jonas")["because"] == "device"


def test_frames_of_the_line() -> None:
    session = Story().session
    hello = p.hello(session, Audience.MEMBER, "anna", now=5)
    assert hello["state"] == p.snapshot_frame(session, Audience.MEMBER, "anna")["state"]
    assert (hello["now"], hello["options"]) == (5, {"hands": False, "chair": False})
    heard = {frame["t"] for frame in (hello, p.refused("a", "stale"), p.done("a", 1), p.pong(1))}
    assert heard <= p.HEARD


def test_document_names_all_that_is_said_heard_and_answered() -> None:
    named = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    assert set(SHAPES) | p.HEARD | p.EVENT_NAMES <= named
    for name, code in p.CLOSE_CODES.items():
        assert f"| {code} | {name.value} |" in DOCUMENT
        assert f"{name.value}: {code}," in TYPES
    for word in (*p.SIGNS, *p.WORDS, *p.SIDES, *p.ASIDES):
        assert word in DOCUMENT
        assert f'"{word}"' in TYPES


def test_document_names_every_refusal() -> None:
    root = Path(__file__).parents[3] / "enid/room"
    sources = [
        f.read_text("utf-8") for folder in ("session", "protocol") for f in (root / folder).glob("*.py")
    ]
    sources.append((root / "voices.py").read_text("utf-8"))
    codes = {code for source in sources for code in re.findall(r'Refused\("([a-z_]+)"', source)}
    assert codes
    assert codes <= set(re.findall(r"`([a-z_]+)`", DOCUMENT))


def test_types_name_all_that_is_said_and_heard() -> None:
    named = set(re.findall(r'"([a-z_]+)"', TYPES))
    assert set(SHAPES) | p.HEARD | p.EVENT_NAMES <= named
