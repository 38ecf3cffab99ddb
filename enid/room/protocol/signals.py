"""What two browsers say to each other through the room, so that sound and picture can go straight between them.

Passed on, never kept. A closed list of kinds, each with strict fields; the room reads none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]

MOST_SIGNAL_BYTES = 131_072

_START = '{"t":"signal"'
_SDP = re.compile(r"v=0\r?\n[\x20-\x7e\r\n]{1,100000}")
_CANDIDATE = re.compile(r"[\x20-\x7e]{0,1000}")
_SHORT = re.compile(r"[\x21-\x7e]{1,256}")
_MARK = re.compile(r"[A-Za-z0-9_-]{1,40}")
_VALUE = re.compile(r"[A-Za-z0-9+/=:._-]{0,2000}")
_MOST_COUNT = 1_000_000


def is_signal(text: str) -> bool:
    """Say whether a message claims to be a signal: these may be longer and come faster than a person presses."""
    return text.startswith(_START)


def _is(pattern: re.Pattern[str]) -> Check:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST_COUNT


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


_DESCRIPTION: Mapping[str, Check] = {"link": _is(_MARK), "n": _count, "sdp": _is(_SDP)}

KINDS: Mapping[str, Mapping[str, Check]] = {
    "offer": _DESCRIPTION,
    "answer": _DESCRIPTION,
    "candidate": {
        "link": _is(_MARK),
        "candidate": _is(_CANDIDATE),
        "mid": _or_none(_is(_SHORT)),
        "line": _or_none(_count),
        "ufrag": _or_none(_is(_SHORT)),
    },
    "bye": {"link": _or_none(_is(_MARK))},
    "check": {"step": _is(_MARK), "value": _is(_VALUE)},
}
"""Every kind of signal, with all its fields; none may be missing."""


def is_data(value: Any) -> bool:
    """Say whether this is one of the kinds, whole and nothing else."""
    if type(value) is not dict or type(value.get("kind")) is not str:
        return False
    shape = KINDS.get(value["kind"])
    if shape is None or value.keys() != {"kind", *shape}:
        return False
    return all(check(value[name]) for name, check in shape.items())
