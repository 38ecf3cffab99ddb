"""Who has a line: three windows are one person, and a seat is dropped only when its last line has been gone a while.

One wheel turns for the whole process; nothing here walks all rooms or all sockets.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from collections.abc import Callable, Hashable

from enid.room.live import Room
from enid.room.peers import Peer

AFTER_RESTART = 3
"""Times the usual grace, since everyone comes back at once."""


Deed = Callable[[Room, str], None]


class Wheel:
    """Deeds for later, in slots: putting in and taking out cost the same however many there are.

    It counts its own turns. A process that hung for a while takes nobody else's silence for a broken line.
    """

    def __init__(self, step_s: float = 0.25) -> None:
        self._step_s = step_s
        self._turn = 0
        self._slots: defaultdict[int, dict[Hashable, Callable[[], None]]] = defaultdict(dict)
        self._slot_of: dict[Hashable, int] = {}

    def put(self, key: Hashable, after_s: float, do: Callable[[], None]) -> None:
        """Do this after a while; what stood under the same key is forgotten."""
        self.take_out(key)
        slot = self._turn + max(1, math.ceil(after_s / self._step_s))
        self._slots[slot][key] = do
        self._slot_of[key] = slot

    def take_out(self, key: Hashable) -> None:
        """Do it never."""
        slot = self._slot_of.pop(key, None)
        if slot is not None:
            del self._slots[slot][key]

    def turn(self) -> list[Callable[[], None]]:
        """Go on by one slot and return what is due."""
        self._turn += 1
        due = self._slots.pop(self._turn, {})
        for key in due:
            del self._slot_of[key]
        return list(due.values())

    async def run(self, safely: Callable[[Callable[[], None]], None]) -> None:
        """Turn until cancelled; `safely` does one deed so that a failure stops no other."""
        while True:
            await asyncio.sleep(self._step_s)
            for deed in self.turn():
                safely(deed)


class Presence:
    """Counts lines by seat and gives those who lost their last one a few seconds."""

    def __init__(self, wheel: Wheel, grace_s: float, drop: Deed, leave_door: Deed) -> None:
        self._wheel = wheel
        self._grace_s = grace_s
        self._drop = drop
        self._leave_door = leave_door

    def came(self, room: Room, peer: Peer) -> None:
        """Count one more line of this seat."""
        room.peers.setdefault(peer.seat, []).append(peer)
        self._wheel.take_out((room.id, peer.seat, peer.is_let_in))

    def went(self, room: Room, peer: Peer) -> bool:
        """Count one line less; say whether it was the last of its seat, or the last at the seat's door."""
        peer.is_gone = True
        room.circle.forget(peer)
        peers = room.peers.get(peer.seat, [])
        if peer not in peers:
            return False
        peers.remove(peer)
        if not peers:
            del room.peers[peer.seat]
        return not any(other.is_let_in is peer.is_let_in for other in peers)

    def expect_back(self, room: Room, seat: str, times: int = 1, *, let_in: bool = True) -> None:
        """Drop this seat, or its knock, unless a line of it is back within the grace."""
        do = self._drop if let_in else self._leave_door
        self._wheel.put((room.id, seat, let_in), self._grace_s * times, lambda: do(room, seat))

    def expect_page_back(self, room: Room, peer: Peer) -> None:
        """Let another window of this person carry sound and picture unless their page is back within the grace."""
        if (page := peer.page) is not None:
            self._wheel.put(
                (room.id, peer.seat, page), self._grace_s, lambda: room.circle.voices.release(peer.seat, page)
            )

    def expect_the_absent(self, room: Room, times: int = 1) -> None:
        """Give everyone whose line is not back yet their grace. Where marks are made by hand they stay."""
        if room.session.carries_sound:
            for seat in room.unheard():
                self.expect_back(room, seat, times)
        for seat in room.doors_left():
            self.expect_back(room, seat, times, let_in=False)
