"""Formats of a session as data: an ordered list of stages, who may speak in each, who sits back.

Pure: knows no database, no clock and no words for people. A society's custom is a new entry in
PRESETS, never a new branch elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

STAGES = (
    "arrive",
    "frame",
    "checkin",
    "explain",
    "followup",
    "call",
    "present",
    "clarify",
    "request",
    "responses",
    "pullback",
    "work",
    "return",
    "breathe",
    "thanks",
    "break",
    "summary",
    "process",
    "reflect",
    "close",
    "debrief",
)
"""Every stage a format may name; `debrief` belongs to the leaders after the session."""

OWN = "own"
"""The id of a leaders' own edited copy."""

MOST_MINUTES = 120
MOST_STAGES = 24

_BLOCK_BEGINS = ("call", "present")
_BLOCK_ENDS = ("return", "breathe")
_MAY_REPEAT = frozenset({"reflect"})
_SITS_BACK_IN = frozenset({"pullback", "work"})
_PRESET_ID = re.compile(r"[a-z0-9-]{1,40}")


class FloorCode(StrEnum):
    """Who speaks in a stage, by the group's convention."""

    LEADERS = "leaders"
    PRESENTER = "presenter"
    QUESTIONS = "questions"  # members ask, the presenter answers
    GROUP = "group"  # members and leaders
    EVERYONE = "everyone"
    INNER = "inner"
    OUTER = "outer"


class PullBack(StrEnum):
    """Whether the presenter sits back while the group works."""

    ALWAYS = "always"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `out` says that the presenter sits back in it."""

    id: str
    minutes: int
    floor: FloorCode
    out: bool = False


@dataclass(frozen=True)  # no slots: the places below are looked up at every step of a session
class Format:
    """An ordered list of stages; the case block may run twice."""

    id: str
    stages: tuple[Stage, ...]
    pull_back: PullBack
    cases: int = 1

    @cached_property
    def case_block(self) -> tuple[int, int]:
        """Return the first and the last index of the stages that repeat for a second case."""
        ids = [stage.id for stage in self.stages]
        first = next(i for i, name in enumerate(ids) if name in _BLOCK_BEGINS)
        last = max(i for i, name in enumerate(ids) if name in _BLOCK_ENDS)
        return first, last

    @cached_property
    def closing(self) -> int:
        """Return the index of the closing stage."""
        return next(i for i, stage in enumerate(self.stages) if stage.id == "close")

    @property
    def total_min(self) -> int:
        """Return the planned minutes; the case block counts once for each case."""
        first, last = self.case_block
        block = sum(stage.minutes for stage in self.stages[first : last + 1])
        return sum(stage.minutes for stage in self.stages) + block * (self.cases - 1)


_L, _P, _Q = FloorCode.LEADERS, FloorCode.PRESENTER, FloorCode.QUESTIONS
_G, _ALL = FloorCode.GROUP, FloorCode.EVERYONE

PRESETS: Mapping[str, Format] = {
    # Our own default: one case, 75 minutes. The stage order is the North American one with a
    # pull-back; at most 5 minutes of telling is its published limit; all other minutes are our
    # allocation. Arriving and the frame share 6 minutes.
    "first-75": Format(
        "first-75",
        (
            Stage("arrive", 3, _ALL),
            Stage("frame", 3, _L),
            Stage("followup", 4, _ALL),
            Stage("call", 5, _ALL),
            Stage("present", 5, _P),
            Stage("clarify", 5, _Q),
            Stage("pullback", 1, _L, out=True),
            Stage("work", 35, _G, out=True),
            Stage("return", 8, _P),
            Stage("close", 6, _L),
        ),
        PullBack.ALWAYS,
    ),
    # Our own first meeting: names and line check (arrive 10), the agreement read aloud with
    # questions (frame 15), how it goes (explain 5), one short case of 50, then
    # "How was it to be here?" (reflect) and the close, which share 10.
    "first-meeting-90": Format(
        "first-meeting-90",
        (
            Stage("arrive", 10, _ALL),
            Stage("frame", 15, _ALL),
            Stage("explain", 5, _L),
            Stage("call", 4, _ALL),
            Stage("present", 5, _P),
            Stage("clarify", 4, _Q),
            Stage("pullback", 1, _L, out=True),
            Stage("work", 25, _G, out=True),
            Stage("return", 6, _P),
            Stage("breathe", 5, _ALL),
            Stage("reflect", 6, _ALL),
            Stage("close", 4, _L),
        ),
        PullBack.ALWAYS,
    ),
    # Our own farewell: a short case, then half an hour in which the group looks back (reflect),
    # each says goodbye (thanks), and it closes. All minutes are our allocation.
    "last-meeting-90": Format(
        "last-meeting-90",
        (
            Stage("arrive", 5, _ALL),
            Stage("frame", 5, _L),
            Stage("call", 4, _ALL),
            Stage("present", 5, _P),
            Stage("clarify", 4, _Q),
            Stage("pullback", 1, _L, out=True),
            Stage("work", 25, _G, out=True),
            Stage("return", 6, _P),
            Stage("breathe", 5, _ALL),
            Stage("reflect", 18, _ALL),
            Stage("thanks", 8, _ALL),
            Stage("close", 4, _L),
        ),
        PullBack.ALWAYS,
    ),
    # American Balint Society: 60 minutes online after a first meeting of 90; telling at most 5.
    # The other minutes are our allocation. Arriving (2) and the frame (1) share its first 3.
    "us-60": Format(
        "us-60",
        (
            Stage("arrive", 2, _ALL),
            Stage("frame", 1, _L),
            Stage("followup", 3, _ALL),
            Stage("call", 4, _ALL),
            Stage("present", 5, _P),
            Stage("clarify", 4, _Q),
            Stage("pullback", 1, _L, out=True),
            Stage("work", 30, _G, out=True),
            Stage("return", 6, _P),
            Stage("close", 4, _L),
        ),
        PullBack.ALWAYS,
    ),
    # The Hungarian sequence as one published page gives it: telling 10-15, questions about 10,
    # the presenter outside the circle, work 30-60, feedback, talk about the session: 75 minutes.
    # It names neither arriving nor a close, so arrive 2, frame 1 and close 2 lie around it.
    # The call has no stage of its own: whoever tells is settled aloud as the telling begins.
    "hu-80": Format(
        "hu-80",
        (
            Stage("arrive", 2, _ALL),
            Stage("frame", 1, _L),
            Stage("present", 12, _P),
            Stage("clarify", 10, _Q),
            Stage("pullback", 1, _L, out=True),
            Stage("work", 37, _G, out=True),
            Stage("return", 8, _P),
            Stage("process", 7, _ALL),
            Stage("close", 2, _L),
        ),
        PullBack.ALWAYS,
    ),
    # United Kingdom, open response: the telling is heard through, then first responses of every
    # kind, and sitting back is a matter of style. The order is published, the length is common
    # practice; arriving takes its 2 minutes from the 5 of the frame, so that 90 stay 90.
    "uk-90": Format(
        "uk-90",
        (
            Stage("arrive", 2, _ALL),
            Stage("frame", 3, _L),
            Stage("followup", 10, _ALL),
            Stage("call", 5, _ALL),
            Stage("present", 10, _P),
            Stage("responses", 15, _ALL),
            Stage("work", 30, _G, out=True),
            Stage("return", 10, _P),
            Stage("close", 5, _L),
        ),
        PullBack.OPTIONAL,
    ),
}


def validate(format: Format) -> list[str]:
    """Return the codes of everything that keeps a leaders' own copy from being used."""
    problems = [code for check in _CHECKS for code in check(format)]
    return list(dict.fromkeys(problems))


def _check_head(format: Format) -> Iterator[str]:
    if format.id != OWN and format.id not in PRESETS:
        yield "unknown_format"
    if type(format.cases) is not int or format.cases not in (1, 2):
        yield "bad_cases"
    if not format.stages:
        yield "no_stages"
    if len(format.stages) > MOST_STAGES:
        yield "too_many_stages"


def _check_stages(format: Format) -> Iterator[str]:
    for stage in format.stages:
        if stage.id not in STAGES:
            yield "unknown_stage"
        if stage.id == "debrief":
            yield "debrief_is_outside"
        if type(stage.minutes) is not int or not 0 <= stage.minutes <= MOST_MINUTES:
            yield "bad_minutes"
        if stage.out and stage.id not in _SITS_BACK_IN:
            yield "sits_back_elsewhere"


def _check_once(format: Format) -> Iterator[str]:
    counts = Counter(stage.id for stage in format.stages)
    for name in ("present", "work", "return", "close"):
        if not counts[name]:
            yield f"{name}_missing"
    if any(n > 1 for name, n in counts.items() if name not in _MAY_REPEAT):
        yield "stage_repeated"


def _check_order(format: Format) -> Iterator[str]:
    ids = [stage.id for stage in format.stages]
    if "close" in ids and ids[-1] != "close":
        yield "close_not_last"
    case = [name for name in ids if name in _CASE_ORDER]
    if case != sorted(case, key=_CASE_ORDER.index):
        yield "order"
    if _strays_into_the_case(ids):
        yield "stage_inside_case"


_CASE_ORDER = ("call", "present", "pullback", "work", "return", "breathe")
_INSIDE_CASE = frozenset({*_CASE_ORDER, "clarify", "request", "responses"})


def _strays_into_the_case(ids: list[str]) -> bool:
    """Say whether the case holds a stage that is not of a case, or lies in pieces."""
    places = [i for i, name in enumerate(ids) if name in _INSIDE_CASE]
    return bool(places) and places[-1] - places[0] + 1 != len(places)


def _check_sitting_back(format: Format) -> Iterator[str]:
    out = any(stage.out for stage in format.stages)
    if format.pull_back is PullBack.NONE and out:
        yield "sits_back_without_pull_back"
    if format.pull_back is not PullBack.NONE and not out:
        yield "pull_back_without_stage"


_CHECKS: tuple[Callable[[Format], Iterator[str]], ...] = (
    _check_head,
    _check_stages,
    _check_once,
    _check_order,
    _check_sitting_back,
)


class BadFormat(ValueError):
    """A format that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_json(format: Format) -> dict[str, Any]:
    """Return a format as plain values."""
    return {
        "id": format.id,
        "stages": [
            {"id": s.id, "minutes": s.minutes, "floor": s.floor.value, "out": s.out} for s in format.stages
        ],
        "pull_back": format.pull_back.value,
        "cases": format.cases,
    }


def from_json(data: object) -> Format:
    """Return the format that `to_json` wrote.

    raises: BadFormat when a part is missing, surplus or of another type; `validate` judges the rest
    """
    head = _part(data, {"id": str, "stages": list, "pull_back": str, "cases": int})
    if not _PRESET_ID.fullmatch(head["id"]):
        raise BadFormat("bad_id")
    if len(head["stages"]) > MOST_STAGES:
        raise BadFormat("too_many_stages")
    try:
        pull_back = PullBack(head["pull_back"])
    except ValueError:
        raise BadFormat("bad_pull_back") from None
    stages = tuple(_stage_from_json(stage) for stage in head["stages"])
    return Format(head["id"], stages, pull_back, head["cases"])


def _stage_from_json(data: object) -> Stage:
    part = _part(data, {"id": str, "minutes": int, "floor": str, "out": bool})
    if part["id"] not in STAGES:
        raise BadFormat("unknown_stage")
    try:
        floor = FloorCode(part["floor"])
    except ValueError:
        raise BadFormat("bad_floor") from None
    return Stage(part["id"], part["minutes"], floor, part["out"])


def _part(data: object, shape: Mapping[str, type]) -> dict[str, Any]:
    if not isinstance(data, dict) or data.keys() != shape.keys():
        raise BadFormat("bad_shape")
    if any(type(data[name]) is not kind for name, kind in shape.items()):
        raise BadFormat("bad_shape")
    return data
