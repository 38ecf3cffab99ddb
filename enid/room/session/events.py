"""Facts: all that can happen in a session. Each makes the version one greater."""

from __future__ import annotations

from dataclasses import dataclass

from enid.groups.formats import Format
from enid.room.session.state import Because, Role, Setting


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; `at` is in milliseconds UTC."""

    at: int


@dataclass(frozen=True, slots=True)
class Opened(Fact):
    """The session opened."""

    format: Format
    setting: Setting
    seats: tuple[tuple[str, Role], ...]
    deputy: str | None = None  # whom the group has named for good; leaders may name another


@dataclass(frozen=True, slots=True)
class SeatAdded(Fact):
    """A chair was set."""

    seat: str
    role: Role


@dataclass(frozen=True, slots=True)
class SeatRemoved(Fact):
    """A chair was taken away."""

    seat: str


@dataclass(frozen=True, slots=True)
class Arrived(Fact):
    """Someone is in their seat; whoever was asked outside is back at the door."""

    seat: str


@dataclass(frozen=True, slots=True)
class Knocked(Fact):
    """Someone waits."""

    seat: str
    because: Because


@dataclass(frozen=True, slots=True)
class Admitted(Fact):
    """A leader let someone in."""

    seat: str


@dataclass(frozen=True, slots=True)
class KnockedBeside(Fact):
    """Another browser of someone who has come already is at the door."""

    seat: str


@dataclass(frozen=True, slots=True)
class AdmittedBeside(Fact):
    """A leader let that other browser in."""

    seat: str


@dataclass(frozen=True, slots=True)
class WentFromDoor(Fact):
    """The other browser is at the door no more."""

    seat: str


@dataclass(frozen=True, slots=True)
class Dropped(Fact):
    """A line broke."""

    seat: str


@dataclass(frozen=True, slots=True)
class WentAway(Fact):
    """Someone left."""

    seat: str


@dataclass(frozen=True, slots=True)
class AskedOut(Fact):
    """Someone was asked to step outside."""

    seat: str


@dataclass(frozen=True, slots=True)
class TakenBack(Fact):
    """Someone was taken back from outside."""

    seat: str


@dataclass(frozen=True, slots=True)
class SteppedOut(Fact):
    """Someone stepped outside."""

    seat: str


@dataclass(frozen=True, slots=True)
class SteppedIn(Fact):
    """Someone came back from outside."""

    seat: str


@dataclass(frozen=True, slots=True)
class DeputyNamed(Fact):
    """The leaders named a deputy, or nobody."""

    seat: str | None


@dataclass(frozen=True, slots=True)
class StageMoved(Fact):
    """The group is in this stage now."""

    stage: int


@dataclass(frozen=True, slots=True)
class StageRepeated(Fact):
    """The stage began anew."""


@dataclass(frozen=True, slots=True)
class SecondCaseBegan(Fact):
    """A second case is called for, in this stage."""

    stage: int


@dataclass(frozen=True, slots=True)
class PresenterMarked(Fact):
    """This seat tells a case."""

    seat: str


@dataclass(frozen=True, slots=True)
class MarkUndone(Fact):
    """The mark was a slip."""


@dataclass(frozen=True, slots=True)
class PresenterFreed(Fact):
    """The group goes on without a presenter."""


@dataclass(frozen=True, slots=True)
class PresenterSatBack(Fact):
    """The presenter listens."""


@dataclass(frozen=True, slots=True)
class PresenterCameIn(Fact):
    """The presenter is in the talk."""


@dataclass(frozen=True, slots=True)
class PresenterInvited(Fact):
    """The presenter may come back if they wish."""


@dataclass(frozen=True, slots=True)
class ReturnDeclined(Fact):
    """The presenter stays outside the talk."""


@dataclass(frozen=True, slots=True)
class Paused(Fact):
    """Stage and clock rest; all may speak."""


@dataclass(frozen=True, slots=True)
class WorkStopped(Fact):
    """The presenter is gone; stage and clock rest; all may speak."""


@dataclass(frozen=True, slots=True)
class Resumed(Fact):
    """The session goes on."""


@dataclass(frozen=True, slots=True)
class FrameTaken(Fact):
    """This leader holds the frame, by agreement."""

    seat: str


@dataclass(frozen=True, slots=True)
class FramePassed(Fact):
    """This leader holds the frame because the one who held it is gone."""

    seat: str


@dataclass(frozen=True, slots=True)
class FrameOffered(Fact):
    """The frame is offered back to this leader."""

    seat: str


@dataclass(frozen=True, slots=True)
class LeadersGone(Fact):
    """No leader is here; the deputy holds the circle."""


@dataclass(frozen=True, slots=True)
class LeaderBack(Fact):
    """A leader is here again."""


@dataclass(frozen=True, slots=True)
class Closed(Fact):
    """The session is over, and who told a case is forgotten."""


Event = (
    Opened
    | SeatAdded
    | SeatRemoved
    | Arrived
    | Knocked
    | Admitted
    | KnockedBeside
    | AdmittedBeside
    | WentFromDoor
    | Dropped
    | WentAway
    | AskedOut
    | TakenBack
    | SteppedOut
    | SteppedIn
    | DeputyNamed
    | StageMoved
    | StageRepeated
    | SecondCaseBegan
    | PresenterMarked
    | MarkUndone
    | PresenterFreed
    | PresenterSatBack
    | PresenterCameIn
    | PresenterInvited
    | ReturnDeclined
    | Paused
    | WorkStopped
    | Resumed
    | FrameTaken
    | FramePassed
    | FrameOffered
    | LeadersGone
    | LeaderBack
    | Closed
)
