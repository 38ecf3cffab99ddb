"""Whatever comes over a socket: refused by a code, nothing broken, nothing logged but the code."""

import contextlib
import json
import uuid
from collections.abc import Callable

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Opcode

from enid.room.lobby import MOST_OF_ONE
from tests.integration.room.house import House, Meeting
from tests.integration.room.voices import Voice, eventually

JUNK = {
    "not JSON": ("see you in hell", "bad_json"),
    "half a JSON": ('{"t": "pau', "bad_json"),
    "a list": ("[1, 2]", "bad_json"),
    "deep brackets": ("[" * 8000, "bad_json"),
    "a name twice": ('{"t": "ping", "v": 1, "v": 2}', "bad_json"),
    "not a number": ('{"t": "ping", "v": NaN}', "bad_json"),
    "unknown word": ('{"t": "tick"}', "unknown"),
    "a word that is no text": ('{"t": {"a": 1}}', "unknown"),
    "wrong type": ('{"t": "ping", "v": "1"}', "bad_field"),
    "a huge number": ('{"t": "ping", "v": 1e400}', "bad_field"),
    "forged seat": ('{"t": "pause", "id": "1", "by": "marta"}', "bad_field"),
    "strange id": ('{"t": "pause", "id": "a b"}', "bad_field"),
    "control characters": ('{"t": "whisper", "id": "1", "text": "a\\u0007b"}', "bad_field"),
    "text that runs backwards": ('{"t": "whisper", "id": "1", "text": "a\\u202eb"}', "bad_field"),
    "half a character": ('{"t": "whisper", "id": "1", "text": "\\ud800"}', "bad_field"),
    "long text": (json.dumps({"t": "whisper", "id": "1", "text": "x" * 300}), "too_long"),
}


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_refused_by_a_code_and_changes_nothing(house: House, junk: str) -> None:
    text, code = JUNK[junk]
    anna = Meeting(house).enter("Anna").catches_up()
    before = anna.state
    anna.raw(text)
    assert anna.hears("refused")["code"] == code
    assert anna.catches_up().state == before


def test_bytes_are_refused_like_junk(house: House) -> None:
    anna = Meeting(house).enter("Anna")
    anna.socket.send(b"\x00\xff\xfe")
    assert anna.hears("refused")["code"] == "bad_json"


def test_junk_without_end_closes_the_socket(house: House) -> None:
    anna = Meeting(house).enter("Anna")
    with contextlib.suppress(ConnectionClosed):
        for _ in range(21):
            anna.raw("junk")
    assert anna.is_closed() == 4400


def test_message_over_16_kilobytes_closes_the_socket(house: House) -> None:
    anna = Meeting(house).enter("Anna")
    anna.raw(json.dumps({"t": "whisper", "id": "1", "text": "x" * 20_000}))
    assert anna.is_closed() == 4413


def test_message_of_a_megabyte_closes_the_socket_and_no_other(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    anna.raw("x" * 1_000_000)
    assert anna.is_closed() == 1009
    jonas.catches_up()


def test_flood_is_cut_off_and_others_go_on(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    with contextlib.suppress(ConnectionClosed):
        for _ in range(400):
            anna.raw({"t": "ping", "v": 1})
    assert anna.is_closed() == 4429
    jonas.does("on_call", on=True)


@pytest.mark.parametrize(
    "changes", [{"seat": "f0f0f0f0"}, {"role": "leader"}, {"role": "table"}, {"person_id": 1_000_000}]
)
def test_ticket_that_does_not_fit_the_roster_is_turned_away(house: House, changes: dict[str, object]) -> None:
    meeting = Meeting(house)
    line = house.line(meeting.id)
    line.raw({"t": "join", "ticket": meeting.ticket("Anna", **changes), "v": 0})
    assert line.is_closed() in (4403, 4404)


def test_forged_ticket_is_turned_away(house: House) -> None:
    meeting = Meeting(house)
    line = house.line(meeting.id)
    line.raw({"t": "join", "ticket": meeting.ticket("Anna")[:-1] + "_", "v": 0})
    assert line.is_closed() == 4403


def test_ticket_of_another_room_is_turned_away(house: House) -> None:
    here, there = Meeting(house), Meeting(house)
    line = house.line(there.id)
    line.raw({"t": "join", "ticket": here.ticket("Anna"), "v": 0})
    assert line.is_closed() == 4403


def test_ticket_of_yesterday_is_turned_away(house: House) -> None:
    meeting = Meeting(house)
    line = house.line(meeting.id)
    line.raw(
        {"t": "join", "ticket": house.do("old_ticket", meeting=meeting.id, name="Anna", hours=13), "v": 0}
    )
    assert line.is_closed() == 4403


def test_room_that_does_not_exist_has_no_door(house: House) -> None:
    nowhere = str(uuid.uuid4())
    line = house.line(nowhere)
    line.raw({"t": "join", "ticket": Meeting(house).ticket("Anna", meeting_id=nowhere), "v": 0})
    assert line.is_closed() == 4404


def test_whoever_speaks_before_joining_is_turned_away(house: House) -> None:
    line = house.line(Meeting(house).id)
    line.raw({"t": "pause", "id": "1"})
    assert line.is_closed() == 4403


@pytest.mark.parametrize(
    "junk", ["", "junk", b"\x00\xff", "[" * 8000, '{"t": "join", "ticket": "a b", "v": 0}']
)
def test_junk_before_joining_is_turned_away(house: House, junk: str | bytes) -> None:
    line = house.line(Meeting(house).id)
    line.socket.send(junk)
    assert line.is_closed() == 4403
    assert house.failures() == []


def test_page_of_another_site_cannot_open_a_socket(house: House) -> None:
    meeting = Meeting(house)
    with pytest.raises(InvalidStatus) as refused:
        house.line(meeting.id, origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403
    house.line(meeting.id, origin=f"http://127.0.0.1:{house.port}")


def test_path_that_is_no_room_cannot_open_a_socket(house: House) -> None:
    with pytest.raises(InvalidStatus) as refused:
        house.line("../../etc")
    assert refused.value.response.status_code == 403


def test_move_from_an_old_version_is_stale(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta").catches_up()
    seen = marta.v
    marta.moves("move_on")
    assert marta.is_refused("move_on", v=seen) == "stale"
    assert marta.is_refused("move_on", v=seen + 1_000) == "stale"
    assert marta.state["stage"] == 1


def test_repeated_message_acts_once(either_house: House) -> None:
    meeting = Meeting(either_house)
    marta = meeting.enter("Marta").catches_up()
    message = {"t": "move_on", "id": "once", "v": marta.v}
    for _ in range(3):
        marta.raw(message)
    for _ in range(3):
        marta.hears("done", id="once")
    assert marta.catches_up().state["stage"] == 1


def test_member_cannot_lead_and_a_stranger_cannot_be_named(house: House) -> None:
    meeting, other = Meeting(house), Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    anna.catches_up()
    assert anna.is_refused("move_on", v=anna.v) == "not_a_leader"
    assert anna.is_refused("whisper", text="hello") == "not_yours"
    assert marta.is_refused("ask_out", seat=other.seats["Anna"]) == "unknown_seat"


def test_circle_has_an_end(house: House) -> None:
    names = " ".join(f"Member{n}" for n in range(24))
    meeting = Meeting(house, members=names)
    meeting.enter_all("Marta " + " ".join(names.split()[:23]))
    line = house.line(meeting.id)
    line.raw({"t": "join", "ticket": meeting.ticket("Member23"), "v": 0})
    assert line.is_closed() == 4429


def test_silent_sockets_of_one_network_have_an_end(own_house: Callable[..., House]) -> None:
    house = own_house()
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    silent = [house.line(meeting.id) for _ in range(MOST_OF_ONE)]
    assert not may_come(house, meeting)
    anna.catches_up()
    silent[0].hang_up()
    eventually(lambda: may_come(house, meeting))


def may_come(house: House, meeting: Meeting) -> bool:
    """Say whether one more socket is taken, and leave it in the lobby."""
    try:
        house.line(meeting.id)
    except InvalidStatus:
        return False
    return True


def test_one_person_speaks_no_faster_through_many_sockets(house: House) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    windows = [meeting.enter("Jonas") for _ in range(8)]
    with contextlib.suppress(ConnectionClosed):
        for _ in range(EACH):
            for voice in windows:
                voice.raw({"t": "ping", "v": 1})
    assert 4429 in [voice.is_closed() for voice in windows if not is_answered(voice)]
    anna.catches_up()


EACH = 25  # less than one window may say at once; eight times that is far more than one person may


def is_answered(voice: Voice) -> bool:
    """Say whether the server answered all that this window said."""
    try:
        for _ in range(EACH):
            voice.hears("pong")
    except ConnectionClosed:
        return False
    return True


def test_old_ticket_of_somebody_who_left_has_the_roster_read_a_few_times_only(house: House) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    ticket = meeting.ticket("Jonas")
    house.do("leaves_the_group", meeting=meeting.id, name="Jonas")
    anna.hears("seat_removed")
    codes = [4404]
    while codes[-1] == 4404 and len(codes) < 200:
        line = house.line(meeting.id)
        line.raw({"t": "join", "ticket": ticket, "v": 0})
        codes.append(line.is_closed())
    assert codes[-1] == 4429
    anna.does("on_call", on=True)


def test_windows_of_one_person_have_an_end(house: House) -> None:
    meeting = Meeting(house)
    windows = [meeting.enter("Anna") for _ in range(9)]
    assert windows[0].is_closed() == 4410
    windows[8].catches_up()


def test_whoever_says_nothing_is_sent_away(own_house: Callable[..., House]) -> None:
    house = own_house(STAGE_JOIN_S="0.2")
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    assert house.line(meeting.id).is_closed() == 4408
    anna.catches_up()  # who has joined may be silent


@pytest.mark.parametrize(
    "sign", [0x200E, 0x202A, 0x202E, 0x2066, 0x2069, 0x061C, 0x2028, 0x0000, 0x001B, 0x007F, 0xE000]
)
def test_no_sign_that_hides_or_turns_text_is_passed_on(house: House, sign: int) -> None:
    meeting = Meeting(house)
    marta, ruth = meeting.enter_all("Marta Ruth")
    assert marta.is_refused("whisper", text=f"a{chr(sign)}b") == "bad_field"
    assert "whisper" not in ruth.catches_up().kinds()


@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.BINARY])
@pytest.mark.parametrize("known", [True, False])
def test_broken_text_closes_its_own_socket_alone(house: House, opcode: Opcode, known: bool) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    broken = meeting.enter("Jonas") if known else house.line(meeting.id)
    broken.socket.send(b"planted \xff\xfe", text=opcode is Opcode.TEXT)
    if opcode is Opcode.TEXT:
        assert broken.is_closed() == 1007
    elif known:
        assert broken.hears("refused")["code"] == "bad_json"
    else:
        assert broken.is_closed() == 4403
    anna.catches_up()
    assert "planted" not in house.writes()


def test_message_in_pieces_is_one_message(house: House) -> None:
    anna = Meeting(house).enter("Anna").catches_up()
    anna.socket.send(['{"t": "pi', 'ng", "v"', ": 1}"])
    anna.hears("pong")


def test_log_holds_codes_and_nothing_that_was_said(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    marta.does("whisper", text="plantedwhisper")
    marta.raw('{"t": "plantedword"')
    marta.raw({"t": "plantedtype", "id": "plantedid"})
    house.line(meeting.id).raw({"t": "join", "ticket": "plantedticket", "v": 0})
    marta.raw("plantedbig" * 4_000)
    assert marta.is_closed() == 4413
    assert "planted" not in house.writes()
    assert "Traceback" not in house.writes()
