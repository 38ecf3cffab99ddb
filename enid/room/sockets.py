"""The thin part: admit a socket by its ticket, hand what it says to its room, notice that it went.

Holds no rule and asks no database. What is logged is a code, never what was said.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import socket
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from enid.core.nets import network_of
from enid.room import doorbell, owners, protocol, tickets
from enid.room.hub import Hub
from enid.room.live import Room
from enid.room.lobby import Lobby
from enid.room.peers import AsgiLine, Line, Peer, RawLine, close
from enid.room.protocol import CLOSE_CODES, Bye, Message, Refused
from enid.room.reception import Turned
from enid.room.store import PostgresStore, SqliteStore, Store
from enid.room.transport import RoomProtocol, wire_of

logger = logging.getLogger("enid.room")

JOIN_WITHIN_S = 15.0
MOST_BAD = 20
PATH = re.compile(r"/ws/room/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_hub: Hub | None = None
_lobby = Lobby()
_ended = threading.Event()


def start() -> None:
    """Open the hub of this process; called on the event loop that will carry it."""
    global _hub
    is_shared = connection.vendor == "postgresql"
    place = f"{socket.gethostname()} {settings.BIND}"
    owner: owners.Owner = owners.Leased(settings.DATABASE_URL, place) if is_shared else owners.Alone()
    gc.freeze()  # what was loaded by now stays: the collector need not look at it again
    gc.set_threshold(20_000, 20, 50)
    _hub = Hub(lambda: _open_store(owner), owner, float(settings.LINE_GRACE_S))
    _hub.start()
    loop, hub = asyncio.get_running_loop(), _hub
    doorbell.answer(lambda kind, key: _ring(loop, hub, kind, key))
    if is_shared:
        doorbell.listen(settings.DATABASE_URL, _ended)


async def stop() -> None:
    """Close the hub in order."""
    doorbell.answer(None)
    _ended.set()
    if _hub is not None:
        await _hub.stop()


def _ring(loop: asyncio.AbstractEventLoop, hub: Hub, kind: str, key: str) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(hub.news, kind, key)


def _open_store(owner: owners.Owner) -> Store:
    if connection.vendor == "postgresql":
        return PostgresStore(settings.DATABASE_URL, owner.name)
    return SqliteStore(settings.DATA / "rooms.sqlite3")


async def rooms(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one socket from its handshake to its end."""
    await receive()
    path = PATH.fullmatch(scope["path"])
    if path is None or not _is_from_our_pages(scope) or _hub is None:
        await close(send, CLOSE_CODES[Bye.NOT_YOURS])  # before the handshake: the browser sees a plain 403
        return
    network = network_of((scope.get("client") or ("",))[0], v4=32, v6=64)
    if not _lobby.enter(network):
        logger.info("room socket: lobby_full")
        await close(send, CLOSE_CODES[Bye.TOO_FAST])  # before the handshake as well: the page tries again
        return
    wire = wire_of(scope)
    task = cast("asyncio.Task[None]", asyncio.current_task())
    line: Line = RawLine(wire.transport) if wire is not None else AsgiLine(send, task.cancel)
    visitor = _Socket(_hub, path[1], line, receive, send)
    try:
        if (join := await _shows_ticket(visitor, wire, network, send)) is not None:
            await visitor.serve(wire, join)
    except Turned as turned:
        await close(send, CLOSE_CODES[turned.why], turned.hint)
    except asyncio.CancelledError:
        if not line.is_cut_off:
            raise
    finally:
        line.stop()


async def _shows_ticket(
    visitor: _Socket, wire: RoomProtocol | None, network: str, send: Send
) -> Message | None:
    """Open the socket and hear its first message; in the lobby until then."""
    try:
        await send({"type": "websocket.accept"})
        if wire is not None:
            wire.forget_handshake()
        return await visitor.joins()
    finally:
        _lobby.leave(network)


def _is_from_our_pages(scope: Scope) -> bool:
    """Refuse sockets that another site's page opened; programs without an Origin need a ticket all the same."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # an address that is none
        return False


def _turn_away(why: Bye, is_signal: bool) -> None:
    """Refuse one signal, which the page can repeat; end the socket of whoever says anything else like this."""
    raise Refused(why.value) if is_signal else Turned(why)


class _Gone(Exception):
    """The other end closed."""


class _Socket:
    """One connection."""

    __slots__ = ("_hub", "_line", "_receive", "_room_id", "_send")

    def __init__(self, hub: Hub, room_id: str, line: Line, receive: Receive, send: Send) -> None:
        self._hub = hub
        self._room_id = room_id
        self._line = line
        self._receive = receive
        self._send = send

    async def joins(self) -> Message | None:
        """Wait for the ticket; return nothing where the other end goes without showing one.

        raises: Turned
        """
        try:
            return await asyncio.wait_for(self._next(), JOIN_WITHIN_S)
        except TimeoutError:
            raise Turned(Bye.LATE_JOIN) from None
        except _Gone:
            return None

    async def serve(self, wire: RoomProtocol | None, join: Message) -> None:
        """Hand on what is said, from the ticket to the end."""
        last = join.v or 0
        room, peer = await self._admitted(join)
        del join  # a ticket need not stay in memory as long as its socket
        on_purpose = False
        try:
            await self._hub.reception.come(room, peer, last)
            if wire is not None:
                wire.take = lambda text: self._take(room, peer, text)
            on_purpose = await self._listen(room, peer)
        finally:
            if wire is not None:
                wire.take = None
            self._hub.reception.gone(room, peer, on_purpose=on_purpose)

    async def _admitted(self, join: Message) -> tuple[Room, Peer]:
        if join.t != "join":
            raise Turned(Bye.NOT_YOURS)
        try:
            ticket = tickets.read(str(join.fields["ticket"]), meeting_id=self._room_id, at=self._hub.now())
        except Refused:
            logger.info("room join: not_yours")
            raise Turned(Bye.NOT_YOURS) from None
        return await self._hub.room(self._room_id), Peer(ticket, self._line, self._send)

    async def _listen(self, room: Room, peer: Peer) -> bool:
        """Hand on messages until the socket ends; say whether the person left on purpose."""
        while not peer.is_gone:
            try:
                message = await self._next(peer)
            except _Gone:
                return False
            except Refused as refused:
                peer.bad += 1
                if peer.bad > MOST_BAD:
                    raise Turned(Bye.TOO_FAST if refused.code == "too_fast" else Bye.BAD) from None
                peer.tell(protocol.refused(None, refused.code))
                continue
            if message.t == "leave":
                return True
            self._hand_on(room, peer, message)
        return False

    def _take(self, room: Room, peer: Peer, text: str) -> bool:
        """Act on a good message at once; whatever may end the socket goes the long way."""
        if peer.is_gone or len(text) > protocol.most_bytes(text) or not peer.pace.allows(text):
            return False
        try:
            message = protocol.parse(text)
        except Refused:
            return False
        if message.t == "leave":
            return False
        self._hand_on(room, peer, message)
        return True

    def _hand_on(self, room: Room, peer: Peer, message: Message) -> None:
        if message.t == "ping":
            peer.tell(protocol.pong(room.told.version if room.told else 0))
        elif message.t == "join":
            room.join(peer, message.v or 0)
        else:
            room.hear(peer, message)

    async def _next(self, peer: Peer | None = None) -> Message:
        """Return the next message.

        raises: _Gone, Turned, Refused
        """
        event = await self._receive()
        if event["type"] != "websocket.receive":
            raise _Gone
        text = event.get("text")
        size = len(text if text is not None else event.get("bytes") or b"")
        is_signal = text is not None and protocol.is_signal(text)
        if size > protocol.most_bytes(text or ""):
            _turn_away(Bye.TOO_BIG, is_signal and peer is not None)
        if peer is not None and not peer.pace.allows(text or ""):
            _turn_away(Bye.TOO_FAST, is_signal)
        try:
            return protocol.parse(text if text is not None else "")  # bytes are no message of ours
        except Refused:
            if peer is None:
                raise Turned(Bye.NOT_YOURS) from None
            raise
