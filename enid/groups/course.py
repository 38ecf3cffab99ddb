"""The leaders' own copy of a format while they edit it: a draft that lives in the form, not in the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from enid.groups.formats import (
    MOST_STAGES,
    OWN,
    PRESETS,
    STAGES,
    FloorCode,
    Format,
    PullBack,
    Stage,
    from_json,
    validate,
)

SHORTEST_MIN, LONGEST_MIN = 20, 300
_STRUCTURAL = {"present_missing", "return_missing", "no_stages", "bad_minutes", "bad_cases", "order"}


@dataclass(frozen=True)
class Draft:
    """What stands in the form, valid or not."""

    stages: tuple[Stage, ...]
    pull_back: PullBack
    cases: int
    length_min: int
    problems: tuple[str, ...] = ()  # of reading; `judge` adds those of the format itself

    def format(self) -> Format:
        """Return the format; its id is a preset's while nothing differs from it."""
        own = Format(OWN, self.stages, self.pull_back, self.cases)
        same = (id for id, preset in PRESETS.items() if replace(own, id=id) == preset)
        return replace(own, id=next(same, OWN))

    def judge(self) -> list[str]:
        """Return the codes of everything that keeps it from being used."""
        return list(dict.fromkeys([*self.problems, *validate(self.format())]))

    def total_min(self) -> int:
        """Return the sum of minutes; without two case blocks while the case is not whole."""
        if _STRUCTURAL & set(self.judge()):
            return sum(max(stage.minutes, 0) for stage in self.stages)
        return self.format().total_min


def draft_of(format: Format, length_min: int) -> Draft:
    """Return a draft of a format as it stands."""
    return Draft(format.stages, format.pull_back, format.cases, length_min)


def draft_of_json(data: object, length_min: int) -> Draft:
    """Return a draft of what a group keeps."""
    return draft_of(from_json(data), length_min)


def read(post: QueryDict) -> Draft:
    """Return the draft that a form sends: one `stage`, `minutes`, `floor` a row, `out` by row number."""
    names, minutes, floors = (post.getlist(key)[:MOST_STAGES] for key in ("stage", "minutes", "floor"))
    problems = [] if len(names) == len(minutes) == len(floors) else ["bad_shape"]
    out = set(post.getlist("out"))
    stages = []
    for place, (name, length, floor) in enumerate(zip(names, minutes, floors, strict=False)):
        if name not in STAGES or floor not in set(FloorCode):
            problems.append("unknown_stage" if name not in STAGES else "bad_floor")
            continue
        stages.append(Stage(name, whole_number(length), FloorCode(floor), str(place) in out))
    length_min = whole_number(post.get("length_min", ""))
    if not _may_last(length_min):
        problems.append("bad_length")
    pull_back = post.get("pull_back", "")
    known = pull_back in set(PullBack)
    return Draft(
        tuple(stages),
        PullBack(pull_back) if known else PullBack.ALWAYS,
        whole_number(post.get("cases", "")),
        length_min,
        tuple(problems if known else [*problems, "bad_pull_back"]),
    )


def whole_number(text: object) -> int:
    """Return what was typed as a number from 0 to 9999; -1 for anything else."""
    plain = str(text).strip()[:9]
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else -1


def act(draft: Draft, deed: str, added: str) -> Draft:
    """Return the draft after one press: `up:2`, `down:2`, `remove:2`, `add`, `preset:us-60`, `fit:us-60`, `length:80`.

    A preset brings its own length; `fit` keeps the length of the meeting. Anything else changes nothing.
    """
    verb, _, rest = deed.partition(":")
    if verb in ("preset", "fit") and rest in PRESETS:
        preset = PRESETS[rest]
        return draft_of(preset, preset.total_min if verb == "preset" else draft.length_min)
    if verb == "length" and _may_last(length := whole_number(rest)):
        return replace(
            draft, length_min=length, problems=tuple(p for p in draft.problems if p != "bad_length")
        )
    if verb == "add" and added in STAGES and len(draft.stages) < MOST_STAGES:
        return replace(draft, stages=_added(draft.stages, added))
    place = whole_number(rest)
    if verb in _MOVES and 0 <= place < len(draft.stages):
        return replace(draft, stages=_MOVES[verb](draft.stages, place))
    return draft


@dataclass(frozen=True)
class WaysOut:
    """How a course that is longer than its meeting can be made to fit: a preset's id, and minutes; either may be missing."""

    preset: str = ""
    length_min: int = 0


def ways_out(draft: Draft) -> WaysOut | None:
    """Return what would make a course fit that is longer than its meeting; None where it fits."""
    total = draft.total_min()
    if total <= draft.length_min:
        return None
    return WaysOut(_nearest(draft), total if _may_last(total) else 0)


def _nearest(draft: Draft) -> str:
    """Return the longest preset that the meeting holds, of equals the one most like the draft; empty if none."""
    names = {stage.id for stage in draft.stages}
    usual = [
        preset for id, preset in PRESETS.items() if id != "last-meeting-90"
    ]  # that one is chosen on purpose
    fitting = [preset for preset in usual if preset.total_min <= draft.length_min]
    alike = max(
        fitting,
        key=lambda preset: (preset.total_min, sum(stage.id in names for stage in preset.stages)),
        default=None,
    )
    return alike.id if alike else ""


def _may_last(length_min: int) -> bool:
    return SHORTEST_MIN <= length_min <= LONGEST_MIN


def _added(stages: tuple[Stage, ...], name: str) -> tuple[Stage, ...]:
    """Put a stage before the close, with the floor that the presets give it."""
    usual = next((stage for preset in PRESETS.values() for stage in preset.stages if stage.id == name), None)
    new = usual or Stage(name, 5, FloorCode.EVERYONE)
    at = len(stages) - 1 if stages and stages[-1].id == "close" else len(stages)
    return (*stages[:at], new, *stages[at:])


def _up(stages: tuple[Stage, ...], place: int) -> tuple[Stage, ...]:
    if place == 0:
        return stages
    return (*stages[: place - 1], stages[place], stages[place - 1], *stages[place + 1 :])


def _down(stages: tuple[Stage, ...], place: int) -> tuple[Stage, ...]:
    return _up(stages, place + 1) if place + 1 < len(stages) else stages


def _remove(stages: tuple[Stage, ...], place: int) -> tuple[Stage, ...]:
    return (*stages[:place], *stages[place + 1 :])


_MOVES = {"up": _up, "down": _down, "remove": _remove}


def missing(stages: Iterable[Stage]) -> list[str]:
    """Return the stages that could be added."""
    there = {stage.id for stage in stages}
    return [name for name in STAGES if name != "debrief" and (name not in there or name == "reflect")]


def as_rows(draft: Draft, names: Mapping[str, object]) -> list[dict[str, object]]:
    """Return what the template shows of each stage."""
    return [
        {
            "number": place,
            "stage": stage,
            "name": names.get(stage.id, stage.id),
            "first": place == 0,
            "last": place == len(draft.stages) - 1,
        }
        for place, stage in enumerate(draft.stages)
    ]
