"""The load: everybody of every circle in one process, on a core of its own.

Reads a first line of JSON with what to join, then one line for each thing to measure, and answers each with a line.
Latency counts from the moment an event was due, not from when it could be sent, to the last of the circle.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

AT_ONCE = 100  # connections being opened at the same time


class Circle:
    """One room as the load sees it: one event at a time, done when the last of the circle has heard it."""

    def __init__(self, load: "Load", people: int) -> None:
        self.load, self.people = load, people
        self.leader: WSTransport | None = None
        self.version, self.heard, self.due_at, self.count = 0, 0, 0.0, 0
        self.is_busy = False

    def say(self, due_at: float) -> None:
        """Move the stage: on, and back."""
        self.due_at, self.heard, self.is_busy = due_at, 0, True
        self.count += 1
        said = {"t": "move_on" if self.count % 2 else "step_back", "id": f"m{self.count}", "v": self.version}
        if self.leader:
            self.leader.send(WSMsgType.TEXT, self.load.dialect.wrap(json.dumps(said)))

    def told(self) -> None:
        """Count one of the circle who has heard the event."""
        self.heard += 1
        if self.heard == self.people and self.is_busy:
            self.is_busy = False
            self.load.done(self)


class Dialect:
    """What Enid and the bare server speak: JSON; a fact begins with its version."""

    fact = b'{"v"'

    def hello(self, ticket: str) -> list[bytes]:
        """Return what is said first."""
        return [json.dumps({"t": "join", "ticket": ticket, "v": 0}).encode()] if ticket else []

    def wrap(self, said: str) -> bytes:
        """Return a message as it is sent."""
        return said.encode()

    def version(self, frame: bytes) -> int:
        """Return the version a fact carries."""
        return int(frame[5 : frame.index(b",", 5)]) if b"," in frame else int(frame[5:-1])


class SocketIo(Dialect):
    """What socket.io speaks over a WebSocket."""

    fact = b'42["stage"'

    def hello(self, ticket: str) -> list[bytes]:
        """Open the namespace."""
        return [b"40"]

    def wrap(self, said: str) -> bytes:
        """Return a message as an event."""
        return f'42["stage",{said}]'.encode()

    def version(self, frame: bytes) -> int:
        """Nothing here asks for a version."""
        return 0


class Seat(WSListener):
    """One socket."""

    def __init__(self, circle: Circle, ticket: str, leads: bool) -> None:
        super().__init__()
        self.circle, self.ticket, self.leads = circle, ticket, leads
        self.fact, self.size = circle.load.dialect.fact, len(circle.load.dialect.fact)

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Say hello."""
        if self.leads:
            self.circle.leader = transport
        for said in self.circle.load.dialect.hello(self.ticket):
            transport.send(WSMsgType.TEXT, said)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Count facts; learn where the session is."""
        payload = frame.get_payload_as_bytes()
        if payload[: self.size] == self.fact:
            if self.leads:
                self.circle.version = self.circle.load.dialect.version(payload)
            self.circle.told()
        elif payload == b"2":
            transport.send(WSMsgType.TEXT, b"3")
        elif self.leads and payload[:9] in (b'{"t":"hel', b'{"t":"sna'):
            self.circle.version = json.loads(payload)["state"]["v"]
        elif payload[:13] == b'{"t":"refused':
            self.circle.load.refused += 1
            self.circle.is_busy = False


@dataclass
class Load:
    """Every circle, and what is being measured."""

    dialect: Dialect
    circles: list[Circle] = field(default_factory=list)
    latencies_s: list[float] = field(default_factory=list)
    is_closed_loop: bool = False
    until: float = 0.0
    events: int = 0
    refused: int = 0

    def done(self, circle: Circle) -> None:
        """Take note of an event that all have heard; in a closed loop the next follows at once."""
        now = time.perf_counter()
        self.events += 1
        self.latencies_s.append(now - circle.due_at)
        if self.is_closed_loop and now < self.until:
            circle.say(now)

    async def join(self, asked: dict[str, Any]) -> None:
        """Open every socket."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(circle: Circle, room: dict[str, Any], number: int) -> None:
            async with gate:
                url = f"ws://127.0.0.1:{asked['port']}{room['path']}"
                await ws_connect(lambda: Seat(circle, room["tickets"][number], number == 0), url)

        waiting = []
        for room in asked["rooms"]:
            circle = Circle(self, len(room["tickets"]))
            self.circles.append(circle)
            waiting += [one(circle, room, number) for number in range(len(room["tickets"]))]
        await asyncio.gather(*waiting)

    async def closed(self, seconds: float) -> None:
        """Keep one event in flight in every circle."""
        self.is_closed_loop, self.until = True, time.perf_counter() + seconds
        for circle in self.circles:
            circle.say(time.perf_counter())
        await asyncio.sleep(seconds)
        await self._settle()
        self.is_closed_loop = False

    async def open(self, seconds: float, rate: float) -> None:
        """Let events fall due at random moments over all circles."""
        due = time.perf_counter()
        end = due + seconds
        while due < end:
            due += random.expovariate(rate)
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            circle = random.choice(self.circles)
            for _other in range(50):
                if not circle.is_busy:
                    circle.say(due)
                    break
                circle = random.choice(self.circles)
        await self._settle()

    async def _settle(self) -> None:
        for _wait in range(200):
            if not any(circle.is_busy for circle in self.circles):
                return
            await asyncio.sleep(0.02)


async def main() -> None:
    """Do what the lines on standard input ask."""
    loop = asyncio.get_running_loop()

    async def line() -> dict[str, Any]:
        text = await loop.run_in_executor(None, sys.stdin.readline)
        return json.loads(text) if text else {"do": "end"}

    asked = await line()
    load = Load(SocketIo() if asked["dialect"] == "socketio" else Dialect())
    began = time.perf_counter()
    await load.join(asked)
    await asyncio.sleep(asked.get("settle_s", 1.0))
    answer({"connect_s": time.perf_counter() - began - asked.get("settle_s", 1.0)})
    while (asked := await line())["do"] != "end":
        load.latencies_s, load.events, load.refused = [], 0, 0
        began, cpu = time.perf_counter(), time.process_time()
        if asked["do"] == "closed":
            await load.closed(asked["seconds"])
        else:
            await load.open(asked["seconds"], asked["rate"])
        taken = time.perf_counter() - began
        unfinished = sum(circle.is_busy for circle in load.circles)
        answer(
            {
                "events": load.events,
                "events_per_s": load.events / taken,
                "unfinished": unfinished,
                "refused": load.refused,
                "load_cpu": (time.process_time() - cpu) / taken,
                **percentiles(load.latencies_s),
            }
        )


def percentiles(latencies_s: list[float]) -> dict[str, float]:
    """Return the middle and the ninety-ninth of a hundred, in milliseconds."""
    ordered = sorted(latencies_s) or [0.0]
    return {f"p{p}_ms": ordered[min(len(ordered) - 1, int(len(ordered) * p / 100))] * 1000 for p in (50, 99)}


def answer(result: dict[str, Any]) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(main())
