"""The load: people at sockets, in a process of its own. Reads one order a line, answers each with one line of JSON.

python -m enid.bench.load DIALECT PORT ROOMS_FILE
"""

import asyncio
import contextlib
import gc
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvloop
from picows import WSListener, WSMsgType, ws_connect

AT_ONCE = 64
Latencies = list[float]


class Room:
    """One circle as the load knows it."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.leader: Any = None
        self.people = 0
        self.said = 0
        self.version = 1
        self.began_at = 0.0  # when the event in flight was due
        self.left = 0  # how many have yet to hear of it
        self.told: Callable[[Room], None] = lambda room: None


class Enid:
    """The wire of docs/protocol.md; the bare baseline speaks as much of it."""

    path = "/ws/room/{room}/"
    is_ready = b'{"t":"hello"'
    is_fact = b'{"v":'
    is_refusal = b'{"t":"refused"'

    def greeting(self, frame: bytes, room: str, ticket: str) -> bytes:
        """Return what to answer to this frame before being ready; the empty frame comes first."""
        return json.dumps({"t": "join", "ticket": ticket, "v": 0}).encode() if not frame else b""

    def event(self, room: Room) -> bytes:
        """Return a stage change: on and back in turn."""
        name = "move_on" if room.said % 2 else "step_back"
        return b'{"t":"%s","id":"%d","v":%d}' % (name.encode(), room.said, room.version)


class SocketIo:
    """engine.io 4 and socket.io 5 over WebSocket."""

    path = "/socket.io/?EIO=4&transport=websocket"
    is_ready = b'42["hello"'
    is_fact = b'42["stage"'
    is_refusal = b"44"

    def greeting(self, frame: bytes, room: str, ticket: str) -> bytes:
        """Return what to answer to this frame before being ready."""
        if frame.startswith(b"0"):
            return b"40"
        return f'42["join","{room}"]'.encode() if frame.startswith(b"40") else b""

    def event(self, room: Room) -> bytes:
        """Return a stage change."""
        return b'42["stage",{"t":"move_on","id":"%d","v":%d}]' % (room.said, room.version)


class Person(WSListener):
    """One socket."""

    def __init__(
        self, dialect: Any, room: Room, ticket: str, ready: Callable[[], None], *, leads: bool
    ) -> None:
        super().__init__()
        self._dialect, self._room, self._ticket = dialect, room, ticket
        self._ready, self._leads, self._is_ready = ready, leads, False

    def on_ws_connected(self, transport: Any) -> None:
        """Join."""
        self._transport = transport
        self._answer(b"")

    def on_ws_frame(self, transport: Any, frame: Any) -> None:
        """Hear a fact, or what comes before."""
        heard = frame.get_payload_as_bytes()
        if heard.startswith(self._dialect.is_fact):
            room = self._room
            if self._leads and heard[0] == 123:
                room.version = int(heard[5 : heard.find(b",")])
            if room.left:
                room.left -= 1
                if not room.left:
                    room.told(room)
        elif heard.startswith(self._dialect.is_refusal):
            sys.exit(f"the load was refused: {heard!r}")
        elif not self._is_ready:
            self._answer(heard)

    def _answer(self, heard: bytes) -> None:
        if heard.startswith(self._dialect.is_ready):
            self._is_ready = True
            self._room.people += 1
            if self._leads:
                self._room.leader = self._transport
            self._ready()
        elif answer := self._dialect.greeting(heard, self._room.id, self._ticket):
            self._transport.send(WSMsgType.TEXT, answer)


class Load:
    """All circles."""

    def __init__(self, dialect: Any, port: int, rooms: list[tuple[str, list[str]]]) -> None:
        self._dialect = dialect
        self._port = port
        self._wanted = rooms
        self._rooms = [Room(id) for id, _ in rooms]
        self._latencies: Latencies = []

    async def connect(self) -> dict[str, Any]:
        """Seat everyone; return how long it took."""
        began = time.perf_counter()
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            *(
                self._seat(gate, room, ticket, leads=number == 0)
                for room, (_, tickets) in zip(self._rooms, self._wanted, strict=True)
                for number, ticket in enumerate(tickets)
            )
        )
        gc.freeze()
        return {"connect_s": time.perf_counter() - began, "sockets": sum(room.people for room in self._rooms)}

    async def _seat(self, gate: asyncio.Semaphore, room: Room, ticket: str, *, leads: bool) -> None:
        async with gate:
            ready = asyncio.Event()
            url = f"ws://127.0.0.1:{self._port}" + self._dialect.path.replace("{room}", room.id)
            await ws_connect(
                lambda: Person(self._dialect, room, ticket, ready.set, leads=leads),
                url,
                read_buffer_init_size=4096,
                websocket_handshake_timeout=60,
            )
            await asyncio.wait_for(ready.wait(), 60)

    def _fire(self, room: Room, due: float) -> None:
        room.said += 1
        room.began_at = due
        room.left = room.people
        room.leader.send(WSMsgType.TEXT, self._dialect.event(room))

    def _heard_by_all(self, room: Room) -> None:
        self._latencies.append(time.perf_counter() - room.began_at)

    async def closed(self, seconds: float) -> dict[str, Any]:
        """Keep one event in flight in every room."""
        ends = time.perf_counter() + seconds

        def again(room: Room) -> None:
            self._heard_by_all(room)
            if (now := time.perf_counter()) < ends:
                self._fire(room, now)

        return await self._measured(again, self._all_at_once(again), seconds)

    async def _all_at_once(self, again: Callable[[Room], None]) -> None:
        for room in self._rooms:
            self._fire(room, time.perf_counter())

    async def open(self, seconds: float, rate: float) -> dict[str, Any]:
        """Send events at a rate, whatever the server does; time counts from when each was due."""
        return await self._measured(self._heard_by_all, self._at_rate(seconds, rate), seconds)

    async def _at_rate(self, seconds: float, rate: float) -> None:
        due = began = time.perf_counter()
        while due < began + seconds:
            due += random.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            room = random.choice(self._rooms)
            while room.left:
                room = random.choice(self._rooms)
            self._fire(room, due)

    async def _measured(self, told: Callable[[Room], None], sending: Any, seconds: float) -> dict[str, Any]:
        self._latencies.clear()
        for room in self._rooms:
            room.told = told
        cpu, began = time.process_time(), time.perf_counter()
        await sending
        while time.perf_counter() - began < seconds or any(room.left for room in self._rooms):
            await asyncio.sleep(0.01)
            if time.perf_counter() - began > seconds + 30:
                sys.exit("the load: some events never reached everyone")
        wall = time.perf_counter() - began
        ms = sorted(latency * 1000 for latency in self._latencies)
        return {
            "events": len(ms),
            "events_per_s": len(ms) / wall,
            "p50_ms": ms[len(ms) // 2],
            "p99_ms": ms[int(len(ms) * 0.99)],
            "load_cpu": (time.process_time() - cpu) / wall,
        }


async def main() -> None:
    """Take orders until the input ends."""
    dialect = SocketIo() if sys.argv[1] == "socketio" else Enid()
    load = Load(dialect, int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text()))
    orders: asyncio.StreamReader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    with contextlib.suppress(asyncio.IncompleteReadError):
        while line := await orders.readline():
            order = json.loads(line)
            answer = await getattr(load, order.pop("do"))(**order)
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
