"""Sound and picture over the wire: who may send what to whom, who hears of it, and that none of it stays."""

import contextlib
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_lines import deaf_line
from tests.integration.room.voices import PATIENCE_S, Voice

SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n"
OFFER: dict[str, Any] = {"kind": "offer", "link": "l1", "n": 1, "sdp": SDP}


def speaks(voice: Voice, page: str = "", *, take: bool = True, mic: bool = True) -> str:
    """Claim one's sound and picture for a page; return the page."""
    page = page or f"page-{voice.page}"
    voice.does("voice", page=page, take=take, mic=mic, camera=False)
    return page


def signals(voice: Voice, to: str, own: str, page: str | None = None, **data: Any) -> str:
    """Send a signal as the page does; return its id."""
    voice.count += 1
    id = f"s{voice.count}"
    said = {"t": "signal", "id": id, "to": to, "page": page, "from": own, "data": data or OFFER}
    voice.raw(json.dumps(said, separators=(",", ":")))
    return id


def refusal(voice: Voice, id: str) -> str:
    """Return the code with which this signal was refused."""
    return str(voice.hears("refused", id=id)["code"])


def hears_nothing(voice: Voice) -> None:
    """Expect that no signal came to this voice."""
    assert "signal" not in voice.catches_up().kinds()


def test_signal_reaches_the_seat_it_is_meant_for_and_nobody_else(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    page = speaks(anna)
    other = speaks(jonas)
    signals(anna, meeting.seats["Jonas"], page, other)
    told = jonas.hears("signal")
    assert told == {"t": "signal", "seat": meeting.seats["Anna"], "from": page, "page": other, "data": OFFER}
    hears_nothing(marta)
    hears_nothing(anna)


def test_signal_for_one_page_does_not_reach_another_of_the_same_seat(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    second = meeting.enter("Jonas")
    page = speaks(anna)
    speaks(jonas, "first")
    speaks(second, "second")
    signals(anna, meeting.seats["Jonas"], page, "second")
    assert second.hears("signal")["page"] == "second"
    hears_nothing(jonas)


def test_everyone_learns_whose_microphone_is_open_also_whoever_comes_later(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    page = speaks(anna)
    notice = marta.hears("media", seat=meeting.seats["Anna"])
    assert notice == {
        "t": "media",
        "seat": meeting.seats["Anna"],
        "page": page,
        "since": notice["since"],
        "mic": True,
        "camera": False,
    }
    speaks(anna, page, take=False, mic=False)
    assert marta.hears("media", mic=False)["since"] == notice["since"]
    jonas = meeting.enter("Jonas")
    assert jonas.hears("media") == {**notice, "mic": False}


def test_later_page_of_a_person_takes_over_and_the_older_one_is_told(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    speaks(marta)
    page = speaks(anna, "laptop")
    phone = meeting.enter("Anna")
    speaks(phone, "phone")
    since = anna.hears("media", page="phone")["since"]
    assert anna.is_refused("voice", page="laptop", take=False, mic=True, camera=True) == "elsewhere"
    assert refusal(anna, signals(anna, meeting.seats["Marta"], page)) == "elsewhere"
    speaks(anna, "laptop")
    jonas.hears("media", page="phone")
    assert jonas.hears("media", page="laptop")["since"] > since


def test_older_page_is_told_when_the_newer_one_does_not_come_back(house: House) -> None:
    meeting = Meeting(house)
    marta, laptop = meeting.enter_all("Marta Anna")
    speaks(laptop, "laptop")
    phone = meeting.enter("Anna")
    speaks(phone, "phone")
    phone.hang_up()
    laptop.hears("voice_gone")
    speaks(laptop, "laptop")
    marta.hears("media", page="phone")
    assert marta.hears("media", seat=meeting.seats["Anna"])["page"] == "laptop"
    assert "voice_gone" not in marta.catches_up().kinds()


def test_newer_page_that_comes_back_in_time_keeps_the_sound(house: House) -> None:
    meeting = Meeting(house)
    laptop = meeting.enter("Anna")
    speaks(laptop, "laptop")
    phone = meeting.enter("Anna")
    speaks(phone, "phone")
    back = meeting.enter("Anna")
    speaks(back, "phone", take=False)
    phone.hang_up()
    gone = meeting.enter("Jonas")
    gone.hang_up()
    laptop.hears("dropped")  # which took as long as the grace
    assert "voice_gone" not in laptop.catches_up().kinds()


@pytest.mark.parametrize("where", ["room", "beside"])
def test_other_settings_carry_neither_sound_nor_picture(house: House, where: str) -> None:
    meeting = Meeting(house, setting=where)
    marta, anna = meeting.enter_all("Marta Anna")
    assert anna.is_refused("voice", page="p", take=True, mic=True, camera=True) == "off"
    assert refusal(anna, signals(anna, meeting.seats["Marta"], "p")) == "off"
    assert marta.is_refused("mute", seat=meeting.seats["Anna"]) == "off"


def test_whoever_waits_or_is_outside_neither_sends_nor_gets_signals(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    page = speaks(marta)
    own = speaks(jonas)
    jonas.does("step_out")
    assert refusal(jonas, signals(jonas, meeting.seats["Marta"], own)) == "not_here"
    assert refusal(marta, signals(marta, meeting.seats["Jonas"], page)) == "not_here"
    jonas.does("step_in")
    assert refusal(jonas, signals(jonas, meeting.seats["Marta"], own)) == "elsewhere"  # to be claimed anew
    guest = house.do("guest", meeting=meeting.id, name="Gast")
    line = house.line(meeting.id).join(guest["ticket"])
    assert refusal(line, signals(line, meeting.seats["Marta"], "p")) == "not_yours"
    assert line.is_refused("voice", page="p", take=True, mic=True, camera=True) == "not_yours"
    assert "media" not in line.catches_up().kinds()
    hears_nothing(anna)


def test_device_on_the_table_has_no_voice(house: House) -> None:
    meeting = Meeting(house)
    meeting.enter("Marta")
    table = meeting.enter("Marta", role="table")
    assert table.is_refused("voice", page="p", take=True, mic=True, camera=True) == "not_yours"


def test_signals_to_oneself_to_strangers_and_under_another_name_are_refused(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    page = speaks(anna)
    other = speaks(jonas)
    assert refusal(anna, signals(anna, meeting.seats["Anna"], page)) == "oneself"
    assert refusal(anna, signals(anna, "f0f0f0f0", page)) == "unknown_seat"
    assert refusal(anna, signals(anna, meeting.seats["Marta"], other)) == "elsewhere"
    forged = {
        "t": "signal",
        "id": "f",
        "to": meeting.seats["Marta"],
        "page": None,
        "from": page,
        "data": OFFER,
    }
    anna.raw({**forged, "seat": meeting.seats["Jonas"]})
    assert anna.hears("refused")["code"] == "bad_field"
    hears_nothing(marta)


def test_long_signal_is_passed_on_and_a_longer_one_refused(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    page = speaks(anna)
    speaks(jonas)
    long: Any = {**OFFER, "sdp": SDP + "a" * 90_000}
    signals(anna, meeting.seats["Jonas"], page, **long)
    assert jonas.hears("signal")["data"] == long
    signals(anna, meeting.seats["Jonas"], page, **{**OFFER, "sdp": "v=0\n" + "a" * 140_000})
    assert anna.hears("refused")["code"] == "too_big"
    signals(anna, meeting.seats["Jonas"], page)
    jonas.hears("signal")


def test_endless_signals_are_refused_and_then_the_line_is_closed(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    page = speaks(anna)
    with contextlib.suppress(ConnectionClosed):
        for _ in range(600):
            signals(anna, meeting.seats["Jonas"], page, kind="bye", link=None)
    assert anna.hears("refused")["code"] == "too_fast"
    assert anna.is_closed() == 4429
    jonas.does("on_call", on=True)


def test_signals_cut_nobody_off_whose_line_is_slow(house: House) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    slow = deaf_line(house, meeting.id, meeting.ticket("Jonas"))
    anna.hears("arrived")
    page = speaks(anna)
    for _ in range(20):
        signals(anna, meeting.seats["Jonas"], page, **{**OFFER, "sdp": SDP + "a" * 20_000})
    anna.does("on_call", on=True)
    with contextlib.closing(slow):
        slow.settimeout(PATIENCE_S)
        heard = b""
        while b'"on_call"' not in heard:
            more = slow.recv(65_536)
            assert more, "the line was cut off"
            heard += more


def test_leader_mutes_and_asks_but_nobody_unmutes_from_afar(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    speaks(anna)
    assert jonas.is_refused("mute", seat=meeting.seats["Anna"]) == "not_a_leader"
    marta.does("mute", seat=meeting.seats["Anna"])
    assert jonas.hears("media", mic=False)["seat"] == meeting.seats["Anna"]
    assert anna.hears("mute") == {"t": "mute", "seat": meeting.seats["Marta"]}
    marta.does("ask_unmute", seat=meeting.seats["Anna"])
    anna.hears("ask_unmute")
    assert {"mute", "ask_unmute"}.isdisjoint(jonas.catches_up().kinds())
    assert jonas.frames[-2]["t"] != "media" or not jonas.frames[-2]["mic"]


def test_whoever_dropped_has_no_voice_until_they_claim_it_anew(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    page = speaks(marta)
    speaks(anna, "anna")
    anna.hang_up()
    marta.hears("dropped")
    assert refusal(marta, signals(marta, meeting.seats["Anna"], page)) == "not_here"
    back = meeting.enter("Anna")
    assert {frame["seat"] for frame in back.catches_up().frames if frame.get("t") == "media"} == {
        meeting.seats["Marta"]
    }
    speaks(back, "anna", take=False)
    marta.hears("media", page="anna")


def test_broken_line_costs_no_voice_within_its_grace(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    speaks(marta)
    page = speaks(anna, "anna")
    since = marta.hears("media", page="anna")["since"]
    anna.hang_up()
    back = meeting.enter("Anna", last=anna.v)
    speaks(back, page, take=False)
    assert marta.hears("media", page="anna")["since"] == since


def test_after_the_close_nothing_is_passed_on(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    page = speaks(anna)
    marta.does("close_now")
    marta.catches_up().moves("end_meeting")
    anna.hears("closed")
    assert refusal(anna, signals(anna, meeting.seats["Marta"], page)) == "closed"


def test_no_signal_reaches_the_log(house: House) -> None:
    meeting = Meeting(house)
    anna, jonas = meeting.enter_all("Anna Jonas")
    page = speaks(anna)
    signals(anna, meeting.seats["Jonas"], page, kind="check", step="commit", value="SECRETWORDS")
    jonas.hears("signal")
    signals(anna, "f0f0f0f0", page, kind="check", step="commit", value="SECRETWORDS")
    anna.hears("refused")
    assert "SECRETWORDS" not in house.writes()
    for file in house.folder.iterdir():
        if file.is_file():
            assert b"SECRETWORDS" not in file.read_bytes()
