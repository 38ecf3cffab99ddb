"""One socket of one person: what it may hear, how fast it may speak, how a frame gets to it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from enid.room.protocol import CLOSE_CODES, Audience, Bye, is_signal
from enid.room.tickets import Ticket
from enid.room.transport import frame

BURST, PER_S = (
    30.0,
    8.0,
)  # messages; a person cannot press faster, and a page asks nothing by itself but a ping

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


class Peer:
    """One socket that has joined."""

    __slots__ = (
        "_at",
        "_send",
        "_signalled_at",
        "_signals",
        "_tokens",
        "audience",
        "bad",
        "is_gone",
        "line",
        "page",
        "ticket",
    )

    def __init__(self, ticket: Ticket, line: Line, send: Send) -> None:
        self.ticket = ticket
        self.line = line
        self.audience = Audience.WAITING
        self.is_gone = False
        self.bad = 0
        self._at = time.monotonic()
        self._tokens = BURST
        self._signalled_at, self._signals = self._at, SIGNAL_BURST
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

    def may_speak(self) -> bool:
        """Take one from the bucket of messages; say whether there was one."""
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * PER_S)
        self._at = now
        self._tokens -= 1
        return self._tokens >= 0

    def may_say(self, text: str) -> bool:
        """Take this message from the bucket that it belongs to; say whether there was enough."""
        return self._may_signal(len(text)) if is_signal(text) else self.may_speak()

    def _may_signal(self, size: int) -> bool:
        now = time.monotonic()
        refilled = self._signals + (now - self._signalled_at) * SIGNALS_PER_S
        self._signalled_at = now
        self._signals = min(SIGNAL_BURST, refilled)
        cost = 1 + size // SIGNAL_PIECE
        if self._signals < cost:
            return False
        self._signals -= cost
        return True

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
