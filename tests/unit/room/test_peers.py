"""Frames as a server sends them, and how fast a person may speak."""

import json
from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
from websockets.frames import Frame
from websockets.streams import StreamReader

from enid.room import tickets
from enid.room.peers import BURST, MOST_UNSENT_BYTES, Peer, RawLine, encode
from enid.room.session import Refused
from enid.room.transport import frame

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ROOM = "7d0f5cf5-70c5-4d5e-8d55-95f2cf0a8f6a"


def read(data: bytes) -> bytes:
    """Read one frame with an independent parser."""
    stream = StreamReader()
    stream.feed_data(data)
    stream.feed_eof()
    parsing = Frame.parse(stream.read_exact, mask=False)
    frames: list[Frame] = []

    def whole() -> Generator[None, None, None]:
        frames.append((yield from parsing))

    for _ in whole():
        pass
    (found,) = frames
    assert (found.fin, found.opcode) == (True, 1)
    return bytes(found.data)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_ready_made_frame_is_read_by_others(size: int) -> None:
    assert read(frame(b"x" * size)) == b"x" * size


def test_encoded_message_is_compact_json() -> None:
    assert json.loads(read(encode({"t": "pong", "v": 3}))) == {"t": "pong", "v": 3}


class Transport:
    """A connection as uvloop's behaves: writing to a closed one raises."""

    def __init__(self, *, closing: bool = False, unsent: int = 0) -> None:
        self.closing, self.unsent, self.sent, self.aborted = closing, unsent, b"", False

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def write(self, data: bytes) -> None:
        if self.closing:
            raise RuntimeError("closed")
        self.sent += data

    def abort(self) -> None:
        self.aborted = True


def test_closed_line_takes_a_frame_without_a_word() -> None:
    RawLine(Transport(closing=True)).write(b"x")


def test_peer_who_does_not_read_is_cut_off() -> None:
    slow, quick = Transport(unsent=MOST_UNSENT_BYTES + 1), Transport(unsent=100)
    RawLine(slow).write(b"x")
    RawLine(quick).write(b"x")
    assert (slow.aborted, slow.sent) == (True, b"")
    assert (quick.aborted, quick.sent) == (False, b"x")


def make_ticket(**changes: object) -> str:
    facts = {"meeting_id": ROOM, "seat": "a1", "person_id": 7, "role": "member", "known": True, "at": NOON}
    return tickets.make(**{**facts, **changes})  # type: ignore[arg-type]


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_bucket_of_messages_runs_dry() -> None:
    ticket = tickets.read(make_ticket(), meeting_id=ROOM, at=ms(NOON))
    peer = Peer(ticket, RawLine(Transport()), None)  # type: ignore[arg-type]
    spoken = [peer.may_speak() for _ in range(int(BURST) + 20)]
    assert all(spoken[: int(BURST)])
    assert not spoken[-1]


def test_ticket_says_who_comes() -> None:
    ticket = tickets.read(make_ticket(device="d" * 64), meeting_id=ROOM, at=ms(NOON))
    assert (ticket.seat, ticket.person_id, ticket.role, ticket.known) == ("a1", 7, "member", True)
    assert (ticket.device, ticket.issued_at) == ("d" * 64, ms(NOON))


@pytest.mark.parametrize(
    ("text", "room", "at"),
    [
        (make_ticket, "another", NOON),
        (make_ticket, ROOM, NOON + timedelta(hours=13)),
        (lambda: make_ticket()[:-2], ROOM, NOON),
        (lambda: "", ROOM, NOON),
        (lambda: "a:b:c", ROOM, NOON),
    ],
)
def test_ticket_that_does_not_hold_is_refused(text: object, room: str, at: datetime) -> None:
    with pytest.raises(Refused, match="not_yours"):
        tickets.read(text(), meeting_id=room, at=ms(at))  # type: ignore[operator]
