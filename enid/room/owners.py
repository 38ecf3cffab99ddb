"""Which process owns a room, where several share PostgreSQL.

One lease a process, renewed every second; a room belongs to whoever claimed it while their lease runs. A process
that hung and wakes up lets go of its rooms; what it writes before that is refused by the log.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

logger = logging.getLogger("enid.room")

TTL_S = 5
RENEW_S = 1.0

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS room_process (name TEXT PRIMARY KEY, place TEXT NOT NULL, seen_at TIMESTAMPTZ NOT NULL)",
    "CREATE TABLE IF NOT EXISTS room_owner (room TEXT PRIMARY KEY, process TEXT NOT NULL)",
)
CLAIM = """
INSERT INTO room_owner (room, process) VALUES (%(room)s, %(me)s)
ON CONFLICT (room) DO UPDATE SET process = %(me)s
WHERE room_owner.process = %(me)s OR NOT EXISTS (
    SELECT 1 FROM room_process p WHERE p.name = room_owner.process AND p.seen_at > now() - %(ttl_s)s * interval '1 second')
RETURNING process
"""


class Owner(Protocol):
    """Claims rooms for this process."""

    name: str

    def claim(self, room: str) -> bool: ...
    def owner_of(self, room: str) -> str: ...
    def when_lapsed(self, do: Callable[[], object]) -> None: ...
    def release(self) -> None: ...


class Alone:
    """One process with SQLite owns every room."""

    name = ""

    def claim(self, room: str) -> bool:
        """Own it."""
        return True

    def owner_of(self, room: str) -> str:
        """Nobody else."""
        return self.name

    def when_lapsed(self, do: Callable[[], object]) -> None:
        """Never."""

    def release(self) -> None:
        """Nothing to give back."""


class Leased:
    """One of several processes on PostgreSQL."""

    def __init__(self, url: str, place: str) -> None:
        import psycopg  # only where PostgreSQL is used

        self._connect = psycopg.connect
        self._url = url
        self.name = secrets.token_hex(4)  # told to browsers that come to the wrong door, so it says nothing
        self._lapsed: Callable[[], object] = lambda: None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._db: Any = None
        self._place = place  # host and port: whoever listened here before us is gone, and so is its lease
        for statement in SCHEMA:
            self._run(statement)
        self._run("DELETE FROM room_process WHERE place = %(place)s", {"place": place})
        self._renew()
        threading.Thread(target=self._keep_renewing, name="room-lease", daemon=True).start()

    def claim(self, room: str) -> bool:
        """Own the room, unless another process with a running lease does."""
        return self._run(CLAIM, {"room": room, "me": self.name, "ttl_s": TTL_S}) is not None

    def owner_of(self, room: str) -> str:
        """Return the name of the process that owns a room."""
        found = self._run("SELECT process FROM room_owner WHERE room = %(room)s", {"room": room})
        return str(found[0]) if found else ""

    def when_lapsed(self, do: Callable[[], object]) -> None:
        """Set what to do when this process finds that its lease had run out; called from another thread."""
        self._lapsed = do

    def release(self) -> None:
        """Give all rooms back at an orderly end, so that nobody has to wait for the lease to run out."""
        self._stopped.set()
        self._run("DELETE FROM room_owner WHERE process = %(me)s", {"me": self.name})
        self._run("DELETE FROM room_process WHERE name = %(me)s", {"me": self.name})

    def _renew(self) -> None:
        self._run(
            "INSERT INTO room_process (name, place, seen_at) VALUES (%(me)s, %(place)s, now())"
            " ON CONFLICT (name) DO UPDATE SET seen_at = now()",
            {"me": self.name, "place": self._place},
        )

    def _keep_renewing(self) -> None:
        renewed_at = time.monotonic()
        while not self._stopped.wait(RENEW_S):
            try:
                started_at = time.monotonic()
                self._renew()
                had_lapsed = time.monotonic() - renewed_at > TTL_S
                renewed_at = started_at  # the database may have noted it any time since
                if had_lapsed:
                    self._lapsed()
            except Exception as error:  # noqa: BLE001 - the next try is a second away; meanwhile the lease runs out, as it should
                logger.error("room lease: %s", type(error).__name__)

    def _run(self, sql: str, values: dict[str, object] | None = None) -> Any:
        with self._lock:
            if self._db is None or self._db.closed or self._db.broken:
                self._db = self._connect(self._url, autocommit=True)
            cursor = self._db.execute(sql, values or {})
            return cursor.fetchone() if cursor.description else None
