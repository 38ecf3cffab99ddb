"""Whose sound and picture come from which page, and what two browsers say to find each other.

All of it in memory, nothing of it logged. A person has one voice: the page that claimed it last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from enid.room.peers import Peer, encode
from enid.room.protocol import HAS_SOUND, LEADERS, Audience, Message, Refused


@dataclass(frozen=True, slots=True)
class Voice:
    """Where the sound and the picture of a seat come from.

    since: grows with each claim in this room, so that of any two pages both know which one came later
    """

    page: str
    since: int
    mic: bool
    camera: bool


class Together(Protocol):
    """Those among whom sound and picture go: a session, or a place after its close."""

    @property
    def carries_sound(self) -> bool: ...
    def is_here(self, id: str | None) -> bool: ...
    def seat(self, id: str | None) -> object | None: ...


class Voices:
    """The voices of one circle."""

    def __init__(self, peers: Mapping[Peer, None]) -> None:
        self._peers = peers
        self._of: dict[str, Voice] = {}
        self._claims = 0

    def settle(self, together: Together) -> None:
        """Forget the voice of whoever is not here; they claim it anew when they are back."""
        if self._of:
            self._of = {seat: voice for seat, voice in self._of.items() if together.is_here(seat)}

    def clear(self) -> None:
        """Forget every voice."""
        self._of.clear()

    def repeat_to(self, peer: Peer) -> None:
        """Tell somebody who comes what everyone else was told."""
        for seat, voice in self._of.items():
            peer.tell(_notice(seat, voice))

    def hear(self, peer: Peer, message: Message, together: Together) -> None:
        """Act on what somebody said about sound and picture.

        raises: Refused
        """
        _check_carries(peer, together)
        if message.t == "voice":
            self._claim(peer, message)
        elif message.t == "signal":
            self._relay(peer, message, together)
        else:
            self._ask(peer, message, together)

    def _claim(self, peer: Peer, message: Message) -> None:
        said = message.fields
        had, page = self._of.get(peer.seat), str(said["page"])
        if had and had.page != page and not said["take"]:
            raise Refused("elsewhere")
        peer.page = page
        if had is None or had.page != page:
            self._claims += 1
        since = had.since if had and had.page == page else self._claims
        self._tell_all(peer.seat, Voice(page, since, said["mic"], said["camera"]))

    def _relay(self, peer: Peer, message: Message, together: Together) -> None:
        said, mine = message.fields, self._of.get(peer.seat)
        _check_meant(peer, said["to"], together)
        if mine is None or not mine.page == peer.page == said["from"]:
            raise Refused("elsewhere")
        page = said["page"]
        told = {"t": "signal", "seat": peer.seat, "from": said["from"], "page": page, "data": said["data"]}
        meant = (other for other in self._sockets(said["to"]) if page is None or other.page in (page, None))
        _tell((other for other in meant if other.line.has_room()), told)  # a flood cuts nobody off

    def _ask(self, peer: Peer, message: Message, together: Together) -> None:
        """Mute somebody, or ask them to unmute; nobody can be unmuted from afar."""
        if peer.audience not in LEADERS:
            raise Refused("not_a_leader")
        seat = str(message.fields["seat"])
        _check_meant(peer, seat, together)
        voice = self._of.get(seat)
        if message.t == "mute" and voice and voice.mic:
            self._tell_all(seat, Voice(voice.page, voice.since, mic=False, camera=voice.camera))
        _tell(self._sockets(seat), {"t": message.t, "seat": peer.seat})

    def _sockets(self, seat: str) -> list[Peer]:
        """Return the sockets of a seat that are in the circle."""
        return [peer for peer in self._peers if peer.seat == seat and peer.audience in HAS_SOUND]

    def _tell_all(self, seat: str, voice: Voice) -> None:
        self._of[seat] = voice
        _tell((peer for peer in self._peers if peer.audience is not Audience.WAITING), _notice(seat, voice))


def _check_carries(peer: Peer, together: Together) -> None:
    if not together.carries_sound:
        raise Refused("off")
    if peer.audience not in HAS_SOUND:
        raise Refused("not_yours")
    if not together.is_here(peer.seat):
        raise Refused("not_here")


def _check_meant(peer: Peer, seat: str, together: Together) -> None:
    if together.seat(seat) is None:
        raise Refused("unknown_seat")
    if seat == peer.seat:
        raise Refused("oneself")
    if not together.is_here(seat):
        raise Refused("not_here")


def _notice(seat: str, voice: Voice) -> dict[str, Any]:
    return {
        "t": "media",
        "seat": seat,
        "page": voice.page,
        "since": voice.since,
        "mic": voice.mic,
        "camera": voice.camera,
    }


def _tell(peers: Iterable[Peer], notice: dict[str, Any]) -> None:
    ready = encode(notice)
    for peer in peers:
        peer.line.write(ready)
