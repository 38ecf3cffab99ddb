"""What a rule needs while it decides: the state so far, the facts so far, who asks and when."""

from __future__ import annotations

from enid.room.session import events as e
from enid.room.session.folding import evolve
from enid.room.session.speaking import free_talk
from enid.room.session.state import BESIDE_THE_GROUP, Phase, Refused, Role, Seat, Session, Status

CLOSE_AFTER_MS = 5 * 60 * 1000
"""How long the circle is without leaders before its deputy may close."""


_AFTER_WORK = frozenset({"return", "breathe"})


class Steps:
    """The facts that follow from one wish, each built on the state after the last."""

    def __init__(self, session: Session, at: int) -> None:
        self.state = session
        self.at = at
        self.events: tuple[e.Event, ...] = ()
        self.states: tuple[Session, ...] = ()

    def tell(self, event: e.Event) -> None:
        """Add a fact."""
        self.events += (event,)
        self.state = evolve(self.state, event)
        self.states += (self.state,)

    # Who asks.

    def seat(self, id: str) -> Seat:
        """Return the seat, or refuse."""
        seat = self.state.seat(id)
        if seat is None:
            raise Refused("unknown_seat")
        return seat

    def need_leader(self, by: str) -> None:
        """Refuse whoever is not a leader in the room."""
        seat = self.seat(by)
        if seat.role is not Role.LEADER:
            raise Refused("not_a_leader")
        if self.state.carries_sound and seat.status is not Status.HERE:
            raise Refused("not_here")

    def need_conductor(self, by: str) -> None:
        """Refuse whoever may not lead now: a leader does, a trainee with the frame, or without any the deputy."""
        if self.state.leaderless_since is None:
            if not self.state.is_led_by_trainee(by):
                self.need_leader(by)
            return
        if self.seat(by).role in BESIDE_THE_GROUP:
            raise Refused("not_a_leader")
        if self.seat(by).status is not Status.HERE:
            raise Refused("not_here")
        deputy = self.state.deputy
        if self.state.is_here(deputy) and by != deputy:
            raise Refused("not_the_deputy")

    def need_frame(self, by: str, anyway: bool) -> None:
        """Refuse whoever may not lead, and a leader who did not say that they know who does."""
        self.need_conductor(by)
        holder = self.state.holder
        if holder is not None and holder != by and not anyway:
            raise Refused("held_by_other")

    def need_running(self) -> None:
        """Refuse while the session rests."""
        if self.state.phase is not Phase.OPEN:
            raise Refused(self.state.phase.value)

    def need_right_to_close(self) -> None:
        """Refuse a deputy who would close before leaders had time to come back."""
        since = self.state.leaderless_since
        if since is not None and self.at - since < CLOSE_AFTER_MS:
            raise Refused("too_soon")

    # What follows from a move.

    def enter(self, stage: int) -> None:
        """Move to a stage, with what its format says of the presenter."""
        if stage == self.state.format.closing:
            self.need_right_to_close()
        self.tell(e.StageMoved(self.at, stage))
        self.settle_presenter()

    def settle_presenter(self) -> None:
        """Have the presenter sit back, be invited or come in, as the stage now says."""
        state = self.state
        if state.presenter is None:
            return
        if state.sits_back and not self._may_stay_back():
            self.tell(e.PresenterCameIn(self.at))
        elif self._must_sit_back():
            self.tell(e.PresenterSatBack(self.at))
        if self.state.sits_back and state.current.id == "return":
            self.tell(e.PresenterInvited(self.at))

    def _may_stay_back(self) -> bool:
        return self.state.in_case() and (self.state.current.out or self.state.current.id in _AFTER_WORK)

    def _must_sit_back(self) -> bool:
        state = self.state
        always = state.format.pull_back.value == "always" and state.current.out
        return always and not state.sits_back and not free_talk(state)
