"""A session told as a story: who is there, what they do, what comes of it."""

from __future__ import annotations

from enid.groups.formats import OWN, PRESETS, FloorCode, Format, PullBack, Stage
from enid.room.session import Floor, Refused, Role, Session, Setting, Status, decide, evolve, floor
from enid.room.session import commands as c
from enid.room.session import events as e

SEATS = (
    ("marta", Role.LEADER),
    ("ruth", Role.LEADER),
    ("anna", Role.MEMBER),
    ("jonas", Role.MEMBER),
    ("priya", Role.MEMBER),
    ("gast", Role.GUEST),
)

TWO_CASES = Format(
    OWN,
    (
        Stage("frame", 5, FloorCode.LEADERS),
        Stage("call", 3, FloorCode.EVERYONE),
        Stage("present", 8, FloorCode.PRESENTER),
        Stage("work", 25, FloorCode.GROUP, out=True),
        Stage("return", 8, FloorCode.PRESENTER),
        Stage("break", 5, FloorCode.EVERYONE),
        Stage("process", 5, FloorCode.EVERYONE),
        Stage("close", 4, FloorCode.LEADERS),
    ),
    PullBack.ALWAYS,
    cases=2,
)
NO_PULL_BACK = Format(
    OWN,
    (
        Stage("call", 3, FloorCode.EVERYONE),
        Stage("present", 8, FloorCode.PRESENTER),
        Stage("work", 25, FloorCode.GROUP),
        Stage("return", 8, FloorCode.PRESENTER),
        Stage("close", 4, FloorCode.LEADERS),
    ),
    PullBack.NONE,
)


class Story:
    """A session of Marta and Ruth, who lead, of Anna, Jonas and Priya, and of a guest."""

    def __init__(
        self, format: Format = PRESETS["us-60"], setting: Setting = Setting.VIDEO, here: str = "all"
    ) -> None:
        self.at = 1_000_000
        self.log: list[e.Event] = list(decide(None, c.Open(format, setting, SEATS), at=self.at))
        self.session: Session = evolve(None, self.log[0])
        for id in ("marta ruth anna jonas priya" if here == "all" else here).split():
            self.do(c.Arrive(id, known=True))

    def wait(self, seconds: float) -> Story:
        """Let time go by, which changes nothing."""
        self.at += round(seconds * 1000)
        return self

    def do(self, *commands: c.Command) -> tuple[e.Event, ...]:
        """Do these things one after the other and return what came of the last."""
        events: tuple[e.Event, ...] = ()
        for command in commands:
            events = decide(self.session, command, at=self.at)
            for event in events:
                self.session = evolve(self.session, event)
            self.log += events
        return events

    def refusal(self, command: c.Command) -> str | None:
        """Return the code with which this is refused now, or None."""
        try:
            decide(self.session, command, at=self.at)
        except Refused as refusal:
            return refusal.code
        return None

    def go_to(self, stage: str) -> Story:
        """Have Marta move on to a stage; Anna tells where somebody must."""
        while self.stage != stage:
            first = self.session.format.case_block[0]
            if self.session.stage == first and self.session.presenter is None:
                self.do(c.MarkPresenter("marta", anyway=True, seat="anna"))
                if self.stage == stage:
                    break
            self.do(c.MoveOn("marta", anyway=True))
        return self

    @property
    def stage(self) -> str:
        """Return the id of the stage."""
        return self.session.current.id

    def status(self, id: str) -> Status:
        """Return where somebody is."""
        seat = self.session.seat(id)
        assert seat is not None
        return seat.status

    def floor(self, id: str) -> Floor:
        """Return what somebody may do now."""
        return floor(self.session, id)


def names(events: tuple[e.Event, ...]) -> list[str]:
    """Return what came of it, by name."""
    return [type(event).__name__ for event in events]
