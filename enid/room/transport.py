"""uvicorn's WebSocket, with two short cuts for rooms; everything else stays uvicorn's.

Out: its transport is in the scope, so that one ready-made frame serves a whole circle. In: a message that is one whole
short frame is handed on at once, without a queue, a task and a parser that knows every case. Without them (another
server, another version) rooms work through plain ASGI, only slower.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import apply_mask  # type: ignore[attr-defined]  # their own C helper, not declared as exported

KEY = "enid.wire"

MOST_UNSENT_BYTES = 262_144

_TEXT, _LAST = 0x81, 0x80
_WHOLE = frozenset({_TEXT, 0x88, 0x89, 0x8A})  # whole text, close, ping, pong
_LONGER = 126


class RoomProtocol(WebSocketsSansIOProtocol):
    """Puts itself where the hub finds it."""

    take: Callable[[str], bool] | None = None
    """Acts on a message at once; returns False for what has to go the long way."""

    _is_whole = True  # every read so far held exactly one whole frame

    async def run_asgi(self) -> None:
        self.scope["extensions"] = {**self.scope["extensions"], KEY: cast("dict[object, object]", self)}
        await super().run_asgi()

    def pause_writing(self) -> None:
        """Cut off a peer that does not read; it comes back by version."""
        if self.take is None:
            super().pause_writing()
        else:
            self.transport.abort()

    def forget_handshake(self) -> None:
        """Let go of what only the handshake needed: some kilobytes for each socket."""
        self.transport.set_write_buffer_limits(high=MOST_UNSENT_BYTES)
        self.request = self.response = None  # type: ignore[assignment]
        self.scope["headers"] = []

    def data_received(self, data: bytes) -> None:
        if self.take is not None and self._is_whole:
            self._is_whole = is_one_frame(data)
            if self._is_whole and data[0] == _TEXT and self.queue.empty() and not self.close_sent:
                text = text_of(data)
                if text is not None and self.take(text):
                    return
        super().data_received(data)


def is_one_frame(data: bytes) -> bool:
    """Say whether this is exactly one whole masked frame that neither begins nor continues a longer message."""
    if len(data) < 6 or data[0] not in _WHOLE or data[1] < _LAST:
        return False
    size = data[1] - _LAST
    if size < _LONGER:
        return len(data) == size + 6
    return size == _LONGER and len(data) >= 8 and len(data) == int.from_bytes(data[2:4], "big") + 8


def text_of(data: bytes) -> str | None:
    """Return the text of one whole frame, or None where it is not UTF-8."""
    start = 2 if data[1] < _LAST + _LONGER else 4
    try:
        return apply_mask(data[start + 4 :], data[start : start + 4]).decode()
    except UnicodeDecodeError:
        return None


def frame(data: bytes) -> bytes:
    """Return an unmasked text frame (RFC 6455, 5.2): what a server sends."""
    size = len(data)
    if size < _LONGER:
        return bytes((_TEXT, size)) + data
    if size < 65_536:
        return bytes((_TEXT, _LONGER)) + size.to_bytes(2, "big") + data
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big") + data


def wire_of(scope: Any) -> RoomProtocol | None:
    """Return the connection itself, or None behind another server."""
    wire: RoomProtocol | None = scope.get("extensions", {}).get(KEY)
    return wire
