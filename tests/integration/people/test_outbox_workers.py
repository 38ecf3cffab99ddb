"""Real worker processes that share one outbox: nothing is sent twice, and a killed one loses nothing."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from tests.integration.site.test_commands import clean_environment, free_port

LETTERS = 30
WRITE = """
import django; django.setup()
from django.core.mail import send_mail
for number in range({many}):
    send_mail("A word", "We meet on Tuesday.", None, [f"person{{number}}@example.org"])
"""


class Post(MessageHandler):
    """The other side of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []

    def handle_message(self, message: object) -> None:
        self.taken.append(message["To"])  # type: ignore[index]


class House:
    """A data folder of its own, with workers that are real processes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.workers: list[subprocess.Popen[bytes]] = []
        self.environment = clean_environment(
            ENID_DATA=str(folder),
            ENID_SMTP_URL=f"smtp://127.0.0.1:{self.port}",
            DJANGO_SETTINGS_MODULE="enid.site.settings",
        )
        self.run("-m", "enid", "migrate", "-v0")
        self.run("-m", "enid", "createcachetable")

    def run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)

    def write(self, many: int) -> None:
        self.run("-c", WRITE.format(many=many))

    def work(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "-m", "enid", "worker"], env=self.environment, stderr=subprocess.DEVNULL
        )
        self.workers.append(worker)
        return worker

    def ask(self, sql: str) -> int:
        with sqlite3.connect(self.folder / "enid.sqlite3", timeout=20) as rows:
            found = rows.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def sent(self) -> int:
        return self.ask("SELECT count(*) FROM people_letter WHERE sent_at IS NOT NULL AND body = ''")

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.end()


@pytest.fixture
def post(house: House) -> Iterator[Post]:
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=house.port)
    controller.start()
    yield handler
    controller.stop()


def until(true: Callable[[], bool]) -> None:
    for _look in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_two_workers_send_each_letter_once(house: House, post: Post) -> None:
    house.write(LETTERS)
    house.work()
    house.work()
    until(lambda: house.sent() == LETTERS)
    assert Counter(post.taken) == {f"person{number}@example.org": 1 for number in range(LETTERS)}


def test_a_worker_killed_with_a_letter_in_hand_loses_nothing(house: House) -> None:
    house.write(1)
    with socket.create_server(("127.0.0.1", house.port)) as silent:
        worker = house.work()
        line, _from = silent.accept()  # the worker has claimed the letter and waits for a greeting
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        line.close()
    assert house.ask("SELECT count(*) FROM people_letter WHERE claimed_until IS NOT NULL") == 1
    # Four minutes pass: the lease has run out.
    house.ask("UPDATE people_letter SET claimed_until = '2001-01-01 00:00:00'")
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=house.port)
    controller.start()
    try:
        house.work()
        until(lambda: house.sent() == 1)
    finally:
        controller.stop()
    assert handler.taken == ["person0@example.org"]
