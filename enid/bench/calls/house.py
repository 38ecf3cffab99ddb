"""Enid's own web process, or the bare call's, for as long as a bench lasts."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from enid.site.commands import OUTSIDE_FAILED, Stopped

STARTS_WITHIN_S = 60.0


@dataclass
class House:
    """A running server; cookies by person, the leader's first; tickets by room and person."""

    address: str
    pid: int
    rooms: list[tuple[str, list[str]]] = field(default_factory=list)
    cookies: list[dict[str, str]] = field(default_factory=list)

    def room(self, number: int) -> str:
        """Return the address of a room's page."""
        return f"{self.address}/room/{self.rooms[number][0]}/"

    def cookies_of(self, person: int) -> list[dict[str, Any]]:
        """Return what signs somebody in, as Playwright takes it."""
        return [
            {"name": name, "value": value, "url": self.address}
            for name, value in self.cookies[person].items()
        ]


@contextmanager
def enid(
    folder: Path, rooms: int, people: int, *, host: str = "localhost", within: Sequence[str] = ()
) -> Iterator[House]:
    """Serve circles that meet now.

    within: what a command begins with to run in another network
    """
    port = free_port()
    environment = _environment(folder, host, port)
    made = _prepared(environment, rooms, people)
    with running([*within, sys.executable, "-m", "enid.bench.serve"], environment) as process:
        wait_for(process, f"http://{host}:{port}/", within)
        yield House(f"http://{host}:{port}", process.pid, made["rooms"], made["cookies"])


@contextmanager
def bare(*, host: str = "localhost", within: Sequence[str] = ()) -> Iterator[House]:
    """Serve the baseline: a page that calls the other one that is open."""
    port = free_port()
    with running([*within, sys.executable, "-m", "enid.bench.calls.bare", str(port)], {}) as process:
        wait_for(process, f"http://{host}:{port}/", within)
        yield House(f"http://{host}:{port}", process.pid)


def _environment(folder: Path, host: str, port: int) -> dict[str, str]:
    data = folder / f"house{port}"
    data.mkdir(parents=True)
    return {
        "ENID_DATA": str(data),
        "ENID_BIND": f"{'127.0.0.1' if host == 'localhost' else host}:{port}",
        "ENID_URL": f"http://{host}:{port}",
        "ENID_DATABASE_URL": "",
        "ENID_SECRET_KEY": secrets.token_hex(32),
    }


def _prepared(environment: dict[str, str], rooms: int, people: int) -> Any:
    made = subprocess.run(
        [sys.executable, "-m", "enid.bench.calls.prepare", str(rooms), str(people)],
        env=_clean(environment),
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(made.stdout)


def _clean(settings: dict[str, str]) -> dict[str, str]:
    """Return this environment without a real server's settings, which must not leak into a bench."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ENID_")},
        **settings,
    }


@contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the block ends."""
    process = subprocess.Popen(command, env=_clean(environment), stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def wait_for(process: subprocess.Popen[bytes], address: str, within: Sequence[str] = ()) -> None:
    """Wait for the first page."""
    ask = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)"
    deadline = time.monotonic() + STARTS_WITHIN_S
    while subprocess.run(
        [*within, sys.executable, "-c", ask, address], stderr=subprocess.DEVNULL, check=False
    ).returncode:
        if process.poll() is not None:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        if time.monotonic() > deadline:
            raise Stopped("A server of the bench did not start.", OUTSIDE_FAILED)
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
