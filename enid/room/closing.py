"""After the close: who was present is written, then who presented is forgotten; later the whole log is.

Each step can be done again after a crash at any point, and is, until it succeeds.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from enid.room import roster, session, store
from enid.room.session import Phase, Session, Status

if TYPE_CHECKING:
    from enid.room.hub import Hub

logger = logging.getLogger("enid.room")

SWEEP_EVERY_S = 3600.0
LONGEST_WAIT_S = 60.0
LEFT_ALONE_MS = 12 * 3600 * 1000
"""A session in which nothing has happened for so long has been left, whoever forgot to end it."""


class Closing:
    """Looks after the logs of rooms whose session is over."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def finish(self, room_id: str, state: Session) -> Session:
        """Record who was present, then reduce the log; return the state without a presenter."""
        wait = 0.2
        while True:
            try:
                return await self._finish(room_id, state)
            except Exception as error:  # noqa: BLE001 - a full disk or a lost database: forgetting may be late, never left out
                logger.error("room close: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_S)

    async def _finish(self, room_id: str, state: Session) -> Session:
        present = {seat.id for seat in state.seats if seat.been_here or seat.status is Status.HERE}
        now = self._hub.now()
        when = datetime.fromtimestamp(now / 1000, UTC)
        await self._hub.in_database(roster.record_closed, room_id, present, when)
        bare = session.after_close(state)
        body = json.dumps(session.snapshot(bare), separators=(",", ":"))
        await self._hub.log(lambda log: store.reduce(log, room_id, bare.version, body, now))
        return bare

    async def forget(self, room_id: str) -> None:
        """Delete all that is kept of a room."""
        await self._hub.log(lambda log: store.forget(log, room_id))

    async def _leave_alone(self, room_id: str, before: int) -> None:
        """Forget who presented, and nothing else: whoever comes back finds the stage as it was."""
        now = self._hub.now()
        if await self._hub.log(lambda log: _forget_presenter(log, room_id, before, now)):
            await self._hub.read_again(room_id)

    async def keep_sweeping(self) -> None:
        """Finish what a crash cut in two, and forget the logs whose time is over; now and every hour."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001 - tried again in an hour
                logger.error("room sweep: %s", type(error).__name__)
            await asyncio.sleep(SWEEP_EVERY_S)

    async def sweep(self) -> None:
        """Do both once. Rooms of meetings that were confirmed, cancelled or are too old are forgotten."""
        before = self._hub.now() - LEFT_ALONE_MS
        for room_id in await self._hub.log(lambda log: store.quiet(log, before)):
            if await self._hub.owns(room_id):
                await self._leave_alone(room_id, before)
        for room_id in await self._hub.log(store.half_closed):
            if await self._hub.in_database(roster.load, room_id):
                kept = await self._hub.log(_load(room_id))
                state = store.state_of(kept)
                if state is not None and await self._hub.owns(room_id):
                    await self.finish(room_id, state)
        needed = await self._hub.in_database(roster.open_meetings)
        for room_id in await self._hub.log(store.rooms) - needed:
            if not self._hub.holds(room_id):
                await self.forget(room_id)
        await self._hub.log(lambda log: log.forget_pages())


def _forget_presenter(log: store.Store, room_id: str, before: int, now: int) -> bool:
    """Do it in one turn of the log, unless the session is over or somebody has just come back."""
    state = store.state_of(store.load(log, room_id))
    if state is None or state.phase is Phase.CLOSED or room_id not in store.quiet(log, before):
        return False
    bare = session.left_alone(state)
    store.reduce(log, room_id, bare.version, json.dumps(session.snapshot(bare), separators=(",", ":")), now)
    return True


def _load(room_id: str) -> Callable[[store.Store], store.Kept]:
    return lambda log: store.load(log, room_id)
