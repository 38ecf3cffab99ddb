"""The log in its file, and the thread that writes it."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enid.room import store
from enid.room.session import snapshot
from enid.room.store import Row, SqliteStore
from enid.room.writer import Append, Writer
from tests.unit.room.stories import Story


@pytest.fixture
def log(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "rooms.sqlite3")


def row(version: int, room: str = "here", said: str = "") -> Row:
    return Row(room, version, "Paused", json.dumps({"event": "Paused", "at": version}), said)


def test_version_that_exists_is_refused_and_stays_as_it_was(log: SqliteStore) -> None:
    assert store.append(log, [row(1), row(2)]) == set()
    assert store.append(log, [row(2, said="another"), row(3)]) == {("here", 2)}
    assert [kept.version for kept in store.load(log, "here").rows] == [1, 2, 3]
    assert store.load(log, "here").said == []


def test_room_comes_back_from_snapshot_and_tail(log: SqliteStore) -> None:
    story = Story()
    facts = [(number + 1, fact) for number, fact in enumerate(story.log)]
    store.append(
        log,
        [Row("here", v, type(f).__name__, json.dumps(store.session.event_to_json(f)), "") for v, f in facts],
    )
    for version in (1, 4):
        state = store.session.fold(story.log[:version])
        store.keep_snapshot(log, "here", version, json.dumps(snapshot(state)), 0)
    kept = store.load(log, "here")
    assert kept.version == 4
    assert len(kept.rows) == len(facts) - 4
    assert store.state_of(kept) == story.session


def test_older_snapshot_does_not_replace_a_newer_one(log: SqliteStore) -> None:
    store.keep_snapshot(log, "here", 9, "newer", 0)
    store.keep_snapshot(log, "here", 5, "older", 0)
    assert store.load(log, "here").snapshot == "newer"


def test_messages_are_known_also_from_before_the_snapshot(log: SqliteStore) -> None:
    store.append(log, [row(1, said="first"), row(2), row(3, said="second")])
    store.keep_snapshot(log, "here", 3, "{}", 0)
    assert store.load(log, "here").said == ["first", "second"]


def test_reduced_log_is_one_row_and_can_be_reduced_again(log: SqliteStore) -> None:
    store.append(log, [row(1), Row("here", 2, "Closed", "{}", ""), row(1, room="there")])
    assert store.half_closed(log) == {"here"}
    for _ in range(2):
        store.reduce(log, "here", 2, "bare", 0)
    assert store.load(log, "here") == store.Kept("bare", 2, [], [])
    assert store.half_closed(log) == set()
    assert store.rooms(log) == {"here", "there"}


def test_forgotten_room_leaves_no_byte(log: SqliteStore, tmp_path: Path) -> None:
    store.append(log, [row(1, room="unmistakable"), row(1, room="there")])
    store.forget(log, "unmistakable")
    for file in tmp_path.iterdir():
        assert b"unmistakable" not in file.read_bytes(), file.name


def test_pages_are_not_forgotten_while_somebody_reads(log: SqliteStore, tmp_path: Path) -> None:
    log.execute("PRAGMA busy_timeout=1")
    store.append(log, [row(1)])
    reader = sqlite3.connect(tmp_path / "rooms.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM room_event").fetchall()
    with pytest.raises(store.StillRead):
        store.forget(log, "here")
    reader.close()
    store.forget(log, "here")


def test_log_is_readable_by_its_server_alone(log: SqliteStore, tmp_path: Path) -> None:
    assert (tmp_path / "rooms.sqlite3").stat().st_mode & 0o077 == 0


# The writer.


def written(
    tmp_path: Path, jobs: list[tuple[str, int, list[Row]]], prepare: Callable[[SqliteStore], Any]
) -> list[bool]:
    """Give these appends to a writer at once; return what became of each."""

    async def give() -> list[bool]:
        log = SqliteStore(tmp_path / "rooms.sqlite3")
        prepare(log)
        writer = Writer(lambda: log, asyncio.get_running_loop())
        settled: list[asyncio.Future[bool]] = []
        for room, epoch, rows in jobs:
            future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            settled.append(future)
            writer.append(Append(room, epoch, rows, future.set_result))
        writer.start()
        results = [await future for future in settled]
        await asyncio.to_thread(writer.stop)
        return results

    return asyncio.run(give())


def test_one_refused_room_does_not_spoil_the_others_of_its_batch(tmp_path: Path) -> None:
    jobs = [
        ("here", 1, [row(1), row(2)]),
        ("there", 1, [row(1, "there")]),
        ("here", 1, [row(3)]),
        ("there", 1, [row(2, "there")]),
    ]
    results = written(tmp_path, jobs, lambda log: store.append(log, [row(2, said="other owner")]))
    assert results == [False, True, False, True]
    kept = store.load(SqliteStore(tmp_path / "rooms.sqlite3"), "here")
    assert [(one.version, one.said) for one in kept.rows] == [(2, "other owner")]


def test_room_that_was_read_anew_may_write_again(tmp_path: Path) -> None:
    jobs = [("here", 1, [row(1)]), ("here", 1, [row(2)]), ("here", 2, [row(2)])]
    results = written(tmp_path, jobs, lambda log: store.append(log, [row(1, said="other owner")]))
    assert results == [False, False, True]


def test_everything_queued_before_the_end_is_written(tmp_path: Path) -> None:
    async def give() -> None:
        writer = Writer(lambda: SqliteStore(tmp_path / "rooms.sqlite3"), asyncio.get_running_loop())
        for number in range(1, 1_000):
            writer.append(Append("here", 1, [row(number)], lambda kept: None))
        writer.start()
        await asyncio.to_thread(writer.stop)

    asyncio.run(give())
    assert len(store.load(SqliteStore(tmp_path / "rooms.sqlite3"), "here").rows) == 999


def test_full_disk_refuses_the_whole_batch(tmp_path: Path) -> None:
    def fill(log: SqliteStore) -> None:
        ((pages,),) = log.execute("PRAGMA page_count").fetchall()
        log.execute(f"PRAGMA max_page_count={pages}")

    big = [Row("here", number, "Paused", "x" * 3000, "") for number in range(1, 4)]
    assert written(tmp_path, [("here", 1, big), ("there", 1, [row(1, "there")])], fill) == [False, False]
    assert store.rooms(SqliteStore(tmp_path / "rooms.sqlite3")) == set()


def test_failing_answer_does_not_silence_the_others(tmp_path: Path) -> None:
    async def give() -> bool:
        loop = asyncio.get_running_loop()
        writer = Writer(lambda: SqliteStore(tmp_path / "rooms.sqlite3"), loop)
        told: asyncio.Future[bool] = loop.create_future()
        writer.append(Append("here", 1, [row(1)], lambda kept: 1 / 0))  # type: ignore[arg-type,return-value]
        writer.append(Append("there", 1, [row(1, "there")], told.set_result))
        writer.start()
        result = await told
        await asyncio.to_thread(writer.stop)
        return result

    assert asyncio.run(give())
