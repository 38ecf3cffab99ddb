"""What a browser may say: one closed list, strict in every field."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from enid.room.protocol.signals import MOST_SIGNAL_BYTES, is_data, is_signal
from enid.room.protocol.words import EVERYONE, HAS_SOUND, IN_THE_CIRCLE, LEADERS, Audience, Options
from enid.room.session import commands as c
from enid.room.session.state import Refused, Session

MOST_BYTES = 16_384
MOST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a browser said, checked; `v` is the version its sender saw."""

    t: str
    id: str | None = None
    v: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


SIGNS = ("yours", "time", "look_presenter", "lost", "slower")
WORDS = ("recognise", "moment", "go", "line", "look_presenter", "all_right", "not_alone")
PLACES = ("debrief", "door")
ASIDES = ("moment", "talk", "line")
SIDES = ("patient", "clinician", "between", "family", "team", "institution")

Check = Callable[[Any], bool]

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SEAT = re.compile(r"[A-Za-z0-9_-]{1,24}")
_TICKET = re.compile(r"[A-Za-z0-9_.:=~-]{1,600}")
_MOST_VERSION = 2**53 - 1


def _is(pattern: re.Pattern[str]) -> Check:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value: type(value) is str and value in words


def _flag(value: Any) -> bool:
    return type(value) is bool


def _version(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST_VERSION


def _text(value: Any) -> bool:
    return type(value) is str and bool(value.strip()) and not any(map(_is_control, value))


_BIDI = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_control(char: str) -> bool:
    """Say whether a character could hide, reorder or break what a reader sees."""
    return char in _BIDI or unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co")


_seat = _is(_SEAT)


def _seat_or_none(value: Any) -> bool:
    return value is None or _seat(value)


_page = _is(_NAME)


def _page_or_none(value: Any) -> bool:
    return value is None or _page(value)


def _place_or_none(value: Any) -> bool:
    return value is None or (type(value) is str and value in PLACES)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of one message, and those of them without which it says nothing."""

    fields: Mapping[str, Check]
    needed: frozenset[str]


_ID = {"id": _is(_NAME)}
_V = {"v": _version}
_ANYWAY = {"anyway": _flag}


def _whole(fields: Mapping[str, Check]) -> _Shape:
    return _Shape(fields, frozenset(fields))


def _wish(**fields: Check) -> _Shape:
    """Shape a person's wish that can never be stale."""
    return _whole({**_ID, **fields})


def _wish_with_a_word(**fields: Check) -> _Shape:
    """Shape a wish that may bring a private word; the word is passed on and reaches no fact."""
    needed = {**_ID, **fields}
    return _Shape({**needed, "word": _one_of(ASIDES)}, frozenset(needed))


def _move(**fields: Check) -> _Shape:
    """Shape a wish that moves the way: it tells the version its sender saw."""
    needed = {**_ID, **_V, **fields}
    return _Shape({**needed, **_ANYWAY}, frozenset(needed))


ACTS: Mapping[str, tuple[type, _Shape]] = {
    # The door.
    "admit": (c.Admit, _wish(seat=_seat)),
    "ask_out": (c.AskOut, _wish_with_a_word(seat=_seat)),
    "take_back": (c.TakeBack, _wish(seat=_seat)),
    "step_out": (c.StepOut, _wish()),
    "step_in": (c.StepIn, _wish()),
    "mark": (c.Mark, _wish(seat=_seat, here=_flag)),
    # The way.
    "move_on": (c.MoveOn, _move()),
    "step_back": (c.StepBack, _move()),
    "repeat": (c.Repeat, _move()),
    "skip": (c.Skip, _move()),
    "second_case": (c.SecondCase, _move()),
    "no_case": (c.NoCase, _move()),
    "resume": (c.Resume, _move(presenter_in=_flag)),
    "end_meeting": (c.EndMeeting, _move()),
    "pause": (c.Pause, _wish()),
    "close_now": (c.CloseNow, _wish()),
    # The presenter.
    "mark_presenter": (c.MarkPresenter, _move(seat=_seat)),
    "undo_mark": (c.UndoMark, _wish()),
    "free_presenter": (c.FreePresenter, _move()),
    "sit_back": (c.SitBack, _move()),
    "come_in": (c.ComeIn, _wish()),
    "decline_return": (c.DeclineReturn, _wish()),
    # The frame.
    "hand_over": (c.HandOver, _wish(to=_seat)),
    "take_frame": (c.TakeFrame, _wish()),
    "name_deputy": (c.NameDeputy, _wish(seat=_seat_or_none)),
}
"""Every message that is a wish to the session, with its command."""

EPHEMERAL: Mapping[str, _Shape] = {
    "sign": _wish(sign=_one_of(SIGNS)),
    "whisper": _wish(text=_text),
    "word": _wish(word=_one_of(WORDS)),
    "touch": _wish(side=_one_of(SIDES), on=_flag),
    "on_call": _wish(on=_flag),
    "alone": _wish(alone=_flag),
    "hand": _wish(on=_flag),
    "weak": _wish(on=_flag),
    "chair": _wish(on=_flag),
}
"""Every message that is passed on and never kept."""

MEDIA: Mapping[str, _Shape] = {
    "voice": _wish(page=_page, take=_flag, mic=_flag, camera=_flag),
    "signal": _wish(**{"to": _seat, "page": _page_or_none, "from": _page, "data": is_data}),
    "mute": _wish(seat=_seat),
    "ask_unmute": _wish(seat=_seat),
    "after": _wish(room=_place_or_none),
    "ways": _wish(),
}
"""Every message about sound and picture; passed on and never kept either."""

LINE: Mapping[str, _Shape] = {
    "join": _whole({"ticket": _is(_TICKET), **_V}),
    "ping": _whole(_V),
    "leave": _whole({}),
}
"""Every message about the line itself."""

_SHAPES: Mapping[str, _Shape] = {
    **{t: shape for t, (_, shape) in ACTS.items()},
    **EPHEMERAL,
    **MEDIA,
    **LINE,
}


def most_bytes(text: str) -> int:
    """Return how long this message may be; a signal carries a description of what a browser can do."""
    return MOST_SIGNAL_BYTES if is_signal(text) else MOST_BYTES


def parse(text: str) -> Message:
    """Return what a browser said.

    raises: Refused with too_big, bad_json, unknown, too_long or bad_field, and nothing else
    """
    most = most_bytes(text)
    if len(text) > most or len(text.encode("utf-8", "surrogatepass")) > most:
        raise Refused("too_big")
    data = _object(text)
    t = data.pop("t", None)
    shape = _SHAPES.get(t) if type(t) is str else None
    if shape is None:
        raise Refused("unknown")
    _check(data, shape)
    return Message(str(t), data.pop("id", None), data.pop("v", None), data)


def _object(text: str) -> dict[str, Any]:
    try:
        data = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if type(data) is not dict:
        raise Refused("bad_json")
    return data


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that comes twice: readers would differ on which one counts."""
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("twins")
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_twins, parse_constant=_no_constant)


def _check(data: dict[str, Any], shape: _Shape) -> None:
    if not shape.needed <= data.keys() <= shape.fields.keys():
        raise Refused("bad_field")
    text = data.get("text")
    if type(text) is str and len(text) > MOST_TEXT:
        raise Refused("too_long")
    if not all(shape.fields[name](value) for name, value in data.items()):
        raise Refused("bad_field")


def command_for(message: Message, by: str) -> c.Command | None:
    """Return the wish that this message is, as the person on seat `by` utters it."""
    if message.t == "leave":
        return c.Leave(by)
    act = ACTS.get(message.t)
    if act is None:
        return None
    fields = {name: value for name, value in message.fields.items() if name != "word"}
    command: c.Command = act[0](by=by, **fields)
    return command


def check_fresh(message: Message, session: Session) -> None:
    """Refuse a move whose sender had not seen the last one; comings and goings age nothing."""
    if message.t in ACTS and message.v is not None and not session.moved <= message.v <= session.version:
        raise Refused("stale")


# Who may say what is never kept, and who hears it.

MAY_SAY: Mapping[str, frozenset[Audience]] = {
    "sign": LEADERS,
    "whisper": LEADERS,
    "word": HAS_SOUND | {Audience.WAITING},
    "touch": LEADERS,
    "on_call": HAS_SOUND,
    "alone": HAS_SOUND | {Audience.WAITING},
    "hand": IN_THE_CIRCLE,
    "weak": HAS_SOUND,
    "chair": LEADERS,
}
HEARD_BY: Mapping[str, frozenset[Audience]] = {
    "sign": LEADERS,
    "whisper": LEADERS,
    "word": LEADERS,
    "touch": LEADERS,
    "on_call": EVERYONE,
    "alone": LEADERS,
    "hand": EVERYONE,
    "weak": LEADERS,
    "chair": EVERYONE,
}
_NEEDS_OPTION = {"hand": "hands", "chair": "chair"}


def check_may_say(message: Message, audience: Audience, options: Options) -> None:
    """Refuse an ephemeral message of somebody to whom it is not given, or that the group has off."""
    if audience not in MAY_SAY[message.t]:
        raise Refused("not_yours")
    option = _NEEDS_OPTION.get(message.t)
    if option is not None and not getattr(options, option):
        raise Refused("off")


def notice_for(message: Message, seat: str) -> dict[str, Any]:
    """Return the ephemeral notice that this message becomes for those in `HEARD_BY`."""
    return {"t": message.t, "seat": seat, **message.fields}
