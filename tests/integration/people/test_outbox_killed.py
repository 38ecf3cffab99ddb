"""A worker killed two hundred times while it sends: nothing is lost, and a kill repeats one letter at most."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import pytest

from enid.people.outbox import LEASE
from tests.integration.people.post import Post, listening
from tests.integration.people.test_outbox_workers import House

KILLS, MOST_LETTERS, THREADS = 200, 500, 6
ZYGOTE = [sys.executable, "-m", "tests.integration.people.mail_worker"]
WRITE = f"""
import django; django.setup()
from enid.people.calendar_mail import CalendarMail
from tests.integration.people.test_calendar_letters import ENTRY
for number in range({MOST_LETTERS}):
    box = number % {THREADS}
    CalendarMail(str(number), "We meet.", to=[f"person{{box}}@example.org"], calendar=ENTRY, thread="one").send()
"""


class Slow(Post):
    """Takes a moment over each mail, before and after it has it, so that a kill falls on either side."""

    def __init__(self) -> None:
        super().__init__()
        self.taking = threading.Event()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.taking.set()
        time.sleep(0.002)
        answer = await super().handle_DATA(server, session, envelope)
        time.sleep(0.002)
        return answer


class Workers:
    """Starts workers, one after another, and kills them."""

    def __init__(self, house: House) -> None:
        self.zygote = subprocess.Popen(
            ZYGOTE, env=house.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, at: datetime) -> int:
        assert self.zygote.stdin
        assert self.zygote.stdout
        self.zygote.stdin.write(at.isoformat() + "\n")
        self.zygote.stdin.flush()
        return int(self.zygote.stdout.readline())

    def wait(self) -> None:
        assert self.zygote.stdout
        assert self.zygote.stdout.readline() == "end\n"

    def end(self) -> None:
        self.zygote.kill()
        self.zygote.communicate()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.run("-c", WRITE)
    yield house
    house.end()


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_and_repeat_one_letter_each_at_most(house: House) -> None:
    dice, post, workers = random.Random(7), Slow(), Workers(house)
    at, kills = datetime.now(UTC) + timedelta(minutes=1), 0
    repeats: list[int] = []
    with listening(post, house.port):
        while kills < KILLS and left(house):
            post.taking.clear()
            pid = workers.start(at)
            if post.taking.wait(20):
                time.sleep(dice.uniform(0, 0.008))
            os.kill(pid, signal.SIGKILL)
            workers.wait()
            kills, at = kills + 1, at + LEASE  # what the killed one held is free again
            repeats.append(len(post.taken) - len(set(post.ids())) - sum(repeats))
        for _last in range(2):
            workers.start(at)
            workers.wait()
            at += LEASE
    workers.end()
    taken = Counter(post.ids())
    repeated = len(post.taken) - len(taken)
    counts = {"kills": kills, "letters": len(taken), "mails": len(post.taken), "repeated": repeated}
    sys.stdout.write(json.dumps(counts) + "\n")
    assert kills == KILLS
    assert len(taken) == MOST_LETTERS  # nothing is lost
    assert left(house) == 0
    assert 0 < repeated <= kills
    assert all(so_far <= kill for kill, so_far in enumerate(accumulate(repeats), 1))
    assert in_order(post)


def left(house: House) -> int:
    with sqlite3.connect(house.folder / "enid.sqlite3", timeout=20) as rows:
        return int(rows.execute("SELECT count(*) FROM people_letter WHERE sent_at IS NULL").fetchone()[0])


def in_order(post: Post) -> bool:
    """Tell whether nobody got a letter after a later one of the same thread; a repeat keeps its place."""
    boxes: dict[str, list[int]] = {}
    for mail in post.taken:
        boxes.setdefault(str(mail["To"]), []).append(int(str(mail["Subject"])))
    return all(numbers == sorted(numbers) for numbers in boxes.values())
