"""The leaders' own copy of a format, edited without a script."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enid.groups import course
from enid.groups.formats import PRESETS, from_json
from enid.groups.models import Group
from tests.cast import Cast


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


def _form(do: str, **changed: Any) -> dict[str, Any]:
    stages = PRESETS["first-75"].stages
    return {
        "stage": [stage.id for stage in stages],
        "minutes": [str(stage.minutes) for stage in stages],
        "floor": [stage.floor.value for stage in stages],
        "out": [str(place) for place, stage in enumerate(stages) if stage.out],
        "pull_back": "always",
        "cases": "1",
        "length_min": "75",
        "added": "checkin",
        "do": do,
        **changed,
    }


def _address(circle: Group) -> str:
    return reverse("group_format", args=[circle.pk])


def _kept(circle: Group) -> list[str]:
    circle.refresh_from_db()
    return [stage.id for stage in from_json(circle.format).stages]


def _shown(page: Any) -> list[str]:
    return [row["stage"].id for row in page.context["rows"]]


def test_page_shows_the_sum_against_the_meeting(leader: Client, circle: Group) -> None:
    page = leader.get(_address(circle)).content.decode()
    assert "75 minutes; the meeting lasts 75" in page
    assert "That fits." in page


@pytest.mark.parametrize(
    ("press", "first_three"),
    [
        ("down:0", ["frame", "arrive", "followup"]),
        ("up:1", ["frame", "arrive", "followup"]),
        ("up:0", ["arrive", "frame", "followup"]),
        ("remove:1", ["arrive", "followup", "call"]),
        ("up:99", ["arrive", "frame", "followup"]),
        ("up:-1", ["arrive", "frame", "followup"]),
        ("up:" + "9" * 5000, ["arrive", "frame", "followup"]),
        ("dance:1", ["arrive", "frame", "followup"]),
    ],
)
def test_presses_move_stages_in_the_form_and_keep_nothing(
    leader: Client, circle: Group, press: str, first_three: list[str]
) -> None:
    before = _kept(circle)
    page = leader.post(_address(circle), _form(press))
    assert page.status_code == 200
    assert _shown(page)[:3] == first_three
    assert _kept(circle) == before


def test_added_stage_stands_before_the_close(leader: Client, circle: Group) -> None:
    assert _shown(leader.post(_address(circle), _form("add")))[-2:] == ["checkin", "close"]


def test_a_course_longer_than_the_meeting_is_offered_two_ways_out(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("look", length_min="65")).content.decode()
    assert "That is more than the meeting holds." in page
    assert "Make the meeting 75 minutes" in page
    assert "Take “North American, 60 minutes”, which fits" in page
    assert "which fits" not in leader.post(_address(circle), _form("look")).content.decode()


def test_the_meeting_is_made_as_long_as_its_course(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("length:75", length_min="65"))
    assert page.context["draft"].length_min == 75
    assert "That fits." in page.content.decode()


def test_a_fitting_course_is_taken_without_making_the_meeting_shorter(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("fit:us-60", length_min="65"))
    assert page.context["draft"].format().id == "us-60"
    assert page.context["draft"].length_min == 65


def test_where_no_course_fits_only_the_length_is_offered(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("look", length_min="40")).content.decode()
    assert "Make the meeting 75 minutes" in page
    assert "which fits" not in page


def test_a_length_that_no_meeting_may_have_is_not_taken(leader: Client, circle: Group) -> None:
    for length in ("length:9000", "length:", "length:-5", "length:19"):
        assert leader.post(_address(circle), _form(length)).context["draft"].length_min == 75


def test_of_two_fitting_courses_the_one_more_alike_is_offered() -> None:
    long = replace(
        PRESETS["uk-90"],
        stages=(*PRESETS["uk-90"].stages[:-1], replace(PRESETS["uk-90"].stages[-1], minutes=20)),
    )
    out = course.ways_out(course.draft_of(long, 90))
    assert out
    assert out.preset == "uk-90"


def test_kept_course_is_the_leaders_own_copy(leader: Client, circle: Group) -> None:
    minutes = [str(stage.minutes) for stage in PRESETS["first-75"].stages]
    minutes[0] = "8"
    leader.post(_address(circle), _form("keep", minutes=minutes, length_min="80"))
    circle.refresh_from_db()
    assert (circle.format["id"], circle.length_min) == ("own", 80)
    assert from_json(circle.format).total_min == 80


def test_unchanged_course_keeps_the_name_of_its_preset(leader: Client, circle: Group) -> None:
    leader.post(_address(circle), _form("keep"))
    circle.refresh_from_db()
    assert circle.format["id"] == "first-75"


def test_way_back_to_a_preset_brings_its_length(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("preset:us-60"))
    assert page.context["draft"].length_min == page.context["total_min"] == 60


def test_two_cases_count_the_case_twice(leader: Client, circle: Group) -> None:
    page = leader.post(_address(circle), _form("look", cases="2"))
    assert page.context["total_min"] == 75 + 59


def test_sum_alone_is_sent_to_a_page_that_counts_along(leader: Client, circle: Group) -> None:
    part = leader.post(_address(circle), _form("look"), headers={"HX-Request": "true"}).content.decode()
    assert "75 minutes" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"minutes": ["x"] * 10}, "Minutes are whole numbers from 0 to 120."),
        ({"minutes": ["9" * 4000] * 10}, "Minutes are whole numbers from 0 to 120."),
        ({"minutes": ["-1"] * 10}, "Minutes are whole numbers from 0 to 120."),
        ({"minutes": ["²"] * 10}, "Minutes are whole numbers from 0 to 120."),
        ({"minutes": ["5"]}, "The form did not arrive whole."),
        ({"floor": ["anyone"] * 10}, "Choose for each stage who speaks."),
        ({"stage": ["party"] * 10}, "One of the stages is not known."),
        ({"stage": ["arrive"] * 10}, "A case needs a telling."),
        ({"out": []}, "mark the stage in which that is so"),
        ({"out": ["0", "6", "7"]}, "The presenter sits back only in"),
        ({"pull_back": "none"}, "You chose that nobody sits back"),
        ({"pull_back": "x" * 100_000}, "Choose whether the presenter sits back"),
        ({"cases": "3"}, "A meeting has one case or two."),
        ({"length_min": "5"}, "A meeting lasts from 20 to 300 minutes."),
        ({"stage": [], "minutes": [], "floor": []}, "A meeting needs stages."),
    ],
)
def test_problems_are_listed_in_sentences_and_nothing_is_kept(
    leader: Client, circle: Group, changed: dict[str, Any], sentence: str
) -> None:
    before = circle.format
    page = leader.post(_address(circle), _form("keep", **changed))
    assert page.status_code == 422
    assert any(sentence in problem for problem in page.context["problems"])
    circle.refresh_from_db()
    assert circle.format == before


def test_every_problem_has_a_sentence_of_its_own() -> None:
    import inspect
    import re

    from enid.groups import formats, labels

    codes = set(re.findall(r'yield "([a-z_]+)"', inspect.getsource(formats)))
    codes |= {f"{name}_missing" for name in ("present", "work", "return", "close")}
    assert codes <= labels.PROBLEMS.keys()
    assert set(formats.STAGES) - {"debrief"} == labels.STAGE_NAMES.keys()
    assert set(formats.FloorCode) == labels.FLOOR_NAMES.keys()
    assert set(formats.PullBack) == labels.PULL_BACK_NAMES.keys()
    assert set(formats.PRESETS) <= labels.PRESET_NAMES.keys()
