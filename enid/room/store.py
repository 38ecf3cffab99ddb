"""The durable log of rooms: facts by version, and snapshots. Raw SQL on a connection of its own.

SQLite keeps it in a file of its own, so that page transactions never hold it up and backups leave it out.
The unique key (room, version) is what makes two owners of one room harmless.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

TABLES = """
CREATE TABLE IF NOT EXISTS room_event (
    room TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (room, version)
){ending};
CREATE TABLE IF NOT EXISTS room_snapshot (
    room TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL
){ending};
"""
SQLITE_SCHEMA = TABLES.replace("{ending}", " WITHOUT ROWID")
POSTGRES_SCHEMA = TABLES.replace("{ending}", "")
# NORMAL survives a crash of the process; secure_delete overwrites what is forgotten.
SQLITE_WAY = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000; PRAGMA temp_store=MEMORY;"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as it is kept; `said` is the hash of the message it answers, empty for the server's own."""

    room: str
    version: int
    kind: str
    body: str
    said: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one room."""

    snapshot: str | None
    version: int
    rows: list[Row]


class Store(Protocol):
    """A connection to the log; used by one thread at a time."""

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def forget_pages(self) -> None: ...


class SqliteStore:
    """The log in a SQLite file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(SQLITE_WAY + SQLITE_SCHEMA)

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self._db.execute(sql, tuple(values))

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def forget_pages(self) -> None:
        """Take what was overwritten out of the write-ahead file too."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class PostgresStore:
    """The log in PostgreSQL's tables."""

    def __init__(self, url: str) -> None:
        import psycopg  # only where PostgreSQL is used

        self._url = url
        self._connect = psycopg.connect
        self._db = psycopg.connect(url, autocommit=True)
        for statement in POSTGRES_SCHEMA.split(";"):
            if statement.strip():
                self._db.execute(statement)

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self._db.execute(sql.replace("?", "%s"), tuple(values))

    def begin(self) -> None:
        if self._db.closed or self._db.broken:
            self._db = self._connect(self._url, autocommit=True)
        self._db.execute("BEGIN")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if not (self._db.closed or self._db.broken):
            self._db.execute("ROLLBACK")

    def forget_pages(self) -> None:
        """Nothing to do: PostgreSQL vacuums by itself, later (docs/privacy.md says so)."""


def append(store: Store, rows: Iterable[Row]) -> set[tuple[str, int]]:
    """Insert rows one by one; return those that were refused because the version exists already."""
    refused = set()
    for row in rows:
        done = store.execute(
            "INSERT INTO room_event (room, version, kind, body, said) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (row.room, row.version, row.kind, row.body, row.said),
        )
        if done.rowcount == 0:
            refused.add((row.room, row.version))
    return refused


def load(store: Store, room: str) -> Kept:
    """Return the last snapshot and every fact after it."""
    found = store.execute("SELECT version, body FROM room_snapshot WHERE room = ?", (room,)).fetchone()
    version, snapshot = found or (0, None)
    rows = store.execute(
        "SELECT room, version, kind, body, said FROM room_event WHERE room = ? AND version > ? ORDER BY version",
        (room, version),
    ).fetchall()
    return Kept(snapshot, version, [Row(*row) for row in rows])


def keep_snapshot(store: Store, room: str, version: int, body: str, at: int) -> None:
    """Replace the room's snapshot by a newer one."""
    store.execute(
        "INSERT INTO room_snapshot (room, version, body, at) VALUES (?, ?, ?, ?) ON CONFLICT (room) DO UPDATE"
        " SET version = excluded.version, body = excluded.body, at = excluded.at WHERE room_snapshot.version < excluded.version",
        (room, version, body, at),
    )


def reduce(store: Store, room: str, version: int, body: str, at: int) -> None:
    """Replace the whole log of a closed room by one row that no longer knows who presented."""
    store.begin()
    store.execute("DELETE FROM room_event WHERE room = ?", (room,))
    store.execute("DELETE FROM room_snapshot WHERE room = ?", (room,))
    store.execute(
        "INSERT INTO room_snapshot (room, version, body, at) VALUES (?, ?, ?, ?)", (room, version, body, at)
    )
    store.commit()
    store.forget_pages()


def forget(store: Store, room: str) -> None:
    """Delete everything of a room."""
    store.begin()
    store.execute("DELETE FROM room_event WHERE room = ?", (room,))
    store.execute("DELETE FROM room_snapshot WHERE room = ?", (room,))
    store.commit()
    store.forget_pages()


def rooms(store: Store) -> set[str]:
    """Return every room of which something is kept."""
    return {
        room
        for (room,) in store.execute(
            "SELECT room FROM room_event UNION SELECT room FROM room_snapshot"
        ).fetchall()
    }


def half_closed(store: Store) -> set[str]:
    """Return the rooms whose session is closed and whose log still stands whole."""
    return {
        room
        for (room,) in store.execute("SELECT DISTINCT room FROM room_event WHERE kind = 'Closed'").fetchall()
    }
