"""Backups: the database without the room log, which is meant to be forgotten, and without signed-in browsers."""

import contextlib
import gzip
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from enid.site.commands import BAD_INPUT, Stopped

ROOM_TABLES = "room_*"  # who presented stands here until the close; it never enters a backup
SESSION_TABLES = ("django_session", "usersessions_usersession")  # a stolen backup must not open an account


def write(*, at: datetime, to: Path | None = None) -> Path:
    """Write a backup and return its path. Under SQLite readers and writers go on meanwhile."""
    folder = settings.DATA / "backups"
    ending = "dump" if connection.vendor == "postgresql" else "sqlite3.gz"
    target = to or folder / f"enid-{at:%Y%m%d-%H%M%S}.{ending}"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + ".part")  # a half-written backup must not look like one
    try:
        (_dump if connection.vendor == "postgresql" else _copy)(part)
        part.chmod(0o600)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _copy(part: Path) -> None:
    plain = part.with_suffix(".plain")
    plain.unlink(missing_ok=True)
    try:
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source:
            source.execute("VACUUM INTO ?", [str(plain)])
        with contextlib.closing(sqlite3.connect(plain, isolation_level=None)) as copy:
            for table in SESSION_TABLES:
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - our own constant
            copy.execute("VACUUM")  # what was deleted must not stand in free pages
        with plain.open("rb") as raw, gzip.open(part, "wb") as packed:
            shutil.copyfileobj(raw, packed)
    finally:
        plain.unlink(missing_ok=True)


def _dump(part: Path) -> None:
    _postgres_tool(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        f"--exclude-table-data={ROOM_TABLES}",
        *(f"--exclude-table-data={table}" for table in SESSION_TABLES),
        f"--file={part}",
        f"--dbname={settings.DATABASE_URL}",
    )


def restore(file: Path, *, at: datetime) -> str:
    """Put a backup back; return where the present data were kept."""
    if not file.is_file():
        raise Stopped(f"{file} is not there. Nothing was changed.", BAD_INPUT)
    if connection.vendor == "postgresql":
        kept = write(at=at)
        _postgres_tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            f"--dbname={settings.DATABASE_URL}",
            str(file),
        )
        return str(kept)
    return _restore_sqlite(file, at)


def _restore_sqlite(file: Path, at: datetime) -> str:
    live = Path(settings.DATABASES["default"]["NAME"])
    part = live.with_name("restoring.sqlite3")
    try:
        try:
            with gzip.open(file, "rb") as packed, part.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
            _check(part)
        except (OSError, EOFError, sqlite3.DatabaseError) as error:
            raise Stopped(f"{file} is not a whole backup of Enid. Nothing was changed.", BAD_INPUT) from error
        connections.close_all()
        kept = live.with_name(f"before-restore-{at:%Y%m%d-%H%M%S}.sqlite3")
        if live.exists():
            with contextlib.closing(sqlite3.connect(live)) as present:
                present.execute("VACUUM INTO ?", [str(kept)])
        for ending in ("", "-wal", "-shm"):
            live.with_name(live.name + ending).unlink(missing_ok=True)
        part.rename(live)
    finally:
        part.unlink(missing_ok=True)
    return str(kept)


def _check(part: Path) -> None:
    with contextlib.closing(sqlite3.connect(part)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        copy.execute("SELECT 1 FROM people_person LIMIT 1").fetchone()


def _postgres_tool(name: str, *arguments: str) -> None:
    try:
        done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 - our own tool and arguments
    except FileNotFoundError as error:
        raise Stopped(
            f"{name} is missing. Nothing was changed. Type: apt-get install postgresql-client"
        ) from error
    if done.returncode:
        raise Stopped(
            f"{name} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
        )
