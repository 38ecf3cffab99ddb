"""After the close: the leaders' debrief, and the door at which one leader may stay a little. In memory alone.

No fact of the session. Who is in one of the two places is known to those in it and to nobody else; that a leader
stays at the door is told to everyone who was in the circle, since they may come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enid.room.peers import Peer
from enid.room.protocol import IN_THE_CIRCLE, LEADERS, Message, Refused
from enid.room.session import Phase, Session
from enid.room.voices import Voices


class Place:
    """Those who went to the same place. Whoever's line broke still belongs to it; whoever goes does not."""

    carries_sound = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.seats: dict[str, None] = {}
        self.peers: dict[Peer, None] = {}
        self.voices = Voices(self.peers)

    def is_here(self, id: str | None) -> bool:
        """Say whether the person of this seat belongs to it."""
        return id in self.seats

    def seat(self, id: str | None) -> str | None:
        """Return the seat, if it is one of this place; here no other is known."""
        return id if id in self.seats else None

    def takes(self, peer: Peer) -> None:
        """Take somebody in."""
        self.seats[peer.seat] = None
        self.peers[peer] = None

    def lets_go(self, seat: str) -> list[Peer]:
        """Let go of a seat; return its sockets."""
        gone = [peer for peer in self.peers if peer.seat == seat]
        for peer in gone:
            del self.peers[peer]
        self.seats.pop(seat, None)
        self.voices.settle(self)
        return gone


class After:
    """Both places of one room."""

    def __init__(self, peers: Mapping[Peer, None]) -> None:
        self._peers = peers
        self.debrief = Place("debrief")
        self.door = Place("door")
        self.kept_out: frozenset[str] = (
            frozenset()
        )  # asked to step outside and not taken back before the close
        self.stays: str | None = None  # the leader at the door; when they go, it ends

    @property
    def is_empty(self) -> bool:
        """Say whether nobody is in either place."""
        return not self.debrief.peers and not self.door.peers

    def hear(self, peer: Peer, message: Message, session: Session, *, lingers: bool) -> None:
        """Act on what somebody said after the close.

        lingers: whether the group wants a leader to be able to stay
        raises:  Refused
        """
        if session.phase is not Phase.CLOSED:
            raise Refused("not_closed")
        if message.t == "after":
            self._go(peer, message.fields["room"], session, lingers=lingers)
        elif (place := self._place_of(peer.seat)) and peer in place.peers:
            place.voices.hear(peer, message, place)
        else:
            raise Refused("closed")

    def _go(self, peer: Peer, name: str | None, session: Session, *, lingers: bool) -> None:
        if name is None:
            self.goes(peer.seat)
            return
        self._check_may(peer, name, session, lingers=lingers)
        place = self.debrief if name == "debrief" else self.door
        if self._place_of(peer.seat) is not place:
            self.goes(peer.seat)
        place.takes(peer)
        if place is self.door and self.stays is None:
            self.stays = peer.seat
            self._tell_others()
        self._tell(place)
        place.voices.repeat_to(peer)

    def _check_may(self, peer: Peer, name: str, session: Session, *, lingers: bool) -> None:
        if not session.carries_sound or (name == "door" and not lingers):
            raise Refused("off")
        if peer.audience not in IN_THE_CIRCLE:
            raise Refused("not_yours")
        seat = session.seat(peer.seat)
        if peer.seat in self.kept_out or (seat and seat.asked_out):
            raise Refused("asked_out")
        if peer.audience in LEADERS:
            return
        if name == "debrief":
            raise Refused("not_a_leader")
        if not any(other.seat == self.stays for other in self.door.peers):
            raise Refused("no_leader")

    def goes(self, seat: str) -> None:
        """Let somebody go; with the leader who stays the door ends for all."""
        place = self._place_of(seat)
        if place is None:
            return
        if place is self.door and seat == self.stays:
            self._end_door()
            return
        for peer in place.lets_go(seat):
            peer.tell(self._notice(None))
        self._tell(place)

    def forget(self, peer: Peer) -> None:
        """Forget a socket that is gone; the seat stays in its place as long as anybody is there."""
        self.debrief.peers.pop(peer, None)
        self.door.peers.pop(peer, None)
        if not self.debrief.peers:
            self.debrief = Place("debrief")
        if not self.door.peers and self.stays is not None:
            self._end_door()

    def repeat_to(self, peer: Peer) -> None:
        """Tell somebody who comes that a leader stays."""
        if self.stays is not None and peer.audience in IN_THE_CIRCLE:
            peer.tell(self._notice(None))

    def _end_door(self) -> None:
        self.door, self.stays = Place("door"), None
        self._tell_others()

    def _place_of(self, seat: str) -> Place | None:
        return next((place for place in (self.debrief, self.door) if seat in place.seats), None)

    def _tell(self, place: Place) -> None:
        for peer in place.peers:
            peer.tell(self._notice(place))

    def _tell_others(self) -> None:
        """Tell everyone who was in the circle and is in neither place."""
        for peer in self._peers:
            if (
                peer.audience in IN_THE_CIRCLE
                and peer not in self.debrief.peers
                and peer not in self.door.peers
            ):
                peer.tell(self._notice(None))

    def _notice(self, place: Place | None) -> dict[str, Any]:
        name, seats = (place.name, list(place.seats)) if place else (None, [])
        return {"t": "after", "room": name, "seats": seats, "stays": self.stays}
