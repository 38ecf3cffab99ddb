"""Words that both sides of the wire use: audiences, options of a group, close codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who listens on a socket."""

    LEADER = "leader"
    PRESENTER = "presenter"
    MEMBER = "member"
    OBSERVER = "observer"
    WAITING = "waiting"
    TABLE = "table"  # the one device in a physical room


class Bye(StrEnum):
    """Why a socket was closed, by name."""

    BAD = "bad"
    NOT_YOURS = "not_yours"
    GONE = "gone"
    LATE_JOIN = "late_join"
    ELSEWHERE = "elsewhere"
    REPLACED = "replaced"
    TOO_BIG = "too_big"
    TOO_FAST = "too_fast"
    RESTART = "restart"


CLOSE_CODES: Mapping[Bye, int] = {
    Bye.BAD: 4400,
    Bye.NOT_YOURS: 4403,
    Bye.GONE: 4404,
    Bye.LATE_JOIN: 4408,
    Bye.ELSEWHERE: 4409,
    Bye.REPLACED: 4410,
    Bye.TOO_BIG: 4413,
    Bye.TOO_FAST: 4429,
    Bye.RESTART: 1012,
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a group has switched on; everything is off by itself."""

    members_see_time: bool = False
    hands: bool = False
    chair: bool = False
    lingering: bool = False


IN_THE_CIRCLE = frozenset({Audience.LEADER, Audience.PRESENTER, Audience.MEMBER})
HAS_SOUND = IN_THE_CIRCLE | {Audience.OBSERVER}
LEADERS = frozenset({Audience.LEADER})
EVERYONE = frozenset(Audience) - {Audience.WAITING}
