"""News from the pages to the rooms. A doorbell only: it carries a kind and an id, and a lost ring costs nothing
that the database does not know.

In the same process it rings the hub directly; on PostgreSQL it also rings every other process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connection

logger = logging.getLogger("enid.room")

CHANNEL = "enid_rooms"
KINDS = ("group", "person", "meeting", "confirmed", "everything")
EVERYTHING = "everything "

_hear: Callable[[str, str], None] | None = None


def answer(hear: Callable[[str, str], None] | None) -> None:
    """Set who hears the bell in this process; `hear` is called from any thread."""
    global _hear
    _hear = hear


def ring(kind: str, key: object) -> None:
    """Tell the rooms that something about a group, person or meeting changed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{kind} {key}"])
    elif _hear is not None:
        _hear(kind, str(key))


def listen(url: str, stopped: threading.Event) -> threading.Thread:
    """Hear the rings of other processes; connects again when the line breaks."""

    def run() -> None:
        import psycopg  # only where PostgreSQL is used

        while not stopped.is_set():
            try:
                with psycopg.connect(url, autocommit=True) as line:
                    line.execute(f"LISTEN {CHANNEL}")
                    _heard(EVERYTHING)  # what was rung while nobody listened
                    while not stopped.is_set():
                        for note in line.notifies(timeout=1.0):
                            _heard(note.payload)
            except psycopg.Error as error:
                logger.error("room doorbell: %s", type(error).__name__)
                stopped.wait(1.0)

    thread = threading.Thread(target=run, name="room-doorbell", daemon=True)
    thread.start()
    return thread


def _heard(payload: str) -> None:
    kind, _, key = payload.partition(" ")
    if kind in KINDS and _hear is not None:
        _hear(kind, key)
