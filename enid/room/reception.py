"""Who may come into a room and stay: tickets against the roster, and news of the roster while people are there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from enid.room import roster, session
from enid.room.live import Room
from enid.room.peers import JOIN_COSTS, Peer
from enid.room.presence import Presence, Wheel
from enid.room.protocol import CLOSE_CODES, Bye
from enid.room.roster import Roster
from enid.room.session import Phase, Refused
from enid.room.session import commands as c

if TYPE_CHECKING:
    from enid.room.hub import Hub

logger = logging.getLogger("enid.room")

MOST_HERE = 24
MOST_WINDOWS = 8
FORGET_ROOM_S = 600.0


class Turned(Exception):
    """A socket may not stay; `why` names the close code."""

    def __init__(self, why: Bye, hint: str = "") -> None:
        super().__init__(CLOSE_CODES[why])
        self.why = why
        self.hint = hint


class Reception:
    """Seats who comes, notices who goes."""

    def __init__(self, hub: Hub, wheel: Wheel, grace_s: float) -> None:
        self._hub = hub
        self._wheel = wheel
        self.presence = Presence(wheel, grace_s, self._drop, self._leave_door)

    async def come(self, room: Room, peer: Peer, last: int) -> None:
        """Seat a socket that has a valid ticket.

        raises: Turned
        """
        if peer.seat not in room.roster.chairs:
            if not room.strangers.take():
                raise Turned(Bye.TOO_FAST)
            await self.refresh(room)  # they may have joined the group a moment ago
        self._check(room.roster, peer)
        if not self._hub.is_current(room):
            raise Turned(Bye.RESTART)
        if not room.has_line(peer.seat) and len(room.peers) >= MOST_HERE:
            raise Turned(Bye.TOO_FAST)
        room.recognise(peer)
        if not peer.is_let_in and len(room.at_door(peer.seat)) >= MOST_WINDOWS:
            raise Turned(Bye.TOO_FAST)  # whoever knocked first keeps their place
        if not peer.pace.words.take(JOIN_COSTS):
            raise Turned(Bye.TOO_FAST)
        self.presence.came(room, peer)
        if not self.arrives(room, peer, lambda: room.join(peer, last)):
            room.join(peer, last)
        windows = room.windows_like(peer)
        if len(windows) > MOST_WINDOWS:
            await windows[0].bye(Bye.REPLACED)

    def arrives(self, room: Room, peer: Peer, then: Callable[[], None] = lambda: None) -> bool:
        """Tell the session of an arrival; `then` is done once that is kept. Say whether it changes anything."""
        return self._tell_session(
            room, c.Arrive(peer.seat, peer.is_let_in), lambda _: None if peer.is_gone else then()
        )

    def _check(self, known: Roster, peer: Peer) -> None:
        chair = known.chairs.get(peer.seat)
        if chair is None:
            raise Turned(Bye.GONE)
        if chair.person_id != peer.ticket.person_id or peer.ticket.issued_at <= chair.tickets_from:
            raise Turned(Bye.NOT_YOURS)
        if peer.ticket.role not in ("table", chair.role.value) or (
            peer.is_table and chair.role is not session.Role.LEADER
        ):
            raise Turned(Bye.NOT_YOURS)

    def gone(self, room: Room, peer: Peer, *, on_purpose: bool) -> None:
        """Take a socket away."""
        if not self.presence.went(room, peer):
            self.presence.expect_page_back(room, peer)
            return
        if peer.is_let_in:
            room.circle.lower_hand(peer.seat)
        if not self._hub.is_current(room):
            return
        if on_purpose:
            room.circle.after.goes(peer.seat)
            self._tell_session(room, c.Leave(peer.seat) if peer.is_let_in else c.LeaveDoor(peer.seat))
        elif room.session.phase is not Phase.CLOSED:
            self.presence.expect_back(room, peer.seat, let_in=peer.is_let_in)
        if not room.peers:
            self._wheel.put(room.id, FORGET_ROOM_S, lambda: self._hub.put_away(room))

    def _drop(self, room: Room, seat: str) -> None:
        if not room.has_line(seat) and self._hub.is_current(room):
            self._tell_session(room, c.Drop(seat))

    def _leave_door(self, room: Room, seat: str) -> None:
        if not room.at_door(seat) and self._hub.is_current(room):
            self._tell_session(room, c.LeaveDoor(seat))

    def knock_again(self, room: Room, seat: str) -> None:
        """Have those knock who are still at the door of a seat whose other browser was let in."""
        if waiting := room.at_door(seat):
            self.arrives(room, waiting[0])

    def _tell_session(
        self, room: Room, command: c.Command, settled: Callable[[bool], None] | None = None
    ) -> bool:
        """Tell the session a fact of the line; where it cannot be taken there is nothing to say to anyone."""
        try:
            return room.act(command, settled=settled)
        except Refused as refused:
            if refused.code != "closed":
                logger.info("room line: %s", refused.code)
            return False

    # News of the roster.

    async def refresh(self, room: Room) -> None:
        """Read who belongs and tell those concerned."""
        room.asked += 1
        asked = room.asked
        found = await self._hub.in_database(roster.load, room.id)
        if asked < room.answered:
            return  # somebody asked later and was answered sooner
        room.answered = asked
        if found is None:
            await self._hub.give_up(room, Bye.GONE)
            return
        before, room.circle.roster = room.roster, found
        if found == before:
            return
        self.reconcile(room)
        for peer in room.everyone():
            try:
                self._check(found, peer)
            except Turned as turned:
                room.circle.after.goes(peer.seat)
                await peer.bye(turned.why)
        if found.options != before.options:
            room.join_anew()
        room.circle.tell_people()

    def reconcile(self, room: Room) -> None:
        """Set chairs for those who joined, take away the chairs of those who left."""
        if room.session.phase is Phase.CLOSED:
            return
        seated = {seat.id: seat.role for seat in room.session.seats}
        for seat, role in seated.items():
            if seat not in room.roster.chairs or room.roster.chairs[seat].role is not role:
                self._tell_session(room, c.RemoveSeat(seat))
        for seat, chair in room.roster.chairs.items():
            if seated.get(seat) is not chair.role:
                self._tell_session(room, c.AddSeat(seat, chair.role))
