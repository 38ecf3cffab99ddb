"""The durable log of rooms: facts by version, and snapshots. Raw SQL on a connection of its own.

SQLite keeps it in a file of its own, so that page transactions never hold it up and backups leave it out.
The unique key (room, version) is what makes two owners of one room harmless.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from enid.room import session
from enid.room.session import Event, Session

REMEMBERED = 400
"""How many messages a room knows to have acted on."""

TABLES = """
CREATE TABLE IF NOT EXISTS room_event (
    room TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (room, version)
){ending};
CREATE TABLE IF NOT EXISTS room_snapshot (
    room TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL
){ending};
"""
COLUMNS = "room_event (room, version, kind, body, said)"
SQLITE_INSERT = (
    f"INSERT INTO {COLUMNS} SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4"  # noqa: S608 - a constant
    " FROM json_each(?) WHERE true ON CONFLICT DO NOTHING"
)
POSTGRES_INSERT = (
    f"INSERT INTO {COLUMNS} SELECT r.* FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[], %s::text[])"  # noqa: S608
    " AS r (room, version, kind, body, said) JOIN room_owner o ON o.room = r.room AND o.process = %s"
    " ON CONFLICT DO NOTHING"
)
SQLITE_SCHEMA = TABLES.replace("{ending}", " WITHOUT ROWID")
POSTGRES_SCHEMA = TABLES.replace("{ending}", "")
# NORMAL survives a crash of the process; secure_delete overwrites what is forgotten.
SQLITE_WAY = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000; PRAGMA temp_store=MEMORY;"


_to_json = json.JSONEncoder(separators=(",", ":")).encode


class Row(NamedTuple):
    """One fact as it is kept; `said` is the hash of the message it answers, empty for the server's own."""

    room: str
    version: int
    kind: str
    body: str
    said: str


def row_of(room: str, fact: Event, after: Session, said: str) -> Row:
    """Return the row in which this fact is kept."""
    return Row(room, after.version, type(fact).__name__, _to_json(session.event_to_json(fact)), said)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one room; `said` are the last messages that its facts answer, also those before the snapshot."""

    snapshot: str | None
    version: int
    rows: list[Row]
    said: list[str]


class StillRead(Exception):
    """Somebody else reads the file, so that its write-ahead part cannot be emptied yet."""


class Store(Protocol):
    """A connection to the log; used by one thread at a time."""

    def ready(self) -> None: ...
    def insert(self, rows: list[Row]) -> int: ...
    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def forget_pages(self) -> None: ...
    def close(self) -> None: ...


class SqliteStore:
    """The log in a SQLite file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript(SQLITE_WAY + SQLITE_SCHEMA)
        path.chmod(0o600)

    def ready(self) -> None:
        """Nothing to do: a file does not go away."""

    def insert(self, rows: list[Row]) -> int:
        """Insert facts whose versions do not exist yet; return how many went in."""
        return int(self._db.execute(SQLITE_INSERT, (_to_json(rows),)).rowcount)

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self._db.execute(sql, tuple(values))

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()

    def forget_pages(self) -> None:
        """Take what was overwritten out of the write-ahead file too.

        raises: StillRead while somebody reads the file; to be tried again
        """
        ((is_busy, *_),) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if is_busy:
            raise StillRead


class PostgresStore:
    """The log in PostgreSQL's tables; only the room's owner writes."""

    def __init__(self, url: str, owner: str) -> None:
        self._url = url
        self._owner = owner
        self._db: Any = self._connected()
        for statement in POSTGRES_SCHEMA.split(";"):
            if statement.strip():
                self._db.execute(statement)

    def ready(self) -> None:
        """Connect, or connect again after the line broke."""
        if self._db.closed or self._db.broken:
            self._db = self._connected()

    def _connected(self) -> Any:
        import psycopg  # only where PostgreSQL is used

        return psycopg.connect(self._url, autocommit=True)

    def insert(self, rows: list[Row]) -> int:
        """Insert facts whose versions do not exist yet, of rooms that are still ours; return how many went in."""
        columns = [
            [getattr(row, name) for row in rows] for name in ("room", "version", "kind", "body", "said")
        ]
        return int(self._db.execute(POSTGRES_INSERT, (*columns, self._owner)).rowcount)

    def execute(self, sql: str, values: Iterable[Any] = ()) -> Any:
        return self._db.execute(sql.replace("?", "%s"), tuple(values))

    def begin(self) -> None:
        self._db.execute("BEGIN")

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if not (self._db.closed or self._db.broken):
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()

    def forget_pages(self) -> None:
        """Nothing to do: PostgreSQL vacuums by itself, later (docs/privacy.md says so)."""


def append(store: Store, rows: list[Row]) -> set[tuple[str, int]]:
    """Insert rows one by one; return those that were refused because the version exists already."""
    return {(row.room, row.version) for row in rows if not store.insert([row])}


def load(store: Store, room: str) -> Kept:
    """Return the last snapshot and every fact after it."""
    found = store.execute("SELECT version, body FROM room_snapshot WHERE room = ?", (room,)).fetchone()
    version, snapshot = found or (0, None)
    rows = store.execute(
        "SELECT room, version, kind, body, said FROM room_event WHERE room = ? AND version > ? ORDER BY version",
        (room, version),
    ).fetchall()
    said = store.execute(
        "SELECT said FROM room_event WHERE room = ? AND said <> '' ORDER BY version DESC LIMIT ?",
        (room, REMEMBERED),
    ).fetchall()
    return Kept(snapshot, version, [Row(*row) for row in rows], [mark for (mark,) in reversed(said)])


def steps_of(kept: Kept) -> Iterator[tuple[Event, Session]]:
    """Return each fact after the snapshot with the state right after it."""
    state = snapshot_of(kept)
    for row in kept.rows:
        fact = session.event_from_json(json.loads(row.body))
        state = session.evolve(state, fact)
        yield fact, state


def snapshot_of(kept: Kept) -> Session | None:
    """Return the state of the snapshot, if there is one."""
    return session.restore(json.loads(kept.snapshot)) if kept.snapshot else None


def state_of(kept: Kept) -> Session | None:
    """Return the state after all that is kept."""
    states = [state for _, state in steps_of(kept)]
    return states[-1] if states else snapshot_of(kept)


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


def quiet(store: Store, before: int) -> set[str]:
    """Return the rooms in which nothing has happened since this moment (ms UTC) and whose log still stands whole."""
    rows = store.execute(
        "SELECT e.room, e.body FROM room_event e JOIN"
        " (SELECT room, MAX(version) AS version FROM room_event GROUP BY room) l"
        " ON e.room = l.room AND e.version = l.version"
    ).fetchall()
    return {room for room, body in rows if json.loads(body)["at"] < before}


def half_closed(store: Store) -> set[str]:
    """Return the rooms whose session is closed and whose log still stands whole."""
    return {
        room
        for (room,) in store.execute("SELECT DISTINCT room FROM room_event WHERE kind = 'Closed'").fetchall()
    }
