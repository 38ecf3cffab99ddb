"""A browser that no leader has let in, beside its person's seat: what it hears, says, and can take from them."""

import contextlib
from typing import Any

from websockets.exceptions import ConnectionClosed

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_session import to_the_call
from tests.integration.room.voices import Voice

STRANGE: dict[str, Any] = {"known": False, "device": "b" * 64}


def late(house: House) -> tuple[Meeting, Voice, Voice]:
    """Have Jonas come while a case is told; return the leader and him."""
    meeting = Meeting(house)
    marta, _anna = meeting.enter_all("Marta Anna")
    to_the_call(marta)
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    jonas = meeting.enter("Jonas")
    assert jonas.state["because"] == "late"
    return meeting, marta, jonas


def test_fetching_who_is_late_lets_in_no_other_browser_of_theirs(house: House) -> None:
    meeting, marta, jonas = late(house)
    other = meeting.enter("Jonas", **STRANGE)
    marta.hears("knocked_beside")
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    assert other.catches_up().state["audience"] == "waiting"
    assert marta.seat(meeting.seats["Jonas"])["knocks_beside"]
    assert house.do("devices", meeting=meeting.id, name="Jonas") == []
    marta.does("admit", seat=meeting.seats["Jonas"])
    assert other.hears("snapshot")["state"]["audience"] == "member"


def test_nobody_speaks_for_who_is_late_or_outside_from_another_browser(house: House) -> None:
    meeting, marta, jonas = late(house)
    other = meeting.enter("Jonas", **STRANGE)
    assert other.is_refused("word", word="all_right") == "not_yours"
    jonas.does("word", word="line")
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    marta.does("ask_out", seat=meeting.seats["Jonas"])
    assert other.is_refused("word", word="all_right") == "not_yours"
    assert other.is_refused("alone", alone=True) == "not_yours"


def test_private_word_does_not_reach_a_browser_at_the_door(house: House) -> None:
    meeting = Meeting(house)
    marta, jonas = meeting.enter_all("Marta Jonas")
    other = meeting.enter("Jonas", **STRANGE)
    marta.does("ask_out", seat=meeting.seats["Jonas"], word="talk")
    jonas.hears("aside", word="talk")
    assert "aside" not in other.catches_up().kinds()


def test_browsers_at_the_door_close_no_window_and_take_no_place_before_them(house: House) -> None:
    meeting = Meeting(house)
    jonas = meeting.enter("Jonas")
    first = meeting.enter("Jonas", **STRANGE)
    others = [meeting.enter("Jonas", known=False, device="c" * 64) for _ in range(7)]
    one_more = house.line(meeting.id)
    one_more.raw({"t": "join", "ticket": others[0].ticket, "v": 0})
    assert one_more.is_closed() == 4429
    jonas.does("on_call", on=True)
    meeting.enter("Marta").does("admit", seat=meeting.seats["Jonas"])
    assert first.hears("snapshot")["state"]["audience"] == "member"
    assert others[0].catches_up().state["audience"] == "waiting"


def test_browser_at_the_door_takes_nobody_the_word(house: House) -> None:
    meeting = Meeting(house)
    jonas = meeting.enter("Jonas")
    other = meeting.enter("Jonas", **STRANGE)
    with contextlib.suppress(ConnectionClosed):
        for _ in range(1000):
            other.raw({"t": "ping", "v": 1})
    assert other.is_closed() == 4429
    jonas.does("on_call", on=True)
    meeting.enter("Jonas")
