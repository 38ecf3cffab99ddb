"""What a room has told and whom: the kept state, those who listen, one ready-made frame for each audience."""

from __future__ import annotations

from collections import deque
from typing import Any

from django.utils import timezone

from enid.room import ice, protocol, store
from enid.room.after import After
from enid.room.peers import Peer, encode
from enid.room.protocol import Audience, Message
from enid.room.roster import Roster
from enid.room.session import Event, Phase, Session, events
from enid.room.store import Kept
from enid.room.voices import Voices

TAIL = 200
Answers = dict[Peer, tuple[bytes, ...]]

_MOVES_SOMEBODY = (
    events.Arrived,
    events.Knocked,
    events.Admitted,
    events.AdmittedBeside,
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


class Circle:
    """The sockets that know where the session is, and the state they know."""

    def __init__(self, roster: Roster, kept: Kept) -> None:
        self.roster = roster
        self.peers: dict[Peer, None] = {}
        self.passing: dict[
            str, dict[str, dict[str, Any]]
        ] = {}  # kind -> seat or side -> notice, in memory only
        self.voices = Voices(self.peers)
        self.after = After(self.peers)
        self.read(kept)

    def read(self, kept: Kept) -> None:
        """Take the state from what is kept."""
        self.tail: deque[tuple[Event, Session]] = deque(store.steps_of(kept), maxlen=TAIL)
        self.state = self.tail[-1][1] if self.tail else store.snapshot_of(kept)

    def forget_presenter(self, bare: Session) -> None:
        """Keep in memory only what the log keeps after the close."""
        self.after.kept_out |= {seat.id for seat in self.told.seats if seat.asked_out}
        self.state = bare
        self.tail.clear()
        self.passing.clear()
        self.voices.clear()

    @property
    def told(self) -> Session:
        """Return what has been told."""
        if self.state is None:
            raise protocol.Refused("try_again")
        return self.state

    # Facts.

    def tell_fact(self, fact: Event, after: Session, answers: Answers) -> None:
        """Tell a fact that is kept, to each as they may hear it; whoever asked for it gets the answer in the same breath."""
        self.state = after
        self.voices.settle(after)
        self.tail.append((fact, after))
        ready: dict[Audience, bytes] = {}
        moves = isinstance(fact, _MOVES_SOMEBODY)
        for peer in self.peers:
            if moves and (audience := self._audience_of(peer)) is not peer.audience:
                self._welcome(peer, audience)
                continue
            if peer.audience not in ready:
                ready[peer.audience] = encode(protocol.event_for(fact, after, peer.audience))
            if answers and peer in answers:
                peer.line.write(ready[peer.audience], *answers.pop(peer))
            else:
                peer.line.write(ready[peer.audience])

    def _audience_of(self, peer: Peer) -> Audience:
        return protocol.audience_of(self.told, peer.seat, table=peer.is_table, let_in=peer.is_let_in)

    def _welcome(self, peer: Peer, audience: Audience) -> None:
        """Give a socket what its new audience may know."""
        knew_less = peer.audience is Audience.WAITING or audience is Audience.LEADER
        peer.audience = audience
        self._tell_state_to(peer)
        if knew_less:
            self._tell_around(peer)

    def _tell_state_to(self, peer: Peer) -> None:
        options = self.roster.options
        peer.tell(protocol.snapshot_frame(self.told, peer.audience, peer.seat, options=options))

    def tell_state(self) -> None:
        """Tell everyone the whole state anew."""
        for peer in self.peers:
            peer.audience = self._audience_of(peer)
            self._tell_state_to(peer)

    # Coming (back).

    def join(self, peer: Peer, last: int, *, now: int) -> None:
        """Tell a socket that saw version `last` where the session is."""
        peer.audience = self._audience_of(peer)
        self.peers[peer] = None
        missed = self._missed(peer, last)
        if missed is None:
            options = self.roster.options
            peer.tell(protocol.hello(self.told, peer.audience, peer.seat, now=now, options=options))
        else:
            for ready in missed:
                peer.line.write(ready)
        self._tell_around(peer)

    def _missed(self, peer: Peer, last: int) -> list[bytes] | None:
        """Return the facts after `last`, or None where only the whole state will do."""
        if not self.tail or not self.tail[0][1].version <= last < self.told.version:
            return None
        steps = [(fact, after) for fact, after in self.tail if after.version >= last]
        for fact, after in steps:
            if isinstance(fact, events.Admitted | events.AdmittedBeside) and fact.seat == peer.seat:
                return None  # a browser of this seat knew less before
            if protocol.audience_of(after, peer.seat, table=peer.is_table) is not peer.audience:
                return None
        return [encode(protocol.event_for(fact, after, peer.audience)) for fact, after in steps[1:]]

    def _tell_around(self, peer: Peer) -> None:
        """Tell names and what is true only in memory."""
        if peer.audience is Audience.WAITING:
            return
        peer.tell(protocol.people(self.roster.names))
        for kind, notices in self.passing.items():
            if peer.audience in protocol.HEARD_BY[kind]:
                for notice in notices.values():
                    peer.tell(notice)
        if self.told.carries_sound and peer.audience in protocol.HAS_SOUND:
            _tell_ways(peer)
        self.voices.repeat_to(peer)
        self.after.repeat_to(peer)

    def forget(self, peer: Peer) -> None:
        """Forget a socket that is gone."""
        self.peers.pop(peer, None)
        self.after.forget(peer)

    def tell_people(self) -> None:
        """Tell the names anew."""
        ready = encode(protocol.people(self.roster.names))
        for peer in self.peers:
            if peer.audience is not Audience.WAITING:
                peer.line.write(ready)

    # What passes.

    def pass_on(self, peer: Peer, message: Message) -> None:
        """Tell those who may hear it what is never kept."""
        if message.t in protocol.MEDIA:
            self.hear_media(peer, message)
            return
        notice = protocol.notice_for(message, peer.seat)
        self._keep_in_mind(message.t, notice)
        self._tell_notice(notice)

    def hear_media(self, peer: Peer, message: Message) -> None:
        """Act on what is about sound and picture: in the circle, or in the places after its close."""
        if message.t == "ways":
            self._hear_ways(peer)
        elif message.t == "after" or self.told.phase is Phase.CLOSED:
            self.after.hear(peer, message, self.told, lingers=self.roster.options.lingering)
        else:
            self.voices.hear(peer, message, self.told)

    def _hear_ways(self, peer: Peer) -> None:
        if not self.told.carries_sound:
            raise protocol.Refused("off")
        if peer.audience not in protocol.HAS_SOUND:
            raise protocol.Refused("not_yours")
        _tell_ways(peer)

    def lower_hand(self, seat: str) -> None:
        """Take down the hand of someone who is gone, and what was said of their line."""
        for kind in ("hand", "weak"):
            if notice := self.passing.get(kind, {}).pop(seat, None):
                self._tell_notice({**notice, "on": False})

    def tell_seat(self, seat: str, notice: dict[str, Any]) -> None:
        """Tell one person alone, at each of their windows; it is kept nowhere, not even for who comes back."""
        for peer in self.peers:
            if peer.seat == seat and peer.audience in protocol.HAS_SOUND:
                peer.tell(notice)

    def _tell_notice(self, notice: dict[str, Any]) -> None:
        ready = encode(notice)
        for peer in self.peers:
            if peer.audience in protocol.HEARD_BY[notice["t"]]:
                peer.line.write(ready)

    def _keep_in_mind(self, kind: str, notice: dict[str, Any]) -> None:
        """Keep in memory what a newcomer hears too."""
        if kind not in ("touch", "hand", "on_call", "chair", "weak"):
            return
        key = str(notice["side"] if kind == "touch" else "" if kind == "chair" else notice["seat"])
        notices = self.passing.setdefault(kind, {})
        if notice["on"]:
            notices[key] = notice
        else:
            notices.pop(key, None)


def _tell_ways(peer: Peer) -> None:
    """Hand out credentials for the relays; whoever still waits at the door gets none here."""
    peer.tell(protocol.ways(ice.servers(until=timezone.now() + ice.CREDENTIALS_LIVE)))
