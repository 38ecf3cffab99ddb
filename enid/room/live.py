"""One room in memory: the only writer of its versions. What it decides is told only once it is kept.

Two states: `session` is what has been decided, `told` what has been kept in the log and may be told.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Protocol

from enid.room import protocol, session
from enid.room.circle import Answers, Circle
from enid.room.peers import Bucket, Pace, Peer, encode
from enid.room.protocol import Audience, Message
from enid.room.roster import Roster
from enid.room.session import Because, Event, Phase, Refused, Role, Session, has_come
from enid.room.session import commands as c
from enid.room.session import events as e
from enid.room.store import REMEMBERED, Kept, row_of
from enid.room.writer import Append

LONGEST_HOLD_OFF_S = 5.0
STRANGERS, STRANGERS_PER_S = 10.0, 0.5
"""Tickets for a seat that is not here, each of which has the roster read; whoever left may hold one for hours."""

Steps = tuple[tuple[Event, Session], ...]

_epochs = itertools.count(1)
"""One for each reading of a room from the log, and never the same twice in a process: the writer voids by it."""


class House(Protocol):
    """What a room needs from the hub."""

    def now(self) -> int: ...
    def write(self, job: Append) -> None: ...
    def kept(self, room: Room, facts: list[Event]) -> None: ...
    def reload(self, room: Room) -> None: ...


class Room:
    """A room that this process owns."""

    def __init__(self, house: House, roster: Roster, kept: Kept) -> None:
        self.house = house
        self.id = roster.meeting_id
        self.peers: dict[
            str, list[Peer]
        ] = {}  # every socket by its seat, also those that have not been told yet
        self.paces: defaultdict[tuple[str, bool], Pace] = defaultdict(Pace)
        self.strangers = Bucket(STRANGERS, STRANGERS_PER_S)
        self.let_in: set[tuple[str, str]] = set()  # seat and browser, since the roster was read last
        self.circle = Circle(roster, kept)
        self.decided = self.circle.state
        self.epoch = next(_epochs)
        self.is_stale = False  # being read anew: what is said meanwhile has to be said again
        self.failures = 0
        self.asked = self.answered = 0  # how often the roster was asked for, and which answer was taken last
        self.seen: OrderedDict[str, None] = OrderedDict.fromkeys(kept.said)
        self.unsettled: dict[
            str, list[tuple[Peer, str | None]]
        ] = {}  # who waits for an answer to which message

    def read_anew(self, kept: Kept) -> None:
        """Go back to what is kept, and tell everyone."""
        self.epoch = next(_epochs)
        self.circle.read(kept)
        self.decided = self.circle.state
        self.seen = OrderedDict.fromkeys(kept.said)
        self.is_stale = False
        self.circle.tell_state()

    def forget_presenter(self, bare: Session) -> None:
        """Keep in memory only what the log keeps after the close."""
        self.circle.forget_presenter(bare)
        self.decided = bare
        self.seen.clear()

    @property
    def roster(self) -> Roster:
        """Return who belongs, as the pages say."""
        return self.circle.roster

    @property
    def is_open(self) -> bool:
        """Say whether the session has begun to be kept."""
        return self.circle.state is not None

    @property
    def session(self) -> Session:
        """Return what has been decided."""
        return self.told if self.decided is None else self.decided

    @property
    def told(self) -> Session:
        """Return what has been kept and may be told."""
        return self.circle.told

    @property
    def hold_off_s(self) -> float:
        """Return the seconds to wait before reading anew: longer while writes go on failing."""
        return 0.0 if self.failures < 2 else min(0.05 * 2.0**self.failures, LONGEST_HOLD_OFF_S)

    # What is decided.

    def act(
        self, command: c.Command, *, said: str = "", settled: Callable[[bool], None] | None = None
    ) -> bool:
        """Decide, and queue what follows; say whether anything does.

        raises: Refused
        """
        steps = session.follow(self.decided, command, at=self.house.now())
        if not steps:
            return False
        self.decided = steps[-1][1]
        epoch = self.epoch

        def settle(kept: bool) -> None:
            self._settle(steps, said, kept, epoch)
            if settled:
                settled(kept)
            if kept:
                self.house.kept(self, [fact for fact, _ in steps])

        rows = [row_of(self.id, fact, after, said) for fact, after in steps]
        self.house.write(Append(self.id, epoch, rows, settle))
        return True

    def _settle(self, steps: Steps, said: str, kept: bool, epoch: int) -> None:
        answers: Answers = {}
        version = steps[-1][1].version
        for peer, id in self.unsettled.pop(said, ()):
            answer = protocol.done(id, version) if kept else protocol.refused(id, "try_again")
            answers[peer] = (*answers.get(peer, ()), encode(answer))
        if kept:
            self.failures = 0
            self._remember(said)
            for fact, after in steps:
                if isinstance(fact, e.Admitted | e.AdmittedBeside):
                    self._open_door(fact)
                self.circle.tell_fact(fact, after, answers if after.version == version else {})
        elif epoch == self.epoch and not self.is_stale:  # an older one has been read anew since
            self.failures += 1
            self.is_stale = True
            self.house.reload(self)
        for peer, ready in answers.items():
            peer.line.write(*ready)

    def _remember(self, said: str) -> None:
        if said:
            self.seen[said] = None
            if len(self.seen) > REMEMBERED:
                self.seen.popitem(last=False)

    # What a person says.

    def hear(self, peer: Peer, message: Message) -> None:
        """Act on one message of one person, or refuse it with a code."""
        try:
            if self.is_stale or peer not in self.circle.peers:
                raise Refused("try_again")
            if message.t in protocol.EPHEMERAL or message.t in protocol.MEDIA:
                self._pass_on(peer, message)
            else:
                self._wish(peer, message)
        except Refused as refused:
            peer.tell(protocol.refused(message.id, refused.code))

    def _wish(self, peer: Peer, message: Message) -> None:
        said = mark_of(peer, message)
        if said in self.unsettled:  # a repeat after a broken line: it is being kept
            self.unsettled[said].append((peer, message.id))
            return
        if said in self.seen:  # a repeat: it has been done
            peer.tell(protocol.done(message.id, self.told.version))
            return
        if peer.audience is Audience.WAITING:
            raise Refused("not_yours")
        protocol.check_fresh(message, self.session)
        command = protocol.command_for(message, peer.seat)
        if command is None:
            raise Refused("unknown")
        if self.act(command, said=said, settled=self._aside(message)):
            self.unsettled[said] = [(peer, message.id)]
        else:
            peer.tell(protocol.done(message.id, self.told.version))

    def _aside(self, message: Message) -> Callable[[bool], None] | None:
        """Return what tells whoever is asked outside so, with a private word or none, once it is kept."""
        if message.t != "ask_out":
            return None
        seat, notice = message.fields["seat"], protocol.aside(message.fields.get("word"))

        def tell(kept: bool) -> None:
            if kept:
                self.circle.tell_seat(seat, notice)

        return tell

    def _pass_on(self, peer: Peer, message: Message) -> None:
        """Relay what is never kept, to those who may hear it."""
        if self.told.phase is Phase.CLOSED and message.t not in protocol.MEDIA:
            raise Refused("closed")
        seat = self.told.seat(peer.seat)
        if not peer.is_let_in and seat and has_come(seat):
            raise Refused("not_yours")  # nobody speaks for somebody who has come, be they late or outside
        if message.t == "signal":  # too many to remember; two browsers see themselves to what was lost
            self.circle.hear_media(peer, message)
            return
        said = mark_of(peer, message)
        if message.t in protocol.EPHEMERAL:
            protocol.check_may_say(message, peer.audience, self.roster.options)
        if said not in self.seen:
            self.circle.pass_on(peer, message)
            self._remember(said)
        peer.tell(protocol.done(message.id, self.told.version))

    def join(self, peer: Peer, last: int) -> None:
        """Tell a socket that has come (back) where the session is."""
        self.circle.join(peer, last, now=self.house.now())

    def join_anew(self) -> None:
        """Greet everyone again: the group has switched something on or off."""
        for peer in list(self.circle.peers):
            self.join(peer, last=0)

    # Who has a line.

    def everyone(self) -> list[Peer]:
        """Return every socket of the room."""
        return [peer for peers in self.peers.values() for peer in peers]

    def has_line(self, seat: str) -> bool:
        """Say whether a socket of this seat is open that was let in; three windows are one person."""
        return any(peer.is_let_in for peer in self.peers.get(seat, ()))

    def windows_like(self, peer: Peer) -> list[Peer]:
        """Return the sockets of this seat that were let in, or those at its door, in the order of their coming."""
        return [other for other in self.peers[peer.seat] if other.is_let_in is peer.is_let_in]

    def at_door(self, seat: str) -> list[Peer]:
        """Return the sockets of browsers that no leader has let in, in the order of their coming."""
        return [peer for peer in self.peers.get(seat, ()) if not peer.is_let_in]

    def recognise(self, peer: Peer) -> None:
        """See whether this browser was let in, now or before."""
        chair = self.roster.chairs[peer.seat]
        device = peer.ticket.device
        peer.is_let_in = (
            peer.is_table
            or chair.role is Role.LEADER
            or peer.ticket.known
            or device in chair.devices
            or (peer.seat, device) in self.let_in
        )
        self._give_pace(peer)

    def _give_pace(self, peer: Peer) -> None:
        """Count with the other windows of this person; a browser at the door takes nothing from them."""
        peer.pace = self.paces[peer.seat, peer.is_let_in]

    def _open_door(self, fact: e.Admitted | e.AdmittedBeside) -> None:
        """Let in the browser that knocked first, and no other of the same seat."""
        before, waiting = self.told.seat(fact.seat), self.at_door(fact.seat)
        was_late = isinstance(fact, e.Admitted) and before and before.waits_because is Because.LATE
        if was_late or not waiting:  # late is who was let in before; another browser goes on knocking
            return
        device = waiting[0].ticket.device
        for peer in waiting:
            peer.is_let_in = peer is waiting[0] or (bool(device) and peer.ticket.device == device)
            self._give_pace(peer)
        if device:
            self.let_in.add((fact.seat, device))

    def devices_of(self, seat: str) -> list[str]:
        """Return the browsers that were let in since the roster was read last."""
        return [device for other, device in self.let_in if other == seat]

    def unheard(self) -> list[str]:
        """Return the seats that count as here, or as late, although no socket of theirs is open."""
        if self.session.phase is Phase.CLOSED:
            return []
        return [s.id for s in self.session.seats if session.has_come(s) and not self.has_line(s.id)]

    def doors_left(self) -> list[str]:
        """Return the seats for which a browser counts as knocking although it has gone."""
        return [s.id for s in self.session.seats if session.somebody_knocks(s) and not self.at_door(s.id)]


def mark_of(peer: Peer, message: Message) -> str:
    """Return what the log keeps of a message's own id: a hash, since a tampered page could write words into it."""
    text = f"{peer.seat} {message.id}" if message.id else ""
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest() if text else ""
