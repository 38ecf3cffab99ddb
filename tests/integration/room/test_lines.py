"""Lines break, doubles open, servers die: one person, one seat, and the session stays where it was."""

import contextlib
import json
import resource
import socket
import time
from collections.abc import Callable, Iterator

from websockets.frames import Frame, Opcode

from tests.integration.room.house import House, Meeting
from tests.integration.room.voices import Voice

Build = Callable[..., House]


def to_the_work(meeting: Meeting, marta: Voice) -> None:
    marta.catches_up()
    while marta.stage != "call":
        marta.moves("move_on")
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    while marta.stage != "work":
        marta.moves("move_on")


def test_killed_server_brings_everyone_back_in_place(own_house: Build) -> None:
    house = own_house(ENID_LINE_GRACE_S="20")
    meeting = Meeting(house)
    everyone = meeting.enter_all("Marta Ruth Anna Jonas")
    to_the_work(meeting, everyone[0])
    for voice in everyone:
        voice.catches_up()

    house.kill()
    house.start()

    for name, before in zip(meeting.seats, everyone, strict=True):
        after = meeting.enter(name, last=0)
        assert after.state == before.state, name


def test_whoever_saw_everything_but_the_end_hears_only_the_end(own_house: Build) -> None:
    house = own_house(ENID_LINE_GRACE_S="20")
    meeting = Meeting(house)
    marta, jonas = meeting.enter_all("Marta Jonas")
    to_go = jonas.catches_up().v
    ticket = meeting.ticket("Jonas")
    jonas.hang_up()
    marta.catches_up().moves("move_on")
    marta.moves("move_on")
    state = jonas.state
    house.kill()
    house.start()
    back = house.line(meeting.id)
    back.state = state
    back.join(ticket, last=to_go)
    back.hears("people")
    assert [frame.get("e") for frame in back.frames] == ["stage_moved", "stage_moved", None]
    assert back.state["stage"] == 2


def test_message_repeated_after_the_server_was_killed_acts_once(own_house: Build) -> None:
    house = own_house(ENID_LINE_GRACE_S="20")
    meeting = Meeting(house)
    marta, _ = meeting.enter_all("Marta Anna")
    message = {"t": "mark_presenter", "id": "mine", "v": 0, "seat": meeting.seats["Anna"]}
    marta.catches_up()
    while marta.stage != "call":
        marta.moves("move_on")
    message["v"] = marta.v
    marta.raw(message)
    marta.hears("done", id="mine")
    seen = marta.v
    house.kill()
    house.start()
    marta = meeting.enter("Marta")
    marta.raw(message)
    marta.hears("done", id="mine")
    assert marta.catches_up().v == seen


def test_repeat_is_known_also_when_a_snapshot_came_between(own_house: Build) -> None:
    house = own_house(ENID_LINE_GRACE_S="20")
    meeting = Meeting(house)
    marta = meeting.enter("Marta").catches_up()
    last = ""
    while marta.v < 110:
        last = marta.say("step_out")
        marta.does("step_in")
        pace()
    seen = marta.v
    house.kill()
    house.start()
    marta = meeting.enter("Marta").catches_up()
    marta.raw({"t": "step_out", "id": last})
    marta.hears("done", id=last)
    assert marta.catches_up().v == seen


def pace() -> None:
    """Speak no faster than a person could, so that the flood gate stays open."""
    time.sleep(0.15)


def test_presenter_whose_line_breaks_stops_the_work_and_going_on_needs_a_leader(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    to_the_work(meeting, marta)
    anna.hang_up()
    jonas.sees(phase="stopped")
    anna = meeting.enter("Anna")
    assert anna.state["phase"] == "stopped"
    marta.sees(phase="stopped")
    marta.moves("resume", presenter_in=False)
    jonas.sees(phase="open", sits_back=True)


def test_flapping_line_is_not_told_to_anyone(house: House) -> None:
    meeting = Meeting(house)
    marta, jonas = meeting.enter_all("Marta Jonas")
    before = marta.catches_up().v
    for _ in range(5):
        jonas.hang_up()
        jonas = meeting.enter("Jonas")
    assert marta.catches_up().v == before
    assert marta.seat(meeting.seats["Jonas"])["status"] == "here"


def test_two_windows_and_two_devices_are_one_person(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    first, second, phone = (meeting.enter("Anna") for _ in range(3))
    assert [seat["id"] for seat in phone.state["seats"]].count(meeting.seats["Anna"]) == 1
    before = marta.catches_up().v
    first.hang_up()
    phone.hang_up()
    ruth = meeting.enter("Ruth")
    ruth.hang_up()
    marta.hears("dropped")  # Ruth's grace is over, so Anna's would be too
    assert marta.v == before + 2
    assert marta.seat(meeting.seats["Anna"])["status"] == "here"
    second.does("on_call", on=True)


def test_going_on_purpose_needs_no_grace(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    anna.raw({"t": "leave"})
    marta.hears("went_away")
    assert marta.seat(meeting.seats["Anna"])["status"] == "left"


def test_orderly_stop_tells_browsers_to_come_back_and_loses_nothing(own_house: Build) -> None:
    house = own_house(ENID_LINE_GRACE_S="20")
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    marta.catches_up().moves("move_on")
    assert house.stop() in (0, -15)
    assert anna.is_closed() == 1012
    house.start()
    assert meeting.enter("Anna").state["stage"] == 1
    assert "failed" not in house.writes()


def test_whoever_does_not_come_back_after_a_restart_is_dropped(own_house: Build) -> None:
    house = own_house()
    meeting = Meeting(house)
    meeting.enter_all("Marta Ruth Anna")
    house.kill()
    house.start()
    anna = meeting.enter("Anna")
    assert anna.seat(meeting.seats["Marta"])["status"] == "here"
    anna.until(lambda frame: frame.get("e") == "leaders_gone")
    assert anna.seat(meeting.seats["Marta"])["status"] == "dropped"


@contextlib.contextmanager
def full_disk(house: House) -> Iterator[None]:
    """Let the server write no file beyond a size that holds not one page of its log of rooms."""
    assert house.process
    _, most = resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (4096, most))
    yield
    resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (most, most))


def test_full_disk_refuses_and_goes_on_once_there_is_room(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    marta.catches_up().moves("move_on")
    with full_disk(house):
        assert marta.is_refused("move_on", v=marta.v) == "try_again"
        assert anna.catches_up().state["stage"] == 1
    while marta.asks("move_on", v=marta.catches_up().v)["t"] == "refused":
        pace()
    anna.sees(stage=2)
    assert "commit failed" in house.writes()


def test_room_that_a_full_disk_kept_shut_opens_once_there_is_room(own_house: Build) -> None:
    house = own_house(on_postgres=False)
    Meeting(house).enter("Marta")  # by now the log of rooms is open
    meeting = Meeting(house, leaders="Vera", members="Anna")
    ticket = meeting.ticket("Anna")
    with full_disk(house):
        for _ in range(2):
            early = house.line(meeting.id)
            early.raw({"t": "join", "ticket": ticket, "v": 0})
            assert early.is_closed() == 1012
    assert house.line(meeting.id).join(ticket).state["stage"] == 0


def test_frame_passes_to_the_other_leader_and_is_offered_back(house: House) -> None:
    meeting = Meeting(house)
    marta, ruth, anna = meeting.enter_all("Marta Ruth Anna")
    marta.catches_up()
    marta.hang_up()
    ruth.hears("frame_passed", holder=meeting.seats["Ruth"])
    marta = meeting.enter("Marta")
    ruth.hears("frame_offered", offered_to=meeting.seats["Marta"])
    assert marta.catches_up().state["holder"] == meeting.seats["Ruth"]
    assert marta.is_refused("move_on", v=marta.v) == "held_by_other"
    marta.does("take_frame")
    marta.moves("move_on")
    assert not {"frame_passed", "frame_offered", "frame_taken"} & anna.catches_up().kinds()


def test_circle_without_leaders_talks_freely_and_its_deputy_may_go_on(house: House) -> None:
    meeting = Meeting(house)
    marta, ruth, anna, jonas = meeting.enter_all("Marta Ruth Anna Jonas")
    to_the_work(meeting, marta)
    marta.does("name_deputy", seat=meeting.seats["Jonas"])
    marta.hang_up()
    ruth.hang_up()
    anna.hears("leaders_gone")
    anna.sees(sits_back=False)
    jonas.catches_up()
    assert anna.is_refused("move_on", v=jonas.v) == "not_the_deputy"
    assert jonas.is_refused("close_now") == "too_soon"
    jonas.moves("move_on")
    meeting.enter("Ruth")
    jonas.hears("leader_back")
    assert jonas.is_refused("move_on", v=jonas.v) == "not_a_leader"


def test_peer_who_does_not_read_is_cut_off_and_others_go_on(house: House) -> None:
    leaders = "Marta Vera Nora Ines"
    meeting = Meeting(house, leaders=f"{leaders} Ruth")
    anna = meeting.enter("Anna")
    deaf = deaf_line(house, meeting.id, meeting.ticket("Ruth"))
    anna.hears("arrived")
    voices = meeting.enter_all(leaders)
    for voice in voices:
        for _ in range(25):
            voice.does("whisper", text="\U0001f54a" * 200)  # two kilobytes each for every leader
    anna.hears("dropped")
    anna.does("on_call", on=True)
    for voice in voices:
        voice.hears("on_call")
    deaf.close()


def deaf_line(house: House, meeting: str, ticket: str) -> socket.socket:
    """Join by a socket that does not read after its handshake."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", house.port))
    head = f"GET /ws/room/{meeting}/ HTTP/1.1\r\nHost: enid\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    line.sendall(
        f"{head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b" 101 " in line.recv(4096)  # the last that it ever reads
    text = json.dumps({"t": "join", "ticket": ticket, "v": 0}).encode()
    line.sendall(Frame(Opcode.TEXT, text).serialize(mask=True))
    return line
