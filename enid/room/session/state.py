"""The state of one session: who sits where, which stage, who holds the frame.

Pure. No field can hold anything that somebody said or typed: only seat ids, stage indexes,
closed words, flags and milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from enid.groups.formats import Format, Stage


class Setting(StrEnum):
    """Where the group meets."""

    ROOM = "room"  # in one physical room
    BESIDE = "beside"  # beside another call
    VIDEO = "video"  # Enid carries the sound


class Phase(StrEnum):
    """Whether the session runs."""

    OPEN = "open"
    PAUSED = "paused"  # a leader paused it
    STOPPED = "stopped"  # the presenter is gone; it rests until a leader says otherwise
    CLOSED = "closed"


class Role(StrEnum):
    """What a seat is in the group."""

    LEADER = "leader"
    TRAINEE = "trainee"  # leads while a leader has handed them the frame
    MEMBER = "member"
    INTERPRETER = "interpreter"  # heard throughout, and speaks for others only
    OBSERVER = "observer"  # watches with everybody's consent
    GUEST = "guest"


class Status(StrEnum):
    """Where the person of a seat is."""

    AWAY = "away"  # not come yet
    WAITING = "waiting"
    HERE = "here"
    DROPPED = "dropped"  # the line broke
    LEFT = "left"
    OUTSIDE = "outside"  # stepped outside, by oneself or asked to


class Because(StrEnum):
    """Why somebody waits."""

    GUEST = "guest"
    DEVICE = "device"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Seat:
    """One chair of the circle."""

    id: str
    role: Role
    status: Status = Status.AWAY
    asked_out: bool = False
    been_here: bool = False
    waits_because: Because | None = None
    knocks_beside: bool = False  # another browser of theirs, which no leader has let in, is at the door


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is true of a session at one version."""

    format: Format
    setting: Setting
    seats: tuple[Seat, ...]
    phase: Phase = Phase.OPEN
    stage: int = 0
    since: int | None = None  # ms UTC since when the stage's clock runs; None while it rests
    spent: tuple[int, ...] = ()  # ms spent in each stage before `since`
    case: int = 1
    presenter: str | None = None
    sits_back: bool = False
    invited: bool = False
    declined: bool = False
    marked_at: int | None = None
    holder: str | None = None  # the leader who holds the frame now
    keeper: str | None = None  # the leader with whom it was agreed; it is offered back to them
    offered_to: str | None = None
    deputy: str | None = None
    leaderless_since: int | None = None
    version: int = 1
    moved: int = 1  # version at which stage, case or phase last changed: an older wish is stale

    @property
    def carries_sound(self) -> bool:
        """Say whether a broken line is a broken presence."""
        return self.setting is Setting.VIDEO

    @property
    def current(self) -> Stage:
        """Return the stage the session is in."""
        return self.format.stages[self.stage]

    def seat(self, id: str | None) -> Seat | None:
        """Return the seat with this id."""
        for seat in self.seats:
            if seat.id == id:
                return seat
        return None

    def is_here(self, id: str | None) -> bool:
        """Say whether the person of this seat is here."""
        seat = self.seat(id)
        return seat is not None and seat.status is Status.HERE

    def leaders_here(self) -> tuple[str, ...]:
        """Return the leaders who are here, in the order of their seats."""
        return tuple(s.id for s in self.seats if s.role is Role.LEADER and s.status is Status.HERE)

    def is_led_by_trainee(self, id: str) -> bool:
        """Say whether this is the trainee to whom a leader has handed the frame."""
        seat = self.seat(id)
        return seat is not None and seat.role is Role.TRAINEE and self.holder == id

    def in_case(self) -> bool:
        """Say whether the stage belongs to a case."""
        first, last = self.format.case_block
        return first <= self.stage <= last

    def is_telling(self) -> bool:
        """Say whether a case is being told or worked on: from the telling to the return."""
        if not self.in_case() or self.current.id in _AROUND_THE_CASE:
            return False
        return self.presenter is not None or self.stage > self.format.case_block[0]


BESIDE_THE_GROUP = frozenset({Role.INTERPRETER, Role.OBSERVER})
"""Who is in the room and not of the group: they neither tell nor hold the circle."""

_AROUND_THE_CASE = frozenset({"call", "breathe"})


class Refused(Exception):
    """A wish that cannot be granted; `code` is stable and says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
