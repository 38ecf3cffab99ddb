"""One room in memory: the only writer of its versions, and the teller of what has been kept.

Two states: `session` is what has been decided, `told` what has been kept in the log and may be told.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, Protocol

from enid.room import protocol, session
from enid.room.peers import Peer, encode
from enid.room.protocol import Audience, Message
from enid.room.roster import Roster
from enid.room.session import Event, Refused, Session, Status, events
from enid.room.session import commands as c
from enid.room.store import Kept, Row
from enid.room.writer import Append

TAIL = 200
REMEMBERED = 400
SNAPSHOT_EVERY = 100

_MOVES_SOMEBODY = (
    events.Arrived,
    events.Knocked,
    events.Admitted,
    events.Dropped,
    events.WentAway,
    events.SeatAdded,
    events.SeatRemoved,
    events.PresenterMarked,
    events.MarkUndone,
    events.PresenterFreed,
    events.SecondCaseBegan,
    events.Closed,
)
"""Facts after which somebody may belong to another audience."""

Passing = dict[str, dict[str, Any]]  # notices that a newcomer hears too: kind -> seat or side -> notice


class House(Protocol):
    """What a room needs from the hub."""

    def now(self) -> int: ...
    def write(self, job: Append) -> None: ...
    def kept(self, room: Room, facts: list[Event]) -> None: ...
    def snapshot(self, room: Room) -> None: ...
    def reload(self, room: Room) -> None: ...


class Room:
    """A room that this process owns."""

    def __init__(self, house: House, roster: Roster, kept: Kept) -> None:
        self.house = house
        self.roster = roster
        self.id = roster.meeting_id
        self.peers: dict[str, list[Peer]] = {}
        self.epoch = 1
        self.is_stale = False  # being read anew: what is said meanwhile has to be said again
        self.passing: Passing = {}
        self.read(kept)

    def read(self, kept: Kept) -> None:
        """Take the state from what is kept."""
        state = session.restore(json.loads(kept.snapshot)) if kept.snapshot else None
        self.tail: deque[tuple[Event, Session]] = deque(maxlen=TAIL)
        self.seen: OrderedDict[str, None] = OrderedDict()
        for row in kept.rows:
            fact = session.event_from_json(json.loads(row.body))
            state = session.evolve(state, fact)
            self.tail.append((fact, state))
            self._remember(row.said)
        self.decided = self.kept = state

    @property
    def is_open(self) -> bool:
        """Say whether the session has begun to be kept."""
        return self.kept is not None

    @property
    def session(self) -> Session:
        """Return what has been decided."""
        return _needed(self.decided)

    @property
    def told(self) -> Session:
        """Return what has been kept and may be told."""
        return _needed(self.kept)

    # What is decided.

    def act(
        self, command: c.Command, *, said: str = "", settled: Callable[[bool], None] | None = None
    ) -> bool:
        """Decide, and queue what follows; say whether anything does.

        raises: Refused
        """
        at = self.house.now()
        facts = session.decide(self.decided, command, at=at)
        if not facts:
            return False
        state, steps, rows = self.decided, [], []
        for fact in facts:
            state = session.evolve(state, fact)
            steps.append((fact, state))
            body = json.dumps(session.event_to_json(fact), separators=(",", ":"))
            rows.append(Row(self.id, state.version, type(fact).__name__, body, said))
        self.decided = state
        self._remember(said)
        self.house.write(Append(self.id, self.epoch, rows, lambda kept: self._settle(steps, kept, settled)))
        return True

    def _settle(
        self, steps: list[tuple[Event, Session]], kept: bool, settled: Callable[[bool], None] | None
    ) -> None:
        if kept:
            for fact, after in steps:
                self._tell_fact(fact, after)
        elif not self.is_stale:
            self.is_stale = True
            self.house.reload(self)
        if settled:
            settled(kept)
        if kept:
            self.house.kept(self, [fact for fact, _ in steps])

    def _remember(self, said: str) -> None:
        if said:
            self.seen[said] = None
            if len(self.seen) > REMEMBERED:
                self.seen.popitem(last=False)

    # What a person says.

    def hear(self, peer: Peer, message: Message) -> None:
        """Act on one message of one person, or refuse it with a code."""
        try:
            if self.is_stale:
                raise Refused("try_again")
            if message.t in protocol.EPHEMERAL:
                self._pass_on(peer, message)
            else:
                self._wish(peer, message)
        except Refused as refused:
            peer.tell(protocol.refused(message.id, refused.code))

    def _wish(self, peer: Peer, message: Message) -> None:
        said = mark_of(peer, message)
        if said in self.seen:  # a repeat after a broken line: it has been done
            self._answer(peer, message, kept=True)
            return
        if peer.audience is Audience.WAITING:
            raise Refused("not_yours")
        protocol.check_fresh(message, self.session)
        command = protocol.command_for(message, peer.seat)
        if command is None:
            raise Refused("unknown")
        if not self.act(command, said=said, settled=lambda kept: self._answer(peer, message, kept=kept)):
            self._answer(peer, message, kept=True)

    def _answer(self, peer: Peer, message: Message, *, kept: bool) -> None:
        peer.tell(
            protocol.done(message.id, self.told.version)
            if kept
            else protocol.refused(message.id, "try_again")
        )

    def _pass_on(self, peer: Peer, message: Message) -> None:
        """Relay what is never kept, to those who may hear it."""
        if self.told.phase is session.Phase.CLOSED:
            raise Refused("closed")
        protocol.check_may_say(message, peer.audience, self.roster.options)
        notice = protocol.notice_for(message, peer.seat)
        self._keep_in_mind(message, notice)
        ready = encode(notice)
        for one in self.everyone():
            if one.audience in protocol.HEARD_BY[message.t]:
                one.line.write(ready)
        peer.tell(protocol.done(message.id, self.told.version))

    def _keep_in_mind(self, message: Message, notice: dict[str, Any]) -> None:
        """Keep in memory what a newcomer hears too."""
        if message.t not in ("touch", "hand", "on_call", "chair"):
            return
        key = str(notice["side"] if message.t == "touch" else "" if message.t == "chair" else notice["seat"])
        kind = self.passing.setdefault(message.t, {})
        if notice["on"]:
            kind[key] = notice
        else:
            kind.pop(key, None)

    # What is told.

    def everyone(self) -> list[Peer]:
        """Return every socket of the room."""
        return [peer for peers in self.peers.values() for peer in peers]

    def _tell_fact(self, fact: Event, after: Session) -> None:
        self.kept = after
        self.tail.append((fact, after))
        ready: dict[Audience, bytes] = {}
        moves = isinstance(fact, _MOVES_SOMEBODY)
        for peer in self.everyone():
            if moves and (audience := self.audience_of(peer)) is not peer.audience:
                self._welcome(peer, audience)
                continue
            if peer.audience not in ready:
                ready[peer.audience] = encode(protocol.event_for(fact, after, peer.audience))
            peer.line.write(ready[peer.audience])

    def audience_of(self, peer: Peer) -> Audience:
        """Return to which audience a socket belongs now."""
        if peer.is_table:
            return Audience.TABLE
        return protocol.audience_of(self.told, peer.seat)

    def _welcome(self, peer: Peer, audience: Audience) -> None:
        """Give a socket what its new audience may know."""
        was_outside = peer.audience is Audience.WAITING
        peer.audience = audience
        peer.tell(protocol.snapshot_frame(self.told, audience, peer.seat, options=self.roster.options))
        if was_outside or audience is Audience.LEADER:
            self._tell_around(peer)

    def join(self, peer: Peer, last: int) -> None:
        """Tell a socket that has come (back) where the session is."""
        peer.audience = self.audience_of(peer)
        missed = self._missed(peer, last)
        if missed is None:
            peer.tell(
                protocol.hello(
                    self.told, peer.audience, peer.seat, now=self.house.now(), options=self.roster.options
                )
            )
        else:
            for ready in missed:
                peer.line.write(ready)
        self._tell_around(peer)

    def _missed(self, peer: Peer, last: int) -> list[bytes] | None:
        """Return the facts after `last`, or None where only the whole state will do."""
        if not self.tail or not self.tail[0][1].version <= last < self.told.version:
            return None
        states = [after for _, after in self.tail if after.version >= last]
        if not peer.is_table and any(
            protocol.audience_of(state, peer.seat) is not peer.audience for state in states
        ):
            return None
        return [
            encode(protocol.event_for(fact, after, peer.audience))
            for fact, after in self.tail
            if after.version > last
        ]

    def _tell_around(self, peer: Peer) -> None:
        """Tell names and what is true only in memory."""
        if peer.audience is Audience.WAITING:
            return
        peer.tell(self.people())
        for kind, notices in self.passing.items():
            if peer.audience in protocol.HEARD_BY[kind]:
                for notice in notices.values():
                    peer.tell(notice)

    def people(self) -> dict[str, Any]:
        """Return the names of the circle, which are never kept in the log."""
        return {"t": "people", "people": self.roster.names}

    def tell_people(self) -> None:
        """Tell the names anew."""
        ready = encode(self.people())
        for peer in self.everyone():
            if peer.audience is not Audience.WAITING:
                peer.line.write(ready)

    def tell_state(self) -> None:
        """Tell everyone the whole state anew."""
        for peer in self.everyone():
            peer.audience = self.audience_of(peer)
            peer.tell(
                protocol.snapshot_frame(self.told, peer.audience, peer.seat, options=self.roster.options)
            )

    # Who has a line.

    def has_line(self, seat: str) -> bool:
        """Say whether any socket of this seat is open; three windows are one person."""
        return bool(self.peers.get(seat))

    def unheard(self) -> list[str]:
        """Return the seats that count as here or waiting although no socket of theirs is open."""
        if self.session.phase is session.Phase.CLOSED:
            return []
        there = (Status.HERE, Status.WAITING)
        return [seat.id for seat in self.session.seats if seat.status in there and not self.has_line(seat.id)]


def _needed(state: Session | None) -> Session:
    if state is None:
        raise Refused("try_again")
    return state


def mark_of(peer: Peer, message: Message) -> str:
    """Return what the log keeps of a message's own id: a hash, since a tampered page could write words into it."""
    text = f"{peer.seat} {message.id}" if message.id else ""
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest() if text else ""
