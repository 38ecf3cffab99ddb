"""All rooms of this process: opens them, hears news from the pages, and looks after what follows a fact.

Nothing here walks all rooms or all sockets on a message; a lost line costs one timer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from enid.meetings import operations as meetings
from enid.room import owners, roster, session, store
from enid.room.live import SNAPSHOT_EVERY, Room
from enid.room.peers import Peer
from enid.room.protocol import CLOSE_CODES, Bye
from enid.room.roster import Roster
from enid.room.session import Event, Phase, Refused, Status, events
from enid.room.session import commands as c
from enid.room.writer import Append, Writer

logger = logging.getLogger("enid.room")

MOST_HERE = 24
SILENT_S = 40.0  # a page pings every 15 seconds; a sleeping laptop does not
AFTER_RESTART = 3  # times the usual grace, since everyone comes back at once
FORGET_ROOM_S = 600.0
T = TypeVar("T")


class Turned(Exception):
    """A socket may not stay; `why` names the close code."""

    def __init__(self, why: Bye) -> None:
        super().__init__(CLOSE_CODES[why])
        self.why = why


class Hub:
    """The rooms that this process owns."""

    def __init__(self, open_store: Callable[[], store.Store], owner: owners.Owner, grace_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="room-db")
        self._writer = Writer(open_store, self._loop)
        self._owner = owner
        self._grace_s = grace_s
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Future[Room]] = {}
        self._drops: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._devices: dict[str, str] = {}
        self._heard: OrderedDict[Peer, None] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()

    # Beginning and end.

    def start(self) -> None:
        """Begin: finish what a crash left half done, then look after silent sockets."""
        self._writer.start()
        self.spawn(self._finish_half_closed())
        self.spawn(self._look_for_silence())

    async def stop(self) -> None:
        """End in order: sockets are told to come back, what is queued is written."""
        for room in self._rooms.values():
            for peer in room.everyone():
                await peer.bye(Bye.RESTART)
        for task in self._tasks:
            task.cancel()
        for timer in self._drops.values():
            timer.cancel()
        await asyncio.to_thread(self._writer.stop)
        await self.in_database(self._owner.release)
        self._executor.shutdown(wait=False)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run beside the messages; a failure is logged by its kind."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("room work failed: %s", type(error).__name__)

    async def in_database(self, do: Callable[..., T], *arguments: Any) -> T:
        """Ask the database in our own threads, never on the event loop."""
        return await self._loop.run_in_executor(self._executor, do, *arguments)

    # What a room asks of its house.

    def now(self) -> int:
        """Return milliseconds UTC."""
        return time.time_ns() // 1_000_000

    def write(self, job: Append) -> None:
        """Queue facts for the log."""
        self._writer.append(job)

    def reload(self, room: Room) -> None:
        """Read a room anew after a refused or failed write."""
        self.spawn(self._reload(room))

    async def _reload(self, room: Room) -> None:
        if not await self._owns(room.id):
            await self._give_up(room, Bye.ELSEWHERE)
            return
        wait = 0.1
        while True:
            try:
                kept = await self._writer.deed(lambda log: store.load(log, room.id))
                break
            except Exception as error:  # noqa: BLE001 - the log may be out of reach for a while; the room waits for it
                logger.error("room log: read failed: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, 5.0)
        room.epoch += 1
        room.read(kept)
        room.is_stale = False
        if not room.is_open:
            self._open_session(room)
            return
        room.tell_state()
        self._expect_the_absent(room)

    def snapshot(self, room: Room) -> None:
        """Keep a snapshot of what has been told."""
        state = room.told
        body = json.dumps(session.snapshot(state), separators=(",", ":"))
        self.spawn(
            self._writer.deed(lambda log: store.keep_snapshot(log, room.id, state.version, body, self.now()))
        )

    def kept(self, room: Room, facts: list[Event]) -> None:
        """See to what follows from facts that are kept."""
        for fact in facts:
            if isinstance(fact, events.Closed):
                self.spawn(self._finish_close(room))
            elif isinstance(fact, events.Admitted) and (
                device := self._devices.pop(f"{room.id} {fact.seat}", "")
            ):
                self.spawn(self.in_database(roster.remember_device, fact.seat, device))
            elif isinstance(fact, events.TakenBack | events.Admitted) and not room.has_line(fact.seat):
                self._expect_drop(room, fact.seat)
        if room.told.version % SNAPSHOT_EVERY < len(facts) and room.told.phase is not Phase.CLOSED:
            self.snapshot(room)

    # Opening a room.

    async def room(self, room_id: str) -> Room:
        """Return the room, opened once however many come at the same time.

        raises: Turned
        """
        if room := self._rooms.get(room_id):
            return room
        if room_id not in self._opening:
            self._opening[room_id] = self._loop.create_future()
            self.spawn(self._open(room_id, self._opening[room_id]))
        return await asyncio.shield(self._opening[room_id])

    async def _open(self, room_id: str, opened: asyncio.Future[Room]) -> None:
        try:
            opened.set_result(await self._opened(room_id))
        except BaseException as error:
            opened.set_exception(error)
            opened.exception()  # taken note of, also when nobody waits any more
            if not isinstance(error, Turned):
                raise
        finally:
            del self._opening[room_id]

    async def _opened(self, room_id: str) -> Room:
        found = await self.in_database(roster.load, room_id)
        if found is None:
            raise Turned(Bye.GONE)
        if not await self._owns(room_id):
            raise Turned(Bye.ELSEWHERE)
        kept = await self._writer.deed(lambda log: store.load(log, room_id))
        if found.is_over and kept.snapshot is None and not kept.rows:
            raise Turned(Bye.GONE)  # closed, confirmed and forgotten
        room = Room(self, found, kept)
        if not room.is_open:
            await self._first_opened(room)
        else:
            self._reconcile(room)
            self._expect_the_absent(room, times=AFTER_RESTART)
        self._rooms[room_id] = room
        return room

    async def _first_opened(self, room: Room) -> None:
        settled: asyncio.Future[bool] = self._loop.create_future()
        self._open_session(room, settled.set_result)
        if not await settled:
            raise Turned(Bye.RESTART)  # somebody else opened it, or the disk is full: the page comes again
        when = datetime.fromtimestamp(self.now() / 1000, UTC)
        self.spawn(self.in_database(lambda: meetings.record_opened(meeting_id=UUID(room.id), at=when)))

    def _open_session(self, room: Room, settled: Callable[[bool], None] | None = None) -> None:
        chairs = tuple((chair.seat, chair.role) for chair in room.roster.chairs.values())
        room.act(c.Open(room.roster.format, room.roster.setting, chairs), settled=settled)

    async def _owns(self, room_id: str) -> bool:
        return await self.in_database(self._owner.claim, room_id)

    async def _give_up(self, room: Room, why: Bye) -> None:
        if self._rooms.get(room.id) is room:
            del self._rooms[room.id]
        for peer in room.everyone():
            await peer.bye(why)

    # Coming and going.

    async def come(self, room: Room, peer: Peer, last: int) -> None:
        """Seat a socket that has a valid ticket.

        raises: Turned
        """
        self._check(room.roster, peer)
        room = self._rooms.get(room.id, room)
        if room.session.seat(peer.seat) is None:
            raise Turned(Bye.GONE)
        if not room.has_line(peer.seat) and len(room.peers) >= MOST_HERE:
            raise Turned(Bye.TOO_FAST)
        room.peers.setdefault(peer.seat, []).append(peer)
        self._heard[peer] = None
        self._cancel_drop(room, peer.seat)
        if peer.ticket.device and not peer.ticket.known:
            self._devices[f"{room.id} {peer.seat}"] = peer.ticket.device
        if room.session.phase is Phase.CLOSED or not self._arrives(room, peer, last):
            room.join(peer, last)

    def _arrives(self, room: Room, peer: Peer, last: int) -> bool:
        """Tell the session of an arrival; the socket hears where it is once that is kept."""
        try:
            known = peer.ticket.known or peer.is_table
            return room.act(
                c.Arrive(peer.seat, known),
                settled=lambda _: room.join(peer, last) if not peer.is_gone else None,
            )
        except Refused:
            return False

    def _check(self, known: Roster, peer: Peer) -> None:
        chair = known.chairs.get(peer.seat)
        if chair is None:
            raise Turned(Bye.GONE)
        if chair.person_id != peer.ticket.person_id or peer.ticket.issued_at < chair.tickets_from:
            raise Turned(Bye.NOT_YOURS)
        if peer.ticket.role not in ("table", chair.role.value) or (
            peer.is_table and chair.role is not session.Role.LEADER
        ):
            raise Turned(Bye.NOT_YOURS)

    def heard(self, peer: Peer) -> None:
        """Note that a socket is alive."""
        if peer in self._heard:
            self._heard.move_to_end(peer)

    def gone(self, room: Room, peer: Peer, *, on_purpose: bool) -> None:
        """Take a socket away; the seat is dropped only when its last socket has been gone for a while."""
        peer.is_gone = True
        self._heard.pop(peer, None)
        peers = room.peers.get(peer.seat, [])
        if peer not in peers:
            return
        peers.remove(peer)
        if peers:
            return
        del room.peers[peer.seat]
        room.passing.get("hand", {}).pop(peer.seat, None)
        if on_purpose:
            self._tell_session(room, c.Leave(peer.seat))
        else:
            self._expect_drop(room, peer.seat)
        if not room.peers:
            self._loop.call_later(FORGET_ROOM_S, self._put_away, room)

    def _put_away(self, room: Room) -> None:
        """Take a room that nobody is in out of memory; it is read again when somebody comes."""
        if (
            not room.peers
            and not room.is_stale
            and self._rooms.get(room.id) is room
            and room.session is room.told
        ):
            del self._rooms[room.id]

    def _expect_drop(self, room: Room, seat: str, times: int = 1) -> None:
        key = (room.id, seat)
        self._cancel_drop(room, seat)
        self._drops[key] = self._loop.call_later(self._grace_s * times, self._drop, room, seat)

    def _cancel_drop(self, room: Room, seat: str) -> None:
        if timer := self._drops.pop((room.id, seat), None):
            timer.cancel()

    def _drop(self, room: Room, seat: str) -> None:
        self._drops.pop((room.id, seat), None)
        if not room.has_line(seat) and self._rooms.get(room.id) is room:
            self._tell_session(room, c.Drop(seat))

    def _tell_session(self, room: Room, command: c.Command) -> None:
        """Tell the session a fact of the line; where it cannot be taken there is nothing to say to anyone."""
        try:
            room.act(command)
        except Refused as refused:
            logger.info("room line: %s", refused.code)

    def _expect_the_absent(self, room: Room, times: int = 1) -> None:
        """Give those whose line is not back yet their grace. Where marks are made by hand they stay."""
        if room.is_open and room.session.carries_sound:
            for seat in room.unheard():
                self._expect_drop(room, seat, times)

    async def _look_for_silence(self) -> None:
        """Close sockets from which nothing has come for a while, the oldest first."""
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            while self._heard and now - (oldest := next(iter(self._heard))).heard_at > SILENT_S:
                del self._heard[oldest]
                await oldest.bye(Bye.RESTART)

    # News from the pages.

    def news(self, kind: str, key: str) -> None:
        """Hear the doorbell: something changed about a group, a meeting or a person."""
        for room in list(self._rooms.values()) if kind in ("group", "person") else [self._rooms.get(key)]:
            if room is not None:
                self.spawn(self._refresh(room))
        if kind == "confirmed":
            self.spawn(self._forget(key))

    async def _refresh(self, room: Room) -> None:
        found = await self.in_database(roster.load, room.id)
        if found is None:
            await self._give_up(room, Bye.GONE)
            return
        changed = found != room.roster
        room.roster = found
        if not changed or not room.is_open or room.session.phase is Phase.CLOSED:
            return
        self._reconcile(room)
        for peer in room.everyone():
            try:
                self._check(found, peer)
            except Turned as turned:
                await peer.bye(turned.why)
        room.tell_people()

    def _reconcile(self, room: Room) -> None:
        """Set chairs for those who joined, take away the chairs of those who left."""
        if room.session.phase is Phase.CLOSED:
            return
        seated = {seat.id: seat.role for seat in room.session.seats}
        for seat, role in seated.items():
            if seat not in room.roster.chairs or room.roster.chairs[seat].role is not role:
                self._tell_session(room, c.RemoveSeat(seat))
        for seat, chair in room.roster.chairs.items():
            if seated.get(seat) is not chair.role:
                self._tell_session(room, c.AddSeat(seat, chair.role))
                if room.has_line(seat):
                    self._tell_session(room, c.Arrive(seat, known=True))

    async def _forget(self, room_id: str) -> None:
        room = self._rooms.pop(room_id, None)
        for peer in room.everyone() if room else ():
            await peer.bye(Bye.GONE)
        await self._writer.deed(lambda log: store.forget(log, room_id))

    # The close.

    async def _finish_close(self, room: Room) -> None:
        """Write who was present, then forget who presented. Each step can be done again after a crash."""
        state = room.told
        present = {seat.id for seat in state.seats if seat.been_here or seat.status is Status.HERE}
        when = datetime.fromtimestamp(self.now() / 1000, UTC)
        await self.in_database(
            lambda: meetings.record_closed(meeting_id=UUID(room.id), present_seats=present, at=when)
        )
        bare = session.after_close(state)
        body = json.dumps(session.snapshot(bare), separators=(",", ":"))
        await self._writer.deed(lambda log: store.reduce(log, room.id, bare.version, body, self.now()))
        room.decided = room.kept = bare
        room.tail.clear()
        room.seen.clear()
        room.passing.clear()

    async def _finish_half_closed(self) -> None:
        """Finish the closes that a crash cut in two; forget the logs whose time is over."""
        for room_id in await self._writer.deed(store.half_closed):
            found = await self.in_database(roster.load, room_id)
            if found is None or not await self._owns(room_id):
                continue
            kept = await self._writer.deed(lambda log, room_id=room_id: store.load(log, room_id))  # type: ignore[misc]
            await self._finish_close(Room(self, found, kept))
        wanted = await self.in_database(roster.open_meetings)
        for room_id in await self._writer.deed(store.rooms) - wanted:
            await self._writer.deed(lambda log, room_id=room_id: store.forget(log, room_id))  # type: ignore[misc]
