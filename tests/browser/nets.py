"""Networks that a test may break: two homes and the server, each in a network namespace, with a router between.

Anna's home has a second line that is down at first. Needs root on Linux.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVER = "10.77.9.1"
FIRST, SECOND = "10.77.1.2", "10.77.3.2"
"""Anna's addresses: the one she has, and the one she changes to."""


class Nets:
    """The namespaces of one test run."""

    def __init__(self) -> None:
        self.router, self.anna, self.others = (f"enid-{place}-{os.getpid()}" for place in "rao")

    def inside(self, place: str) -> list[str]:
        """Return what to write before a command so that it runs there."""
        return ["ip", "netns", "exec", place]

    def build(self) -> None:
        for place in (self.router, self.anna, self.others):
            _ip("netns", "add", place)
            _ip("-n", place, "link", "set", "lo", "up")
        _ip("-n", self.router, "address", "add", f"{SERVER}/32", "dev", "lo")
        for name, place in (("first", self.anna), ("other", self.others), ("second", self.anna)):
            _ip("-n", self.router, "link", "add", name, "type", "veth", "peer", "name", name, "netns", place)
        for name, net in (("first", 1), ("other", 2), ("second", 3)):
            _ip("-n", self.router, "address", "add", f"10.77.{net}.1/24", "dev", name)
            _ip("-n", self.router, "link", "set", name, "up")
        _run(*self.inside(self.router), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        self.connect(self.others, "other", "10.77.2")
        self.connect(self.anna, "first", "10.77.1")

    def connect(self, place: str, line: str, net: str) -> None:
        """Give a place an address on this line, and its way to everywhere."""
        _ip("-n", place, "link", "set", line, "up")
        _ip("-n", place, "address", "replace", f"{net}.2/24", "dev", line)
        _ip("-n", place, "route", "replace", "default", "via", f"{net}.1")

    def change_network(self) -> None:
        """Take Anna's first line away while the second comes up, as from one Wi-Fi to another."""
        _ip("-n", self.anna, "link", "set", "first", "down")
        self.connect(self.anna, "second", "10.77.3")

    def change_back(self) -> None:
        _ip("-n", self.anna, "link", "set", "second", "down")
        self.connect(self.anna, "first", "10.77.1")

    @contextmanager
    def black_hole(self) -> Iterator[None]:
        """Lose all that is sent to Anna; nothing says that it is lost."""
        _ip("-n", self.router, "route", "add", "blackhole", f"{FIRST}/32")
        try:
            yield
        finally:
            _ip("-n", self.router, "route", "del", "blackhole", f"{FIRST}/32")

    @contextmanager
    def blocked(self, *what: str) -> Iterator[None]:
        """Let Anna's home send nothing of this kind, as a hospital does."""
        _ip("-n", self.anna, "rule", "add", *what, "prohibit")
        try:
            yield
        finally:
            _ip("-n", self.anna, "rule", "del", *what, "prohibit")

    def chromium(self, place: str, folder: Path) -> Path:
        """Return a program that is Chromium in that place."""
        program = folder / f"chromium-{place}"
        program.write_text(f'#!/bin/sh\nexec ip netns exec {place} {shutil.which("chromium")} "$@"\n')
        program.chmod(0o755)
        return program

    def reaches(self, place: str, address: str, port: int) -> bool:
        """Tell whether something listens there."""
        trial = f"import socket; socket.create_connection(({address!r}, {port}), 5)"
        tried = subprocess.run(
            [*self.inside(place), sys.executable, "-c", trial], capture_output=True, check=False
        )
        return tried.returncode == 0

    def remove(self) -> None:
        for place in (self.router, self.anna, self.others):
            subprocess.run(["ip", "netns", "del", place], capture_output=True, check=False)


@contextmanager
def nets() -> Iterator[Nets]:
    """Build the networks, or skip and say why."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("networks of our own need root, and the program `ip` (apt-get install iproute2)")
    made = Nets()
    try:
        try:
            made.build()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"this machine lets us build no networks: {error.stderr.strip()}")
        yield made
    finally:
        made.remove()


def _ip(*arguments: str) -> None:
    _run("ip", *arguments)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
