"""Serve: make the data ready, then start the children and start again whichever dies."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from enid.site.commands import DONE, Stopped, parser

PARTS = {"pages": ["web", "--only", "pages"], "rooms": ["web", "--only", "rooms"], "work": ["worker"]}
TOGETHER = [["web"], ["worker"]]
STOP_WITHIN_S = 8.0


def main(argv: list[str]) -> int:
    """Serve until told to stop."""
    arguments = parser("up")
    arguments.add_argument("--only", choices=tuple(PARTS), help="run one part in this process group")
    given = arguments.parse_args(argv)

    import django
    from django.conf import settings

    django.setup()
    from enid.site import readiness  # needs Django

    with readiness.only_one_server(settings.DATA):
        if backup := readiness.make_ready():
            print(f"Backed up to {backup} before the upgrade.", flush=True)
        if link := readiness.first_administrator_link():
            print(
                f"Nobody looks after this server yet. Open this link within a day to become the first administrator:\n  {link}",
                flush=True,
            )
        print(f"Enid is at {settings.URL} (listening on {settings.BIND}).", flush=True)
        return keep_running([PARTS[given.only]] if given.only else TOGETHER)


@dataclass
class Child:
    """One process of ours, started again when it dies."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    died_at: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "enid", *self.command])

    def hold_off_s(self, now: float) -> float:
        """Return the seconds to wait before starting again: none at first, longer when it keeps dying."""
        self.died_at = [t for t in self.died_at if now - t < 60] + [now]
        return 0.0 if len(self.died_at) < 3 else min(2.0 ** (len(self.died_at) - 3), 15.0)


def keep_running(commands: list[list[str]]) -> int:
    """Run the children until SIGTERM or SIGINT. A child that ends for a reason of its own set-up ends us too."""
    children = [Child(command) for command in commands]
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    for child in children:
        child.start()
    try:
        while not stopping.wait(0.1):
            for child in children:
                _look_after(child, stopping)
    finally:
        _stop(children)
    return DONE


def _look_after(child: Child, stopping: threading.Event) -> None:
    code = child.process.poll() if child.process else None
    if code is None:
        return
    if code in (2, 3):  # bad settings or a taken port: trying again would not help
        raise Stopped(f"enid {' '.join(child.command)} could not start.", code)
    wait = child.hold_off_s(time.monotonic())
    print(f"enid {child.command[0]} ended ({code}); starting it again.", file=sys.stderr, flush=True)
    if not stopping.wait(wait):
        child.start()


def _stop(children: list[Child]) -> None:
    running = [c.process for c in children if c.process and c.process.poll() is None]
    for process in running:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN_S
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
