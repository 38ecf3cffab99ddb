"""The load: people at sockets, in a process of its own. Reads one order a line, answers each with one line of JSON.

It speaks WebSocket by hand over epoll: a library would cost more by frame than the servers it is to measure.

python -m enid.bench.load DIALECT PORT ROOMS_FILE
"""

import gc
import json
import random
import re
import select
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

AT_ONCE = 64
PATIENCE_S = 30.0
UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT, PING, PONG = 0x81, 0x89, 0x8A


class Room:
    """One circle as the load knows it."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.leader: Person | None = None
        self.people = 0
        self.said = 0
        self.version = 1
        self.began_at = 0.0  # when the event in flight was due
        self.left = 0  # how many have yet to hear of it
        self.due: deque[float] = deque()  # when further events were due


class Enid:
    """The wire of docs/protocol.md; the bare baseline speaks as much of it."""

    path = "/ws/room/{room}/"
    is_ready = b'{"t":"hello"'
    fact = re.compile(rb'\{"v": ?(\d+)')
    is_refusal = b'{"t":"refused"'

    def greeting(self, heard: bytes, room: str, ticket: str) -> bytes:
        """Return what to answer before being ready; nothing has been heard at first."""
        return b"" if heard else json.dumps({"t": "join", "ticket": ticket, "v": 0}).encode()

    def event(self, room: Room) -> bytes:
        """Return a stage change: on and back in turn."""
        name = b"move_on" if room.said % 2 else b"step_back"
        return b'{"t":"%s","id":"%d","v":%d}' % (name, room.said, room.version)


class SocketIo:
    """engine.io 4 and socket.io 5 over WebSocket."""

    path = "/socket.io/?EIO=4&transport=websocket"
    is_ready = b'42["hello"'
    fact = re.compile(rb'42\["stage",\{"v":(\d+)')
    is_refusal = b"44"

    def greeting(self, heard: bytes, room: str, ticket: str) -> bytes:
        """Return what to answer before being ready."""
        if heard.startswith(b"0"):
            return b"40"
        return f'42["join","{room}"]'.encode() if heard.startswith(b"40") else b""

    def event(self, room: Room) -> bytes:
        """Return a stage change."""
        return b'42["stage",{"t":"move_on","id":"%d","v":%d}]' % (room.said, room.version)


class Person:
    """One socket."""

    __slots__ = ("is_ready", "is_upgraded", "leads", "rest", "room", "socket", "ticket", "version")

    def __init__(self, room: Room, ticket: str, *, leads: bool) -> None:
        self.room, self.ticket, self.leads = room, ticket, leads
        self.socket = socket.socket()
        self.rest = b""
        self.version = 0
        self.is_upgraded = self.is_ready = False

    def say(self, payload: bytes, kind: int = TEXT) -> None:
        """Send one frame, masked with zeros."""
        size = len(payload)
        head = (
            bytes((kind, 0x80 | size)) if size < 126 else bytes((kind, 0x80 | 126)) + size.to_bytes(2, "big")
        )
        self.socket.sendall(head + b"\0\0\0\0" + payload)


def frames_in(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Give kind, payload and end of each whole frame."""
    at, end = 0, len(data)
    while at + 2 <= end:
        size, start = data[at + 1], at + 2
        if size == 126:
            size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
        if start + size > end:
            return
        yield data[at], data[start : start + size], start + size
        at = start + size


class Load:
    """All circles."""

    def __init__(self, dialect: Any, port: int, wanted: list[tuple[str, list[str]]]) -> None:
        self._dialect = dialect
        self._port = port
        self._epoll = select.epoll()
        self._people: dict[int, Person] = {}
        self._rooms = [Room(id) for id, _ in wanted]
        self._wanted = [
            (room, ticket, number == 0)
            for room, (_, tickets) in zip(self._rooms, wanted, strict=True)
            for number, ticket in enumerate(tickets)
        ]
        self._waiting = 0
        self._told: Callable[[Room], None] = lambda room: None
        self._measure = Measure()

    # Coming.

    def connect(self) -> dict[str, Any]:
        """Seat everyone; return how long it took."""
        began = time.perf_counter()
        while self._wanted or self._waiting:
            while self._wanted and self._waiting < AT_ONCE:
                self._call(*self._wanted.pop(0))
            self._hear(1.0)
        gc.freeze()
        return {"connect_s": time.perf_counter() - began, "sockets": len(self._people)}

    def _call(self, room: Room, ticket: str, leads: bool) -> None:
        person = Person(room, ticket, leads=leads)
        person.socket.connect(("127.0.0.1", self._port))
        person.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = self._dialect.path.replace("{room}", room.id)
        person.socket.sendall(UPGRADE.format(path=path, port=self._port).encode())
        self._people[person.socket.fileno()] = person
        self._epoll.register(person.socket.fileno(), select.EPOLLIN)
        self._waiting += 1

    def _arrive(self, person: Person, heard: bytes) -> None:
        if heard.startswith(self._dialect.is_ready):
            person.is_ready = True
            person.room.people += 1
            self._waiting -= 1
            if person.leads:
                person.room.leader = person
        elif answer := self._dialect.greeting(heard, person.room.id, person.ticket):
            person.say(answer)

    # Hearing.

    def _hear(self, patience_s: float) -> None:
        for number, _ in self._epoll.poll(patience_s):
            person = self._people[number]
            data = person.socket.recv(8192)
            if not data:
                sys.exit("the load: the server closed a socket")
            if (
                data[0] == TEXT and not person.rest and len(data) == data[1] + 2
            ):  # one short frame, as nearly always
                self._heard(person, data[2:])
            else:
                self._take_apart(person, person.rest + data)

    def _take_apart(self, person: Person, data: bytes) -> None:
        data = self._upgraded(person, data)
        end = 0
        for kind, payload, end in frames_in(data):  # noqa: B007 - the last end is what was whole
            if kind == TEXT:
                self._heard(person, payload)
            elif kind == PING:
                person.say(payload, PONG)
        person.rest = data[end:]

    def _upgraded(self, person: Person, data: bytes) -> bytes:
        if person.is_upgraded:
            return data
        head, ended, rest = data.partition(b"\r\n\r\n")
        if not ended:
            return data
        if b" 101 " not in head:
            sys.exit(f"the load: {head[:60]!r}")
        person.is_upgraded = True
        self._arrive(person, b"")
        return rest

    def _heard(self, person: Person, payload: bytes) -> None:
        if fact := self._dialect.fact.match(payload):
            self._note(person, int(fact[1]))
        elif not person.is_ready:
            self._arrive(person, payload)
        elif payload.startswith(self._dialect.is_refusal):
            sys.exit(f"the load was refused: {payload[:80]!r}")

    def _note(self, person: Person, version: int) -> None:
        if person.version and version != person.version + 1:
            sys.exit(f"the load: version {version} came after {person.version}")
        person.version = version
        room = person.room
        if person.leads:
            room.version = version
        if room.left:
            room.left -= 1
            self._measure.heard += 1
            if not room.left:
                self._measure.latencies.append(time.perf_counter() - room.began_at)
                self._told(room)

    # Speaking.

    def _fire(self, room: Room, due: float) -> None:
        assert room.leader  # noqa: S101 - everyone is seated by now
        room.said += 1
        room.began_at = due
        room.left = room.people
        room.leader.say(self._dialect.event(room))

    def closed(self, seconds: float) -> dict[str, Any]:
        """Keep one event in flight in every room."""
        began = time.perf_counter()

        def again(room: Room) -> None:
            if (now := time.perf_counter()) < began + seconds:
                self._fire(room, now)

        self._told = again
        self._measure.begin()
        for room in self._rooms:
            self._fire(room, time.perf_counter())
        self._hear_at_leisure(began + seconds)
        return self._end()

    def open(self, seconds: float, rate: float) -> dict[str, Any]:
        """Send events at a rate, whatever the server does; time counts from when each was due."""

        def next_one(room: Room) -> None:
            if room.due:
                self._fire(room, room.due.popleft())

        self._told = next_one
        self._measure.begin()
        due = time.perf_counter()
        ends = due + seconds
        while (due := due + random.expovariate(rate)) < ends:
            self._hear_until(due)
            room = random.choice(self._rooms)
            if room.left:
                room.due.append(due)
            else:
                self._fire(room, due)
        return self._end()

    def _hear_at_leisure(self, due: float) -> None:
        """Look now and then: waking a load that sleeps would cost the server, and a slower one more often."""
        while time.perf_counter() < due:
            self._hear(0)
            time.sleep(0.0002)

    def _hear_until(self, due: float) -> None:
        """Hear what comes meanwhile; epoll's own patience knows whole milliseconds only."""
        while (wait := due - time.perf_counter()) > 0:
            if select.select([self._epoll], [], [], wait)[0]:
                self._hear(0)

    def _end(self) -> dict[str, Any]:
        """Wait for what is still on its way."""
        deadline = time.perf_counter() + PATIENCE_S
        while any(room.left for room in self._rooms):
            self._hear(0.01)
            if time.perf_counter() > deadline:
                sys.exit("the load: an event did not reach everyone")
        return self._measure.result()


class Measure:
    """Times and CPU between beginning and end."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.heard = 0

    def begin(self) -> None:
        """Count from now."""
        self.latencies.clear()
        self.heard = 0
        self._cpu, self._began = time.process_time(), time.perf_counter()

    def result(self) -> dict[str, Any]:
        """Return what was counted."""
        wall = time.perf_counter() - self._began
        ms = sorted(latency * 1000 for latency in self.latencies) or [0.0]
        return {
            "events": len(self.latencies),
            "heard": self.heard,
            "events_per_s": len(self.latencies) / wall,
            "p50_ms": ms[len(ms) // 2],
            "p99_ms": ms[int(len(ms) * 0.99)],
            "worst_ms": ms[-1],
            "load_cpu": (time.process_time() - self._cpu) / wall,
        }


def main() -> None:
    """Take orders until the input ends."""
    dialect = SocketIo() if sys.argv[1] == "socketio" else Enid()
    load = Load(dialect, int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text()))
    orders: dict[str, Callable[..., dict[str, Any]]] = {
        "connect": load.connect,
        "closed": load.closed,
        "open": load.open,
    }
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(orders[order.pop("do")](**order)), flush=True)


if __name__ == "__main__":
    main()
