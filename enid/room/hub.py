"""All rooms of this process: opens them, reads them anew when a write failed, sees to what follows a fact."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

from enid.room import owners, roster, session, store
from enid.room.closing import Closing
from enid.room.live import Room
from enid.room.presence import AFTER_RESTART, Wheel
from enid.room.protocol import Bye
from enid.room.reception import Reception, Turned
from enid.room.session import Event, Phase, events
from enid.room.session import commands as c
from enid.room.writer import Append, Writer

logger = logging.getLogger("enid.room")

SNAPSHOT_EVERY = 100  # facts
T = TypeVar("T")


class Hub:
    """The rooms that this process owns."""

    def __init__(self, open_store: Callable[[], store.Store], owner: owners.Owner, grace_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="room-db")
        self._writer = Writer(open_store, self._loop)
        self._owner = owner
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Future[Room]] = {}
        self.wheel = Wheel()
        self.reception = Reception(self, self.wheel, grace_s)
        self._closing = Closing(self)
        self._tasks: set[asyncio.Task[Any]] = set()

    # Beginning and end.

    def start(self) -> None:
        """Begin; finish what a crash left half done."""
        self._writer.start()
        self.spawn(self.wheel.run(self._safely))
        self.spawn(self._closing.keep_sweeping())
        self._owner.when_lapsed(lambda: self._loop.call_soon_threadsafe(self._give_all_up))

    async def stop(self) -> None:
        """End in order: sockets are told to come back, what is queued is written."""
        for task in self._tasks:
            task.cancel()
        for room in list(self._rooms.values()):
            await self._send_away(room, Bye.RESTART)
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

    def _safely(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - one room's failure must not stop the wheel for all
            logger.error("room deed failed: %s", type(error).__name__)

    async def in_database(self, do: Callable[..., T], *arguments: Any) -> T:
        """Ask the database in our own threads, never on the event loop."""
        return await self._loop.run_in_executor(self._executor, do, *arguments)

    async def log(self, do: Callable[[store.Store], T]) -> T:
        """Do something with the log, after all that was queued before."""
        return await self._writer.deed(do)

    def holds(self, room_id: str) -> bool:
        """Say whether the room is in this memory."""
        return room_id in self._rooms

    def is_current(self, room: Room) -> bool:
        """Say whether this very room is in use, and not one that was given up meanwhile."""
        return self._rooms.get(room.id) is room

    def put_away(self, room: Room) -> None:
        """Take a room that nobody is in out of memory; it is read again when somebody comes."""
        if self.is_current(room) and not room.peers and not room.is_stale and room.session is room.told:
            del self._rooms[room.id]

    async def owns(self, room_id: str) -> bool:
        """Say whether the room is this process's, and take it if it is nobody's."""
        return await self.in_database(self._owner.claim, room_id)

    async def read_again(self, room_id: str) -> None:
        """Have a room whose log was rewritten read anew, with those who still have a page open."""
        if room := self._rooms.get(room_id):
            await self.give_up(room, Bye.RESTART)

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
        while self.is_current(room):
            await asyncio.sleep(room.hold_off_s)
            try:
                if not await self.owns(room.id):
                    await self.give_up(room, Bye.ELSEWHERE)
                    return
                kept = await self.log(lambda log: store.load(log, room.id))
            except Exception as error:  # noqa: BLE001 - the log may be out of reach for a while; the room waits for it
                logger.error("room log: read failed: %s", type(error).__name__)
                room.failures += 1
                continue
            room.read_anew(kept)
            self._catch_up(room)
            return

    def _catch_up(self, room: Room) -> None:
        """Tell the session of comings and goings that it may have missed."""
        self.reception.reconcile(room)
        for peers in room.peers.values():
            for peer in {other.is_let_in: other for other in peers}.values():
                self.reception.arrives(room, peer)
        self.reception.presence.expect_the_absent(room)

    def kept(self, room: Room, facts: list[Event]) -> None:
        """See to what follows from facts that are kept."""
        for fact in facts:
            if isinstance(fact, events.Closed):
                self.spawn(self._finish_close(room))
            elif isinstance(fact, events.TakenBack | events.Admitted | events.AdmittedBeside):
                self._let_in(room, fact.seat)
        if room.told.version % SNAPSHOT_EVERY < len(facts) and room.told.phase is not Phase.CLOSED:
            self._snapshot(room)

    def _let_in(self, room: Room, seat: str) -> None:
        for device in room.devices_of(seat):
            self.spawn(self.in_database(roster.remember_device, room.id, seat, device))
        self.reception.knock_again(room, seat)
        if room.session.carries_sound and not room.has_line(seat):
            self.reception.presence.expect_back(room, seat)

    def _snapshot(self, room: Room) -> None:
        version, now = room.told.version, self.now()
        body = json.dumps(session.snapshot(room.told), separators=(",", ":"))
        self.spawn(self.log(lambda log: store.keep_snapshot(log, room.id, version, body, now)))

    async def _finish_close(self, room: Room) -> None:
        room.forget_presenter(await self._closing.finish(room.id, room.told))

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
            known = error if isinstance(error, Turned) else Turned(Bye.RESTART)  # the page comes again
            opened.set_exception(known)
            opened.exception()  # taken note of, also when nobody waits any more
            if known is not error:
                raise
        finally:
            del self._opening[room_id]

    async def _opened(self, room_id: str) -> Room:
        found = await self.in_database(roster.load, room_id)
        if found is None:
            raise Turned(Bye.GONE)
        if not await self.owns(room_id):
            raise Turned(Bye.ELSEWHERE, await self.in_database(self._owner.owner_of, room_id))
        kept = await self.log(lambda log: store.load(log, room_id))
        if found.is_over and kept.snapshot is None and not kept.rows:
            raise Turned(Bye.GONE)  # closed, confirmed and forgotten
        room = Room(self, found, kept)
        if not room.is_open:
            await self._begin(room)
        self._rooms[room_id] = room
        if not found.was_opened:
            at = datetime.fromtimestamp(self.now() / 1000, UTC)
            self.spawn(self.in_database(roster.record_opened, room.id, at))
        if room.session.phase is Phase.CLOSED and kept.rows:
            self.spawn(self._finish_close(room))  # a crash came between the close and the forgetting
        self.reception.reconcile(room)
        self.reception.presence.expect_the_absent(room, times=AFTER_RESTART)
        return room

    async def _begin(self, room: Room) -> None:
        """Open the session with the first arrival."""
        settled: asyncio.Future[bool] = self._loop.create_future()
        chairs = tuple((chair.seat, chair.role) for chair in room.roster.chairs.values())
        room.act(
            c.Open(room.roster.format, room.roster.setting, chairs, room.roster.deputy),
            settled=settled.set_result,
        )
        if not await settled:
            raise Turned(Bye.RESTART)  # somebody else opened it, or the disk is full: the page comes again

    # Giving rooms away.

    def _give_all_up(self) -> None:
        """Let go of every room, since this process hung for longer than its lease: others may have gone on with them."""
        for room in self._rooms.values():
            self.spawn(self.give_up(room, Bye.ELSEWHERE))

    async def give_up(self, room: Room, why: Bye) -> None:
        """Let go of a room and send everyone away."""
        if self.is_current(room):
            del self._rooms[room.id]
        await self._send_away(room, why)

    async def _send_away(self, room: Room, why: Bye) -> None:
        for peer in room.everyone():
            await peer.bye(why)

    # News from the pages.

    def news(self, kind: str, key: str) -> None:
        """Hear the doorbell: something changed about a group, a meeting or a person."""
        if kind == "confirmed":
            self.spawn(self._forget(key))
        elif kind == "meeting":
            if room := self._rooms.get(key):
                self.spawn(self.reception.refresh(room))
        else:
            for room in self._rooms.values():
                if room.roster.is_about(kind, key):
                    self.spawn(self.reception.refresh(room))

    async def _forget(self, room_id: str) -> None:
        room = self._rooms.get(room_id)
        if room and room.circle.after.is_empty:  # else it stays in memory alone, until they have gone
            await self.give_up(room, Bye.GONE)
        await self._closing.forget(room_id)
