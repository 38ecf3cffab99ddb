"""Two networks of the bench's own, in which a browser changes from one line to another. Needs root and iproute2."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from enid.site.commands import OUTSIDE_FAILED, Stopped

HOUSE = "10.78.0.1"
"""The server's address, which both lines lead to."""


@dataclass(frozen=True)
class Network:
    """Names of the two network namespaces; what a command begins with to run in one."""

    house: str
    client: str

    @property
    def within_house(self) -> list[str]:
        return ["ip", "netns", "exec", self.house]

    @property
    def within_client(self) -> list[str]:
        return ["ip", "netns", "exec", self.client]

    def change(self) -> None:
        """Take the browser from its line, and give it the other one with another address."""
        _run(f"ip -n {self.client} link set line1 down")
        _run(f"ip -n {self.client} link set line2 up")
        _run(f"ip -n {self.client} route add default via 10.78.2.1")


def why_not() -> str | None:
    """Return why this machine cannot change networks, or nothing."""
    if os.geteuid() or not shutil.which("ip"):
        return "it needs root and iproute2"
    trial = f"enid-trial-{os.getpid()}"
    made = not _code("ip", "netns", "add", trial)
    works = made and not _code("ip", "netns", "exec", trial, "true")
    if made:
        _run(f"ip netns del {trial}")
    return None if works else "this machine does not allow network namespaces"


@contextmanager
def two_lines() -> Iterator[Network]:
    """Make a house and a client with two lines between them, of which the first is up."""
    network = Network(f"enid-house-{os.getpid()}", f"enid-client-{os.getpid()}")
    try:
        _make(network)
        yield network
    finally:
        for name in (network.house, network.client):
            _code("ip", "netns", "del", name)


def _make(network: Network) -> None:
    for name in (network.house, network.client):
        _run(f"ip netns add {name}")
        _run(f"ip -n {name} link set lo up")
    _run(f"ip -n {network.house} addr add {HOUSE}/32 dev lo")
    for number in (1, 2):
        _run(f"ip -n {network.house} link add end{number} type veth peer line{number} netns {network.client}")
        _run(f"ip -n {network.house} addr add 10.78.{number}.1/24 dev end{number}")
        _run(f"ip -n {network.house} link set end{number} up")
        _run(f"ip -n {network.client} addr add 10.78.{number}.2/24 dev line{number}")
    _run(f"ip -n {network.client} link set line1 up")
    _run(f"ip -n {network.client} route add default via 10.78.1.1")


def _code(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def _run(command: str) -> None:
    done = subprocess.run(command.split(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(
            f"A network of the bench could not be made: {command}: {done.stderr.strip()}", OUTSIDE_FAILED
        )
