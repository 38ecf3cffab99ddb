"""What two browsers may say to each other through the room, and whose sound may be heard."""

import json
from typing import Any

import pytest

from enid.room import protocol as p
from enid.room.media import grants
from enid.room.protocol.signals import KINDS, is_data
from enid.room.session import Refused
from enid.room.session import commands as c
from tests.unit.room.stories import Story

SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n"
CANDIDATE = {"candidate": "candidate:1 1 udp 1 10.0.0.1 9 typ host", "mid": "0", "line": 0, "ufrag": "aB+/"}
GOOD: dict[str, dict[str, Any]] = {
    "offer": {"link": "l1", "n": 1, "sdp": SDP},
    "answer": {"link": "l1", "n": 1, "sdp": SDP},
    "candidate": {"link": "l1", **CANDIDATE},
    "bye": {"link": None},
    "check": {"step": "commit", "value": "QUJD"},
}
WRONG: tuple[Any, ...] = ([], {}, 1.5, -1, True, "a\u0000b", "x" * 200_000, "Grüße")


def signal(data: Any, **more: Any) -> str:
    return json.dumps(
        {"t": "signal", "id": "1", "to": "anna", "page": None, "from": "p", "data": data, **more},
        separators=(",", ":"),
    )


def test_there_is_an_example_of_every_kind() -> None:
    assert GOOD.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", GOOD)
def test_signal_is_taken_whole_and_refused_in_part(kind: str) -> None:
    whole = {"kind": kind, **GOOD[kind]}
    assert is_data(whole)
    assert p.parse(signal(whole)).fields["data"] == whole
    assert not is_data({**whole, "more": 1})
    for name in GOOD[kind]:
        assert not is_data({other: value for other, value in whole.items() if other != name})
        for wrong in WRONG:
            assert not is_data({**whole, name: wrong}), (name, wrong)


@pytest.mark.parametrize(
    "data", [None, [], "offer", {}, {"kind": "chat", "text": "hello"}, {"kind": ["offer"]}]
)
def test_other_kinds_are_refused(data: Any) -> None:
    assert not is_data(data)
    with pytest.raises(Refused) as refused:
        p.parse(signal(data))
    assert refused.value.code == "bad_field"


def test_only_a_signal_may_be_long() -> None:
    long = {"kind": "offer", "link": "l", "n": 1, "sdp": SDP + "a" * 90_000}
    assert p.parse(signal(long)).t == "signal"
    spaced = json.dumps(json.loads(signal(long)))
    for text, code in ((spaced, "too_big"), (signal(long, page="x" * 50_000), "too_big")):
        with pytest.raises(Refused) as refused:
            p.parse(text)
        assert refused.value.code == code


def test_everyone_who_is_here_is_heard_but_who_sits_back() -> None:
    story = Story()
    assert grants(story.session) == dict.fromkeys(("marta", "ruth", "anna", "jonas", "priya"), True) | {
        "gast": False
    }
    story.go_to("work")
    assert not grants(story.session)["anna"]
    story.do(c.Pause("marta"))
    assert grants(story.session)["anna"]
    story.do(c.Resume("marta", presenter_in=False))
    assert not grants(story.session)["anna"]
    story.do(c.ComeIn("anna"))
    assert grants(story.session)["anna"]


def test_nobody_is_heard_who_is_gone_or_outside_or_after_the_close() -> None:
    story = Story()
    story.do(c.Drop("jonas"), c.StepOut("priya"))
    heard = grants(story.session)
    assert (heard["jonas"], heard["priya"]) == (False, False)
    story.do(c.CloseNow("marta"), c.EndMeeting("marta"))
    assert not any(grants(story.session).values())
