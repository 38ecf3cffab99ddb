"""uvicorn's WebSocket with its transport in the scope, so that one ready-made frame serves a whole circle."""

from __future__ import annotations

from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

KEY = "enid.transport"


class RoomProtocol(WebSocketsSansIOProtocol):
    """Puts the transport where the hub finds it; everything else stays uvicorn's."""

    async def run_asgi(self) -> None:
        self.scope["extensions"] = {
            **self.scope["extensions"],
            KEY: cast("dict[object, object]", self.transport),
        }
        await super().run_asgi()


def frame(data: bytes) -> bytes:
    """Return an unmasked text frame (RFC 6455, 5.2): what a server sends."""
    size = len(data)
    if size < 126:
        return bytes((0x81, size)) + data
    if size < 65_536:
        return bytes((0x81, 126)) + size.to_bytes(2, "big") + data
    return bytes((0x81, 127)) + size.to_bytes(8, "big") + data


def transport_of(scope: Any) -> Any:
    """Return the connection's transport, or None behind another server."""
    return scope.get("extensions", {}).get(KEY)
