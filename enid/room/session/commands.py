"""Wishes: all that may be asked of a session. There is none that a clock could utter."""

from __future__ import annotations

from dataclasses import dataclass

from enid.groups.formats import Format
from enid.room.session.state import Role, Setting


@dataclass(frozen=True, slots=True)
class Open:
    """Open the session with these seats, in the order of the circle."""

    format: Format
    setting: Setting
    seats: tuple[tuple[str, Role], ...]
    deputy: str | None = None


# Roster and lines: facts told by the server.


@dataclass(frozen=True, slots=True)
class AddSeat:
    """Set a chair for someone who joined the group or was invited."""

    seat: str
    role: Role


@dataclass(frozen=True, slots=True)
class RemoveSeat:
    """Take away the chair of someone who is no longer of the group."""

    seat: str


@dataclass(frozen=True, slots=True)
class Arrive:
    """Come to the door; `known` says that a leader has let this browser in before."""

    seat: str
    known: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Lose the last line of a seat."""

    seat: str


@dataclass(frozen=True, slots=True)
class LeaveDoor:
    """Lose the last browser that knocks for a seat."""

    seat: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Go, on purpose."""

    seat: str


@dataclass(frozen=True, slots=True)
class By:
    """A wish of the person on this seat."""

    by: str


@dataclass(frozen=True, slots=True)
class Move(By):
    """A leader's wish; `anyway` says that they know another leader holds the frame."""

    anyway: bool = False


# The door: open to either leader at once.


@dataclass(frozen=True, slots=True)
class Admit(Move):
    """Let someone in who waits."""

    seat: str = ""


@dataclass(frozen=True, slots=True)
class AskOut(Move):
    """Ask someone to step outside."""

    seat: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack(Move):
    """Take back someone who is outside."""

    seat: str = ""


@dataclass(frozen=True, slots=True)
class Mark(Move):
    """Mark on the table's device who is in the room."""

    seat: str = ""
    here: bool = True


@dataclass(frozen=True, slots=True)
class StepOut(By):
    """Step outside by oneself."""


@dataclass(frozen=True, slots=True)
class StepIn(By):
    """Come back by oneself."""


# The way.


@dataclass(frozen=True, slots=True)
class MoveOn(Move):
    """Go to the next stage."""


@dataclass(frozen=True, slots=True)
class StepBack(Move):
    """Go back one stage."""


@dataclass(frozen=True, slots=True)
class Repeat(Move):
    """Begin the stage anew."""


@dataclass(frozen=True, slots=True)
class Skip(Move):
    """Go past the next stage."""


@dataclass(frozen=True, slots=True)
class SecondCase(Move):
    """Call for a second case."""


@dataclass(frozen=True, slots=True)
class NoCase(Move):
    """Go on without a case today."""


@dataclass(frozen=True, slots=True)
class CloseNow(Move):
    """Go to the closing stage from anywhere."""


@dataclass(frozen=True, slots=True)
class EndMeeting(Move):
    """End the session from its closing stage."""


@dataclass(frozen=True, slots=True)
class Pause(Move):
    """Stop here a moment."""


@dataclass(frozen=True, slots=True)
class Resume(Move):
    """Go on; `presenter_in` brings the presenter into the talk."""

    presenter_in: bool = False


# The presenter.


@dataclass(frozen=True, slots=True)
class MarkPresenter(Move):
    """Mark who tells, as it was settled aloud."""

    seat: str = ""


@dataclass(frozen=True, slots=True)
class UndoMark(Move):
    """Take the mark back, within 20 seconds."""


@dataclass(frozen=True, slots=True)
class FreePresenter(Move):
    """Let the group go on without a presenter who is gone."""


@dataclass(frozen=True, slots=True)
class SitBack(Move):
    """Have the presenter listen; the presenter's own wish or a leader's."""


@dataclass(frozen=True, slots=True)
class ComeIn(By):
    """Come into the talk; never refused to a presenter who sits back."""


@dataclass(frozen=True, slots=True)
class DeclineReturn(By):
    """Stay outside the talk though invited."""


# The frame.


@dataclass(frozen=True, slots=True)
class HandOver(By):
    """Hand the frame to another leader."""

    to: str


@dataclass(frozen=True, slots=True)
class TakeFrame(By):
    """Take the frame that is offered, or that nobody here holds."""


@dataclass(frozen=True, slots=True)
class NameDeputy(Move):
    """Name the member who holds the circle if all leaders are gone; None takes it back."""

    seat: str | None = None


Command = (
    Open
    | AddSeat
    | RemoveSeat
    | Arrive
    | Drop
    | Leave
    | LeaveDoor
    | Admit
    | AskOut
    | TakeBack
    | Mark
    | StepOut
    | StepIn
    | MoveOn
    | StepBack
    | Repeat
    | Skip
    | SecondCase
    | NoCase
    | CloseNow
    | EndMeeting
    | Pause
    | Resume
    | MarkPresenter
    | UndoMark
    | FreePresenter
    | SitBack
    | ComeIn
    | DeclineReturn
    | HandOver
    | TakeFrame
    | NameDeputy
)
