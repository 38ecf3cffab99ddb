"""Frames as a server sends them, and how fast a person may speak."""

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable, Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
import uvloop
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.streams import StreamReader

from enid.room import tickets
from enid.room.peers import BURST, MOST_UNSENT, AsgiLine, Peer, RawLine, encode
from enid.room.session import Refused
from enid.room.transport import MOST_UNSENT_BYTES, RoomProtocol, frame, is_one_frame, text_of, wire_of

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


async def served(serve: Callable[[RoomProtocol], Awaitable[None]]) -> None:
    """Open a socket to a real server with our protocol, and leave its client without reading."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        wire = wire_of(scope)
        assert wire is not None
        wire.forget_handshake()
        wire.take = lambda text: True
        await serve(wire)
        done.set_result(None)

    config = uvicorn.Config(app, ws_ping_interval=None, log_config=None)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: RoomProtocol(config, ServerState(), {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1_000)
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"
    writer.write(
        f"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{key}\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.wait_for(done, 60)
    writer.close()
    server.close()


@pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.new_event_loop])
def test_peer_who_does_not_read_is_cut_off(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    written = 0

    async def tell_until_cut_off(wire: RoomProtocol) -> None:
        nonlocal written
        while not wire.transport.is_closing():
            RawLine(wire.transport).write(encode("x" * 50_000))
            written += 50_000
            await asyncio.sleep(0)

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(served(tell_until_cut_off))
    assert written > MOST_UNSENT_BYTES


@pytest.mark.parametrize("loop", [uvloop.new_event_loop, asyncio.new_event_loop])
def test_closed_line_takes_a_frame_without_a_word(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def tell_the_gone(wire: RoomProtocol) -> None:
        wire.transport.abort()
        RawLine(wire.transport).write(encode("one"), encode("two"))

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(served(tell_the_gone))


def test_line_through_plain_asgi_is_cut_off_once_when_nobody_reads() -> None:
    async def tell_until_cut_off() -> int:
        async def send(message: dict[str, Any]) -> None:
            await asyncio.Event().wait()

        count = 0

        def cut_off() -> None:
            nonlocal count
            count += 1

        line = AsgiLine(send, cut_off)
        for _ in range(MOST_UNSENT + 10):
            line.write(encode("one"))
            assert line.is_cut_off is (count > 0)
        line.stop()
        return count

    assert asyncio.run(tell_until_cut_off()) == 1


@pytest.mark.parametrize("failure", [OSError, RuntimeError])
def test_line_through_plain_asgi_ends_quietly_when_its_other_end_is_gone(failure: type[Exception]) -> None:
    complaints: list[dict[str, Any]] = []

    async def tell_the_gone() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))

        async def send(message: dict[str, Any]) -> None:
            raise failure

        line = AsgiLine(send, lambda: None)
        line.write(encode("one"))
        for _ in range(5):
            await asyncio.sleep(0)
        del line
        gc.collect()

    asyncio.run(tell_the_gone())
    assert complaints == []


def masked(text: str, first: int = 0x81) -> bytes:
    """Return a frame as a browser sends it."""
    data, mask = text.encode(), b"\x01\x02\x03\x04"
    size = bytes((0x80 | len(data),)) if len(data) < 126 else bytes((0xFE,)) + len(data).to_bytes(2, "big")
    return bytes((first,)) + size + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


@pytest.mark.parametrize("text", ["", "a", "Grüße", "x" * 125, "x" * 126, "x" * 16_000])
def test_whole_short_message_is_read_at_once(text: str) -> None:
    assert is_one_frame(masked(text))
    assert text_of(masked(text)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x81",
        masked("hello")[:-1],
        masked("hello") + b"x",
        masked("one") + masked("two"),
        masked("begins", first=0x01),
        masked("goes on", first=0x00),
        masked("ends", first=0x80),
        masked("bytes", first=0x82),
        masked("with a reserved bit", first=0xC1),
        frame(b"without a mask"),
        b"\x81\xff" + (70_000).to_bytes(8, "big") + b"\0" * 70_004,
    ],
)
def test_everything_else_goes_the_long_way(data: bytes) -> None:
    assert not is_one_frame(data)


def test_text_that_is_no_text_goes_the_long_way() -> None:
    assert text_of(b"\x81\x82\0\0\0\0\xff\xfe") is None


def make_ticket(**changes: object) -> str:
    facts = {"meeting_id": ROOM, "seat": "a1", "person_id": 7, "role": "member", "known": True, "at": NOON}
    return tickets.make(**{**facts, **changes})  # type: ignore[arg-type]


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def test_bucket_of_messages_runs_dry() -> None:
    ticket = tickets.read(make_ticket(), meeting_id=ROOM, at=ms(NOON))
    peer = Peer(ticket, None, None)  # type: ignore[arg-type]
    spoken = [peer.pace.words.take() for _ in range(int(BURST) + 20)]
    assert all(spoken[: int(BURST)])
    assert not spoken[-1]
    with_another_socket = Peer(ticket, None, None)  # type: ignore[arg-type]
    with_another_socket.pace = peer.pace
    assert not with_another_socket.pace.words.take()


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
