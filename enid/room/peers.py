"""One socket of one person: what it may hear, how fast it may speak, how a frame gets to it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from enid.room import transport
from enid.room.protocol import CLOSE_CODES, Audience, Bye, is_signal
from enid.room.tickets import Ticket
from enid.room.transport import frame

BURST, PER_S = 30.0, 8.0
"""Messages of one person; nobody presses faster, and a page asks nothing by itself but a ping."""

JOIN_COSTS = 2.0
"""Messages that a join counts for, since it is answered by the whole state."""

SIGNAL_BURST, SIGNALS_PER_S = 400.0, 50.0  # a newcomer greets everyone in a full circle at once
SIGNAL_PIECE = 8_192  # bytes; a longer signal counts as several

MOST_UNSENT = 1000  # frames, where a server's own buffer cannot be seen

Send = Callable[[dict[str, Any]], Awaitable[None]]


_to_json = json.JSONEncoder(separators=(",", ":")).encode


def encode(message: Any) -> bytes:
    """Return a ready-made frame."""
    return frame(_to_json(message).encode())


class Line(Protocol):
    """A way for frames to one browser."""

    is_cut_off: bool  # since its other end does not read

    def write(self, *ready: bytes) -> None: ...
    def has_room(self) -> bool: ...
    def stop(self) -> None: ...


class RawLine:
    """Writes ready-made frames straight to uvicorn's transport."""

    __slots__ = ("_transport",)
    is_cut_off = False  # the transport sees to that itself

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    def write(self, *ready: bytes) -> None:
        """Write frames, unless the peer is gone: a write to a closed transport raises and would take the circle with it."""
        if not self._transport.is_closing():
            self._transport.write(ready[0] if len(ready) == 1 else b"".join(ready))

    def has_room(self) -> bool:
        """Say whether a long frame can be held back without cutting the peer off."""
        return bool(self._transport.get_write_buffer_size() <= transport.MOST_UNSENT_BYTES // 4)

    def stop(self) -> None:
        """Nothing runs that could be stopped."""


class AsgiLine:
    """Sends through plain ASGI, where the server is not uvicorn with our protocol."""

    def __init__(self, send: Send, cut_off: Callable[[], object]) -> None:
        self._send = send
        self._cut_off = cut_off
        self.is_cut_off = False
        self._frames: asyncio.Queue[bytes] = asyncio.Queue(maxsize=MOST_UNSENT)
        self._task = asyncio.create_task(self._run())

    def write(self, *ready: bytes) -> None:
        """Queue frames; a peer that does not read is cut off."""
        for one in ready:
            if not self._frames.full():
                self._frames.put_nowait(one)
            elif not self.is_cut_off:
                self.is_cut_off = True
                self._cut_off()

    def has_room(self) -> bool:
        """Say whether more can be queued without cutting the peer off."""
        return self._frames.qsize() <= MOST_UNSENT // 4

    async def _run(self) -> None:
        while True:
            ready = await self._frames.get()
            head = 2 if ready[1] < 126 else 4 if ready[1] == 126 else 10
            try:
                await self._send({"type": "websocket.send", "text": ready[head:].decode()})
            except (RuntimeError, OSError):
                return  # it was closed; the socket's own task hears of it

    def stop(self) -> None:
        """Stop sending."""
        self._task.cancel()


class Bucket:
    """So many at once, and so many a second after that."""

    __slots__ = ("_at", "_most", "_per_s", "_tokens")

    def __init__(self, most: float, per_s: float) -> None:
        self._at = time.monotonic()
        self._most = self._tokens = most
        self._per_s = per_s

    def take(self, tokens: float = 1.0) -> bool:
        """Take some, if there are enough; say whether there were."""
        now = time.monotonic()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._per_s)
        self._at = now
        if self._tokens < tokens:
            return False
        self._tokens -= tokens
        return True


class Pace:
    """How fast the person of a seat may speak and signal, whatever number of sockets they open."""

    __slots__ = ("_signals", "words")

    def __init__(self) -> None:
        self.words = Bucket(BURST, PER_S)
        self._signals = Bucket(SIGNAL_BURST, SIGNALS_PER_S)

    def allows(self, text: str) -> bool:
        """Take this message from the bucket that it belongs to; say whether there was enough."""
        return self._signals.take(1 + len(text) // SIGNAL_PIECE) if is_signal(text) else self.words.take()


class Peer:
    """One socket that has joined."""

    __slots__ = ("_send", "audience", "bad", "is_gone", "is_let_in", "line", "pace", "page", "ticket")

    def __init__(self, ticket: Ticket, line: Line, send: Send) -> None:
        self.ticket = ticket
        self.line = line
        self.audience = Audience.WAITING
        self.is_gone = False
        self.is_let_in = False  # whether a leader has let this very browser in, now or before
        self.bad = 0
        self.pace = Pace()
        self.page: str | None = None  # under this name the page carries sound and picture
        self._send = send

    @property
    def seat(self) -> str:
        return self.ticket.seat

    @property
    def is_table(self) -> bool:
        return self.ticket.role == "table"

    def tell(self, message: Any) -> None:
        """Send one message."""
        self.line.write(encode(message))

    async def bye(self, why: Bye) -> None:
        """Close the socket with a code that the page understands."""
        if not self.is_gone:
            self.is_gone = True
            await close(self._send, CLOSE_CODES[why])


async def close(send: Send, code: int, reason: str = "") -> None:
    """Close a socket, whether or not its other end is still there."""
    try:
        await send({"type": "websocket.close", "code": code, "reason": reason})
    except (RuntimeError, OSError):
        return  # it was closed already
