"""One thread that writes the log of all rooms: many rooms' facts in one commit, told only afterwards."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from enid.room import store
from enid.room.store import Row, Store

logger = logging.getLogger("enid.room")

MOST_IN_A_COMMIT = 256
TRY_AGAIN_S = 1.0
T = TypeVar("T")


@dataclass(slots=True)
class Append:
    """Facts of one decision: all of them are kept, or none."""

    room: str
    epoch: int  # grows whenever the room is read anew: what was decided before that is void
    rows: list[Row]
    settled: Callable[[bool], None]


@dataclass(slots=True)
class Deed:
    """Something else to be done with the log, in its turn."""

    do: Callable[[Store], Any]
    settled: Callable[[Any, BaseException | None], None]


class _Stop:
    """The end."""


Job = list[Append] | Deed | _Stop


class Writer(threading.Thread):
    """Takes jobs in order; tells the event loop what became of them."""

    def __init__(self, open_store: Callable[[], Store], loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="room-log", daemon=True)
        self._open_store = open_store
        self._loop = loop
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._held: Deed | _Stop | None = None
        self._gathered: list[Append] = []
        self._void: dict[str, int] = {}

    def append(self, job: Append) -> None:
        """Queue facts, together with what else comes in the same turn of the loop."""
        if not self._gathered:
            self._loop.call_soon(self._hand_over)
        self._gathered.append(job)

    def _hand_over(self) -> None:
        if self._gathered:
            self._jobs.put(self._gathered)
            self._gathered = []

    async def deed(self, do: Callable[[Store], T]) -> T:
        """Do something with the log after all that was queued before it; return its result."""
        future: asyncio.Future[T] = self._loop.create_future()

        def settled(result: T, error: BaseException | None) -> None:
            if not future.done():
                future.set_exception(error) if error else future.set_result(result)

        self._hand_over()
        self._jobs.put(Deed(do, settled))
        return await future

    def stop(self) -> None:
        """Write what is queued, then end."""
        self._hand_over()
        self._jobs.put(_Stop())
        self.join()

    def run(self) -> None:
        """Work until told to stop."""
        log = self._opened()
        while not isinstance(job := self._next(), _Stop):
            if isinstance(job, Deed):
                self._do(log, job)
            else:
                self._write(log, self._with_what_waits(job))
        log.close()

    def _next(self) -> Job:
        job, self._held = self._held or self._jobs.get(), None
        return job

    def _with_what_waits(self, batch: list[Append]) -> list[Append]:
        """Return these and all appends that wait behind them, for one commit."""
        while len(batch) < MOST_IN_A_COMMIT and self._held is None:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if isinstance(job, list):
                batch = batch + job
            else:
                self._held = job
        return batch

    def _opened(self) -> Store:
        while True:
            try:
                return self._open_store()
            except Exception as error:  # noqa: BLE001 - the disk or the database may come back; rooms wait for it
                logger.error("room log: cannot be opened: %s", type(error).__name__)
                time.sleep(TRY_AGAIN_S)

    def _write(self, log: Store, batch: list[Append]) -> None:
        """Commit a batch and tell what became of it."""
        try:
            log.ready()
            kept = self._kept_together(log, batch) or self._kept_one_by_one(log, batch)
        except Exception as error:  # noqa: BLE001 - a full disk or a lost database must not end the thread
            logger.error("room log: commit failed: %s", type(error).__name__)
            self._roll_back(log)
            kept = [False] * len(batch)
        for job, is_kept in zip(batch, kept, strict=True):
            if not is_kept:
                self._void[job.room] = max(job.epoch, self._void.get(job.room, 0))
        self._tell(lambda: _settle(batch, kept))

    def _kept_together(self, log: Store, batch: list[Append]) -> list[bool]:
        """Write a batch with one statement, as nearly always goes well; return nothing where it did not."""
        if any(job.epoch <= self._void.get(job.room, 0) for job in batch):
            return []
        rows = [row for job in batch for row in job.rows]
        log.begin()
        if log.insert(rows) < len(rows):
            log.rollback()
            return []
        log.commit()
        return [True] * len(batch)

    def _kept_one_by_one(self, log: Store, batch: list[Append]) -> list[bool]:
        """Write a batch of which something is refused; say what became of each."""
        log.begin()
        kept = [self._keep(log, job) for job in batch]
        log.commit()
        return kept

    def _keep(self, log: Store, job: Append) -> bool:
        if job.epoch <= self._void.get(job.room, 0):
            return False
        refused = store.append(log, job.rows)
        if refused:  # another owner wrote this version: take our half back and void what we decided after it
            for row in job.rows:
                if (row.room, row.version) not in refused:
                    log.execute(
                        "DELETE FROM room_event WHERE room = ? AND version = ?", (row.room, row.version)
                    )
            self._void[job.room] = job.epoch
        return not refused

    def _roll_back(self, log: Store) -> None:
        try:
            log.rollback()
        except Exception as error:  # noqa: BLE001 - the connection itself may be gone; begin() opens a new one
            logger.error("room log: rollback failed: %s", type(error).__name__)

    def _do(self, log: Store, job: Deed) -> None:
        result, error = None, None
        try:
            log.ready()
            result = job.do(log)
        except Exception as failure:  # noqa: BLE001 - handed to whoever waits for the result
            self._roll_back(log)
            error = failure
        self._tell(lambda: job.settled(result, error))

    def _tell(self, news: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(news)
        except RuntimeError:
            logger.info("room log: written after the server stopped listening")


def _settle(batch: list[Append], kept: list[bool]) -> None:
    for job, is_kept in zip(batch, kept, strict=True):
        try:
            job.settled(is_kept)
        except Exception as error:  # noqa: BLE001 - one room's failure must not silence the others of this batch
            logger.error("room telling failed: %s", type(error).__name__)
