"""Formats: exact minutes, and a leaders' own copy judged by codes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enid.groups.formats import (
    OWN,
    PRESETS,
    STAGES,
    BadFormat,
    FloorCode,
    Format,
    PullBack,
    Stage,
    from_json,
    to_json,
    validate,
)

OURS = replace(PRESETS["us-60"], id=OWN)


def without(*names: str) -> Format:
    """Return our copy without these stages."""
    return replace(OURS, stages=tuple(s for s in OURS.stages if s.id not in names))


def stage(name: str, minutes: int = 5, out: bool = False) -> Stage:
    """Return a stage in which everyone speaks."""
    return Stage(name, minutes, FloorCode.EVERYONE, out)


@pytest.mark.parametrize(
    ("id", "minutes"),
    [("first-75", 75), ("first-meeting-90", 90), ("us-60", 60), ("hu-80", 80), ("uk-90", 90)],
)
def test_preset_lasts_as_long_as_its_name_says(id: str, minutes: int) -> None:
    assert PRESETS[id].total_min == minutes


@pytest.mark.parametrize("id", PRESETS)
def test_preset_is_sound(id: str) -> None:
    assert PRESETS[id].id == id
    assert validate(PRESETS[id]) == []


def test_first_meeting_gives_the_case_fifty_minutes() -> None:
    format = PRESETS["first-meeting-90"]
    first, last = format.case_block
    assert [s.id for s in format.stages[first : last + 1]][:: last - first] == ["call", "breathe"]
    assert sum(s.minutes for s in format.stages[first : last + 1]) == 50


def test_sourced_minutes_of_the_hungarian_sequence_stand() -> None:
    minutes = {s.id: s.minutes for s in PRESETS["hu-80"].stages}
    assert [minutes[name] for name in ("present", "clarify", "pullback", "work", "return", "process")] == [
        12,
        10,
        1,
        37,
        8,
        7,
    ]
    assert [minutes[name] for name in ("arrive", "frame", "close")] == [2, 1, 2]


def test_two_cases_count_the_case_twice() -> None:
    # Two cases in two hours: arrive 5, follow-up 10, 48 for each case, break 5, close 4.
    block = (
        stage("call", 3),
        stage("present", 8),
        stage("clarify", 4),
        stage("work", 25, True),
        stage("return", 8),
    )
    stages = (stage("arrive", 5), stage("followup", 10), *block, stage("break"), stage("close", 4))
    format = Format(OWN, stages, PullBack.ALWAYS, cases=2)
    assert validate(format) == []
    assert format.total_min == 120


@pytest.mark.parametrize(
    ("format", "code"),
    [
        (replace(OURS, id="another"), "unknown_format"),
        (replace(OURS, cases=3), "bad_cases"),
        (replace(OURS, cases=True), "bad_cases"),
        (replace(OURS, stages=()), "no_stages"),
        (replace(OURS, stages=(stage("reflect"),) * 25), "too_many_stages"),
        (without("close"), "close_missing"),
        (without("present"), "present_missing"),
        (without("work", "pullback"), "work_missing"),
        (without("return"), "return_missing"),
        (replace(OURS, stages=(*OURS.stages, stage("reflect"))), "close_not_last"),
        (replace(OURS, stages=(*OURS.stages, stage("close"))), "stage_repeated"),
        (replace(OURS, stages=(stage("lecture"), *OURS.stages)), "unknown_stage"),
        (replace(OURS, stages=(stage("debrief"), *OURS.stages)), "debrief_is_outside"),
        (replace(OURS, stages=(stage("checkin", 121), *OURS.stages)), "bad_minutes"),
        (replace(OURS, stages=(stage("checkin", -1), *OURS.stages)), "bad_minutes"),
        (replace(OURS, stages=(stage("checkin", out=True), *OURS.stages)), "sits_back_elsewhere"),
        (replace(OURS, stages=(*OURS.stages[:4], *OURS.stages[7:3:-1], *OURS.stages[8:])), "order"),
        (replace(OURS, stages=(*OURS.stages[:5], stage("process"), *OURS.stages[5:])), "stage_inside_case"),
        (replace(OURS, stages=(stage("clarify"), *without("clarify").stages)), "stage_inside_case"),
        (replace(OURS, pull_back=PullBack.NONE), "sits_back_without_pull_back"),
        (replace(OURS, stages=tuple(replace(s, out=False) for s in OURS.stages)), "pull_back_without_stage"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unsound_copy_is_refused_by_a_code(format: Format, code: str) -> None:
    assert code in validate(format)


def test_minutes_from_nought_to_two_hours_are_sound() -> None:
    for minutes in (0, 120):
        assert validate(replace(OURS, stages=(stage("checkin", minutes), *OURS.stages))) == []


@pytest.mark.parametrize("id", PRESETS)
def test_format_survives_its_own_json(id: str) -> None:
    assert from_json(to_json(PRESETS[id])) == PRESETS[id]


def changed(**parts: Any) -> dict[str, Any]:
    """Return our copy as JSON with other parts."""
    return {**to_json(OURS), **parts}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "bad_shape"),
        ([], "bad_shape"),
        ({}, "bad_shape"),
        (changed(more=1), "bad_shape"),
        (changed(cases="1"), "bad_shape"),
        (changed(cases=True), "bad_shape"),
        (changed(id="What was said"), "bad_id"),
        (changed(pull_back="sometimes"), "bad_pull_back"),
        (changed(stages=[{}]), "bad_shape"),
        (changed(stages=[{"id": "lecture", "minutes": 1, "floor": "group", "out": False}]), "unknown_stage"),
        (changed(stages=[{"id": "call", "minutes": 1, "floor": "nobody", "out": False}]), "bad_floor"),
        (changed(stages=[{"id": "call", "minutes": 1.5, "floor": "group", "out": False}]), "bad_shape"),
        (changed(stages=[None] * 25), "too_many_stages"),
    ],
    ids=range(13),
)
def test_unreadable_format_is_refused_by_a_code(data: object, code: str) -> None:
    with pytest.raises(BadFormat) as refusal:
        from_json(data)
    assert refusal.value.code == code


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(
    st.lists(
        st.builds(
            Stage,
            st.sampled_from(STAGES),
            st.integers(-5, 130),
            st.sampled_from(list(FloorCode)),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.sampled_from(list(PullBack)),
    st.integers(0, 3),
)
def test_any_format_is_judged_and_a_sound_one_has_a_case_and_a_close(
    stages: list[Stage], pull_back: PullBack, cases: int
) -> None:
    format = Format(OWN, tuple(stages), pull_back, cases)
    if not validate(format):
        first, last = format.case_block
        assert first < last < format.closing == len(stages) - 1
