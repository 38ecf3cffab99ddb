"""Which process owns a room, where several share PostgreSQL.

One lease a process, renewed every second; a room belongs to whoever claimed it while their lease runs. A process
that hung and wakes up is stopped by the unique key of the log, not by this.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from typing import Any, Protocol

logger = logging.getLogger("enid.room")

TTL_S = 5
RENEW_S = 1.0

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS room_process (name TEXT PRIMARY KEY, seen_at TIMESTAMPTZ NOT NULL)",
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

    def claim(self, room: str) -> bool: ...
    def release(self) -> None: ...


class Alone:
    """One process with SQLite owns every room."""

    def claim(self, room: str) -> bool:
        """Own it."""
        return True

    def release(self) -> None:
        """Nothing to give back."""


class Leased:
    """One of several processes on PostgreSQL."""

    def __init__(self, url: str) -> None:
        import psycopg  # only where PostgreSQL is used

        self._connect = psycopg.connect
        self._url = url
        self.name = f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(4)}"
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._db: Any = None
        for statement in SCHEMA:
            self._run(statement)
        self._renew()
        threading.Thread(target=self._keep_renewing, name="room-lease", daemon=True).start()

    def claim(self, room: str) -> bool:
        """Own the room, unless another process with a running lease does."""
        return self._run(CLAIM, {"room": room, "me": self.name, "ttl_s": TTL_S}) is not None

    def release(self) -> None:
        """Give all rooms back at an orderly end, so that nobody has to wait for the lease to run out."""
        self._stopped.set()
        self._run("DELETE FROM room_owner WHERE process = %(me)s", {"me": self.name})
        self._run("DELETE FROM room_process WHERE name = %(me)s", {"me": self.name})

    def _renew(self) -> None:
        self._run(
            "INSERT INTO room_process (name, seen_at) VALUES (%(me)s, now()) ON CONFLICT (name) DO UPDATE SET seen_at = now()",
            {"me": self.name},
        )

    def _keep_renewing(self) -> None:
        while not self._stopped.wait(RENEW_S):
            try:
                self._renew()
            except Exception as error:  # noqa: BLE001 - the next try is a second away; meanwhile the lease runs out, as it should
                logger.error("room lease: %s", type(error).__name__)

    def _run(self, sql: str, values: dict[str, object] | None = None) -> Any:
        with self._lock:
            if self._db is None or self._db.closed or self._db.broken:
                self._db = self._connect(self._url, autocommit=True)
            cursor = self._db.execute(sql, values or {})
            return cursor.fetchone() if cursor.description else None
