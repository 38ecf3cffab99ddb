"""What a browser may hear: frames for each audience, which never learns what is not for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enid.groups.formats import to_json
from enid.room.protocol.said import HEARD_BY, MEDIA
from enid.room.protocol.words import EVERYONE, LEADERS, Audience, Options
from enid.room.session import events as e
from enid.room.session.state import Because, Phase, Role, Seat, Session, Status

_NO_OPTIONS = Options()
_AUDIENCES = {Role.TRAINEE: Audience.LEADER, Role.OBSERVER: Audience.OBSERVER}
"""Whoever learns to lead hears what leaders hear, from a browser that was let in."""


def audience_of(session: Session, seat_id: str, *, table: bool = False, let_in: bool = True) -> Audience:
    """Return which audience the socket of this seat belongs to now; unknown seats wait.

    let_in: whether a leader has let this very browser in, now or before
    """
    if table:
        return Audience.TABLE
    seat = session.seat(seat_id)
    if seat is None or seat.status is Status.WAITING:
        return Audience.WAITING
    if seat.role is Role.LEADER:
        return Audience.LEADER
    if not let_in:
        return Audience.WAITING
    if session.phase is Phase.CLOSED and not seat.been_here:
        return Audience.WAITING  # whoever was never let in learns nothing after the close either
    if session.presenter == seat_id:
        return Audience.PRESENTER
    return _AUDIENCES.get(seat.role, Audience.MEMBER)


def refused(id: str | None, code: str) -> dict[str, Any]:
    """Return the refusal of a message."""
    return {"t": "refused", "id": id, "code": code}


def done(id: str | None, version: int) -> dict[str, Any]:
    """Return the word that a message was taken, also where it changed nothing."""
    return {"t": "done", "id": id, "v": version}


def hello(
    session: Session, audience: Audience, seat: str, *, now: int, options: Options = _NO_OPTIONS
) -> dict[str, Any]:
    """Return the first frame after a join; `now` is the server's clock in ms UTC."""
    return {
        "t": "hello",
        "now": now,
        "options": {"hands": options.hands, "chair": options.chair},
        "state": snapshot_for(session, audience, seat, options=options),
    }


def snapshot_frame(
    session: Session, audience: Audience, seat: str, *, options: Options = _NO_OPTIONS
) -> dict[str, Any]:
    """Return a frame that replaces all that a browser knew."""
    return {"t": "snapshot", "state": snapshot_for(session, audience, seat, options=options)}


def pong(version: int) -> dict[str, Any]:
    """Return the answer to a ping: the version now, so that a silent gap is noticed."""
    return {"t": "pong", "v": version}


def aside(word: str | None) -> dict[str, Any]:
    """Return the notice, for one person alone, that a leader asked them to step outside."""
    return {"t": "aside", "word": word}


def ways(servers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the servers and relays by which pages of the circle reach each other, for who has been let in."""
    return {"t": "ways", "ice": list(servers)}


def people(names: Mapping[str, str]) -> dict[str, Any]:
    """Return who sits where, by the name that the circle uses; names are told, never kept in the log."""
    return {"t": "people", "people": dict(names)}


HEARD = frozenset(
    {"hello", "snapshot", "refused", "done", "pong", "people", "aside", "media", *HEARD_BY, *MEDIA}
    - {"voice"}
)
"""Every `t` that a browser may hear; a frame without `t` is a fact of the session."""


def snapshot_for(
    session: Session, audience: Audience, seat: str, *, options: Options = _NO_OPTIONS
) -> dict[str, Any]:
    """Return what this audience may know of the session, as the person on `seat` sees it."""
    if audience is Audience.WAITING:
        place = session.seat(seat)
        because = _waits_because(place)
        return {
            "v": session.version,
            "audience": audience.value,
            "seat": seat,
            "because": because.value if because else None,
        }
    return {
        "v": session.version,
        "audience": audience.value,
        "seat": seat,
        "setting": session.setting.value,
        "format": _format(session, audience, options),
        "seats": [_seat_view(s, audience) for s in session.seats],
        **{name: read(session) for name, (read, to) in _VIEW.items() if audience in to},
    }


def _waits_because(seat: Seat | None) -> Because | None:
    """Return why a browser waits: also beside an open seat, where the seat itself does not wait."""
    if seat is None or seat.status is Status.WAITING:
        return seat.waits_because if seat else None
    return Because.GUEST if seat.role is Role.GUEST else Because.DEVICE


_PAIR = frozenset({Audience.LEADER, Audience.PRESENTER})
"""Leaders, and whoever tells: who learns that an invitation was made and declined."""

_VIEW: Mapping[str, tuple[Callable[[Session], Any], frozenset[Audience]]] = {
    "phase": (lambda s: s.phase.value, EVERYONE),
    "stage": (lambda s: s.stage, EVERYONE),
    "case": (lambda s: s.case, EVERYONE),
    "presenter": (lambda s: s.presenter, EVERYONE),
    "sits_back": (lambda s: s.sits_back, EVERYONE),
    "deputy": (lambda s: s.deputy, EVERYONE),
    "leaderless_since": (lambda s: s.leaderless_since, EVERYONE),
    "invited": (lambda s: s.invited, _PAIR),
    "declined": (lambda s: s.declined, _PAIR),
    "holder": (lambda s: s.holder, LEADERS),
    "offered_to": (lambda s: s.offered_to, LEADERS),
    "marked_at": (lambda s: s.marked_at, LEADERS),
    "clock": (lambda s: {"since": s.since, "spent": list(s.spent)}, LEADERS),
}


def _format(session: Session, audience: Audience, options: Options) -> dict[str, Any]:
    data = to_json(session.format)
    sees_minutes = audience in LEADERS or (options.members_see_time and audience is Audience.MEMBER)
    if not sees_minutes:
        for stage in data["stages"]:
            del stage["minutes"]
    return data


def _seat_view(seat: Seat, audience: Audience) -> dict[str, Any]:
    """Return a chair; who waits, and why someone waits or is outside, is for leaders alone."""
    leads = audience in LEADERS
    gone = Status.LEFT if seat.been_here else Status.AWAY
    status = seat.status if leads or seat.status is not Status.WAITING else gone
    view: dict[str, Any] = {"id": seat.id, "role": seat.role.value, "status": status.value}
    if leads:
        view["asked_out"] = seat.asked_out
        view["waits_because"] = seat.waits_because.value if seat.waits_because else None
        view["knocks_beside"] = seat.knocks_beside
    return view


@dataclass(frozen=True, slots=True)
class _Telling:
    """How a fact is told: its name, which parts of the view it brings, and to whom."""

    name: str
    parts: tuple[str, ...] = ()
    to: frozenset[Audience] = EVERYONE
    plainly: str | None = None  # its name for all but leaders, where the reason is not theirs


_WHO = ("presenter", "sits_back", "invited", "declined", "marked_at")
_AT_REST = ("phase", "clock")
_FRAME = ("holder", "offered_to")

_TELLINGS: Mapping[type, _Telling] = {
    e.SeatAdded: _Telling("seat_added"),
    e.SeatRemoved: _Telling("seat_removed", ("deputy", *_FRAME)),
    e.Arrived: _Telling("arrived"),
    e.Knocked: _Telling("knocked", to=LEADERS),
    e.Admitted: _Telling("admitted", plainly="arrived"),
    e.KnockedBeside: _Telling("knocked_beside", to=LEADERS),
    e.AdmittedBeside: _Telling("admitted_beside", to=LEADERS),
    e.WentFromDoor: _Telling("went_from_door", to=LEADERS),
    e.Dropped: _Telling("dropped", ("offered_to",)),
    e.WentAway: _Telling("went_away", ("offered_to",)),
    e.AskedOut: _Telling("asked_out", plainly="stepped_out"),
    e.TakenBack: _Telling("taken_back", plainly="stepped_in"),
    e.SteppedOut: _Telling("stepped_out", ("offered_to",)),
    e.SteppedIn: _Telling("stepped_in"),
    e.DeputyNamed: _Telling("deputy_named", ("deputy",)),
    e.StageMoved: _Telling("stage_moved", ("stage", "invited", "declined", "clock")),
    e.StageRepeated: _Telling("stage_repeated", ("stage", "invited", "declined", "clock")),
    e.SecondCaseBegan: _Telling("second_case_began", ("case", "stage", "clock", *_WHO)),
    e.PresenterMarked: _Telling("presenter_marked", _WHO),
    e.MarkUndone: _Telling("mark_undone", _WHO),
    e.PresenterFreed: _Telling("presenter_freed", _WHO),
    e.PresenterSatBack: _Telling("presenter_sat_back", ("sits_back",)),
    e.PresenterCameIn: _Telling("presenter_came_in", ("sits_back", "invited", "declined")),
    e.PresenterInvited: _Telling("presenter_invited", ("invited", "declined"), to=_PAIR),
    e.ReturnDeclined: _Telling("return_declined", ("invited", "declined"), to=_PAIR),
    e.Paused: _Telling("paused", _AT_REST),
    e.WorkStopped: _Telling("work_stopped", _AT_REST),
    e.Resumed: _Telling("resumed", _AT_REST),
    e.FrameTaken: _Telling("frame_taken", _FRAME, to=LEADERS),
    e.FramePassed: _Telling("frame_passed", _FRAME, to=LEADERS),
    e.FrameOffered: _Telling("frame_offered", ("offered_to",), to=LEADERS),
    e.LeadersGone: _Telling("leaders_gone", ("leaderless_since", *_FRAME)),
    e.LeaderBack: _Telling("leader_back", ("leaderless_since",)),
    e.Closed: _Telling("closed", ("phase", "deputy", "leaderless_since", *_FRAME, *_WHO, "clock")),
}

EVENT_NAMES = frozenset({t.name for t in _TELLINGS.values()})
"""Every `e` that a browser may hear."""


def event_for(event: e.Event, after: Session, audience: Audience) -> dict[str, Any]:
    """Return a fact as this audience may hear it; only its version where it may not.

    after: the session right after this fact, whose version it carries
    """
    telling = _TELLINGS.get(type(event))
    if telling is None or audience not in telling.to or _is_about_the_door(event, after, audience):
        return {"v": after.version}
    plain = telling.plainly if audience not in LEADERS else None
    return {
        "v": after.version,
        "e": plain or telling.name,
        **_seat_part(event, after, audience),
        **{name: read(after) for name in telling.parts for read, to in (_VIEW[name],) if audience in to},
    }


def _is_about_the_door(event: e.Event, after: Session, audience: Audience) -> bool:
    """Say whether it tells of someone who waited and went: only leaders knew that they waited."""
    if audience in LEADERS or not isinstance(event, e.Dropped | e.WentAway):
        return False
    seat = after.seat(event.seat)
    return seat is None or seat.status is Status.AWAY


def _seat_part(event: e.Event, after: Session, audience: Audience) -> dict[str, Any]:
    if isinstance(event, e.SeatRemoved):
        return {"gone": event.seat}
    if not isinstance(event, _OF_A_SEAT):
        return {}
    seat = after.seat(event.seat)
    return {"seat": _seat_view(seat, audience)} if seat else {}


_OF_A_SEAT = (
    e.SeatAdded,
    e.Arrived,
    e.Knocked,
    e.Admitted,
    e.KnockedBeside,
    e.AdmittedBeside,
    e.WentFromDoor,
    e.Dropped,
    e.WentAway,
    e.AskedOut,
    e.TakenBack,
    e.SteppedOut,
    e.SteppedIn,
)
