"""No field of a session, a wish or a fact could hold what somebody said."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from enid.groups.formats import Format, Stage
from enid.room.session import (
    Command,
    Event,
    Floor,
    Seat,
    Session,
    deciding,
    evolve,
    fold,
    folding,
    record,
    restore,
    snapshot,
)
from tests.unit.room.stories import Story

SEAT_IDS = frozenset(
    {"seat", "by", "to", "id", "presenter", "holder", "keeper", "offered_to", "deputy", "seats"}
)
"""The only fields of text; `decide` lets nothing in that is not an opaque short id."""


def kinds_in(hint: Any) -> Iterator[Any]:
    """Give the plain types inside a type."""
    if get_origin(hint) in (Union, types.UnionType, tuple):
        for part in get_args(hint):
            yield from kinds_in(part)
    elif hint is not Ellipsis:
        yield hint


@pytest.mark.parametrize(
    "kind", [*Command.__args__, *Event.__args__, Session, Seat, Floor], ids=lambda k: k.__name__
)
def test_no_field_can_hold_free_text(kind: type) -> None:
    hints = get_type_hints(kind)
    for field in fields(kind):
        for inner in kinds_in(hints[field.name]):
            if inner is str:
                assert field.name in SEAT_IDS, f"{kind.__name__}.{field.name} could hold words"
            else:
                assert inner in (int, bool, type(None), Format, Seat) or issubclass(inner, Enum)


def test_format_holds_no_words_but_ids() -> None:
    for kind in (Format, Stage):
        texts = {name for name, hint in get_type_hints(kind).items() if str in kinds_in(hint)}
        assert texts == {"id"}


def test_every_fact_carries_when_it_happened() -> None:
    for kind in Event.__args__:
        assert fields(kind)[0].name == "at"
        assert get_type_hints(kind)["at"] is int


def test_every_wish_has_a_rule_and_every_fact_a_change() -> None:
    opening = {Command.__args__[0], Event.__args__[0]}
    assert deciding._RULES.keys() == set(Command.__args__) - opening
    assert folding._CHANGES.keys() == set(Event.__args__) - opening
    assert set(record.EVENTS.values()) == set(Event.__args__)


def test_everything_is_frozen() -> None:
    for kind in (*Command.__args__, *Event.__args__, Session, Seat, Floor, Format, Stage):
        assert is_dataclass(kind)
        assert kind.__dataclass_params__.frozen


def test_state_is_what_its_facts_make_of_it() -> None:
    story = Story().go_to("work")
    assert fold(story.log) == story.session
    assert restore(snapshot(story.session)) == story.session
    assert story.session.version == len(story.log)


def test_nothing_happens_before_the_opening() -> None:
    story = Story()
    with pytest.raises(ValueError, match="first fact"):
        evolve(None, story.log[1])
    with pytest.raises(ValueError, match="nothing"):
        fold(())
