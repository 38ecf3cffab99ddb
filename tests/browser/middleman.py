"""A server that puts somebody between two people: every signal goes through them first, and they may say anything.

Only what a server could really do: the accomplice ends both lines with a certificate of its own.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any

from enid.room import sockets, voices
from enid.room.peers import Peer

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

ACCOMPLICE = Path(__file__).with_name("middleman.js").read_text()
"""What the accomplice's page runs; takes whether it also takes part in the line check, in everybody's name."""

_listens: list[Send] = []
_peers: dict[str, Peer] = {}
_rooms, _tell = sockets.rooms, voices._tell


def stage() -> None:
    """Change the server of this process."""
    sockets.rooms = _rooms_and_accomplice
    voices._tell = _tell_accomplice


def _tell_accomplice(peers: Iterable[Peer], notice: dict[str, Any]) -> None:
    meant = list(peers)
    if notice["t"] != "signal" or not _listens:
        _tell(meant, notice)
        return
    for peer in meant:
        _peers[peer.seat] = peer
        sockets._hub.spawn(_send(json.dumps({**notice, "to": peer.seat})))  # type: ignore[union-attr]


async def _send(text: str) -> None:
    await _listens[-1]({"type": "websocket.send", "text": text})


async def _rooms_and_accomplice(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    if scope["path"] != "/ws/between/":
        await _rooms(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    _listens.append(send)
    while (event := await receive())["type"] == "websocket.receive":
        said = json.loads(event["text"])
        _peers[said.pop("to")].tell(said)
