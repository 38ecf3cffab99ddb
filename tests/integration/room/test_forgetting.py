"""What is left of a session: who was there, and never who presented or what was passed along."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_lines import to_the_work
from tests.integration.site.test_commands import until

Build = Callable[..., House]


def bytes_of(folder: Path) -> bytes:
    """Return every byte of every file of a server."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def tells_who_presented(folder: Path) -> bool:
    """Say whether any byte tells: the fact itself, or a state in which somebody presents."""
    everything = bytes_of(folder)
    return any(trace in everything for trace in (b"PresenterMarked", b'"presenter":"', b"PresenterSatBack"))


def kept_rooms(folder: Path) -> set[str]:
    with sqlite3.connect(f"file:{folder}/rooms.sqlite3?mode=ro", uri=True) as log:
        rows = log.execute("SELECT room FROM room_event UNION SELECT room FROM room_snapshot").fetchall()
    log.close()
    return {room for (room,) in rows}


def held_session(house: House) -> Meeting:
    """Hold a session up to its closing stage."""
    meeting = Meeting(house)
    marta, _ = meeting.enter_all("Marta Anna")
    to_the_work(meeting, marta)
    marta.does("close_now")
    return meeting


def end(house: House, meeting: Meeting) -> None:
    marta = meeting.enter("Marta")
    marta.raw({"t": "end_meeting", "id": "end", "v": marta.v})


def test_after_the_close_no_byte_tells_who_presented(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = held_session(house)
    assert tells_who_presented(house.folder)
    end(house, meeting)
    until(lambda: not tells_who_presented(house.folder), "the forgetting")
    assert meeting.seats["Anna"].encode() in bytes_of(house.folder)  # that she was there is still known
    assert house.do("record", meeting=meeting.id)["present"] == ["Anna", "Marta"]


@pytest.mark.parametrize(
    "point",
    [
        "before attendance is written",
        "after attendance is written",
        "before the write-ahead file is emptied",
    ],
)
def test_close_cut_in_two_by_a_crash_is_finished_at_the_next_start(own_house: Build, point: str) -> None:
    house = own_house(on_postgres=False, STAGE_DIES=point)
    meeting = held_session(house)
    end(house, meeting)
    house.dies()
    assert tells_who_presented(house.folder)
    house.settings.pop("STAGE_DIES")
    house.start()
    until(lambda: not tells_who_presented(house.folder), "the forgetting")
    record = house.do("record", meeting=meeting.id)
    assert record == {"opened": True, "closed": True, "present": ["Anna", "Marta"], "rows": 4}


def test_session_that_nobody_ended_forgets_who_presented_and_keeps_its_stage(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = Meeting(house)
    marta, _ = meeting.enter_all("Marta Anna")
    to_the_work(meeting, marta)
    house.kill()
    assert tells_who_presented(house.folder)
    house.settings["STAGE_ALONE_MS"] = "0"
    house.start()
    until(lambda: not tells_who_presented(house.folder), "the forgetting")
    marta = meeting.enter("Marta")
    assert (marta.stage, marta.state["presenter"], marta.state["phase"]) == ("work", None, "open")
    marta.moves("move_on")


def test_session_that_goes_on_keeps_who_presents(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    to_the_work(meeting, marta)
    house.kill()
    house.start()
    assert meeting.enter("Marta").state["presenter"] == anna.state["seat"]


def test_confirmed_attendance_ends_the_log(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = held_session(house)
    anna = meeting.enter("Anna")
    end(house, meeting)
    until(lambda: house.do("record", meeting=meeting.id)["closed"], "the record")
    house.do("confirms", meeting=meeting.id, leader="Marta")
    assert anna.is_closed() == 4404
    until(lambda: not kept_rooms(house.folder), "the end of the log")
    until(lambda: meeting.id.encode() not in (house.folder / "rooms.sqlite3").read_bytes(), "the last byte")
    late = house.line(meeting.id)
    late.raw({"t": "join", "ticket": meeting.ticket("Anna"), "v": 0})
    assert late.is_closed() == 4404


def test_log_that_nobody_confirmed_ends_after_a_fortnight(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    old, fresh = held_session(house), held_session(house)
    house.do("grew_old", meeting=old.id, days=15)
    house.kill()
    house.start()
    until(lambda: kept_rooms(house.folder) == {fresh.id}, "the sweep")


def test_closed_room_still_says_that_it_is_over(own_house: Build) -> None:
    house = own_house()
    meeting = held_session(house)
    end(house, meeting)
    until(lambda: house.do("record", meeting=meeting.id)["closed"], "the record")
    house.kill()
    house.start()
    anna = meeting.enter("Anna")
    assert anna.state["phase"] == "closed"
    assert anna.state["presenter"] is None


def test_what_passes_is_written_nowhere(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = Meeting(house, hands=True)
    marta, ruth, anna = meeting.enter_all("Marta Ruth Anna")
    marta.does("whisper", text="plantedwhisper")
    ruth.hears("whisper")
    marta.raw({"t": "step_out", "id": "plantedid"})
    marta.hears("done", id="plantedid")
    for word in ("recognise", "not_alone"):
        anna.does("word", word=word)
    marta.does("touch", side="institution", on=True)
    anna.does("hand", on=True)
    ruth.does("ask_out", seat=meeting.seats["Anna"], word="talk")
    anna.hears("aside", word="talk")
    house.stop()
    everything = bytes_of(house.folder)
    for word in (b"planted", b"recognise", b"not_alone", b'"institution"', b'"hand"', b"aside", b'"talk"'):
        assert word not in everything, word
    assert b"SteppedOut" in everything
    assert b"AskedOut" in everything
    assert "talk" not in house.writes()
