"""Debian's libical as a reader of calendar files, where it is installed: its own rules and its own zones.

It expands rules by the wall clock, so UNTIL, which stands in UTC, is turned into wall time by libical as well.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

MOST = 5000
VEVENT = 4  # ICAL_VEVENT_COMPONENT


class Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


_POINTER, _TEXT, _SECONDS, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64, ctypes.c_int
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "icalparser_parse_string": (_POINTER, [_TEXT]),
    "icalcomponent_free": (None, [_POINTER]),
    "icalcomponent_get_first_component": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_next_component": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_first_property": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_next_property": (_POINTER, [_POINTER, _INT]),
    "icalproperty_string_to_kind": (_INT, [_TEXT]),
    "icalproperty_get_value_as_string": (_TEXT, [_POINTER]),
    "icalcomponent_get_dtstart": (Time, [_POINTER]),
    "icalcomponent_get_parent": (_POINTER, [_POINTER]),
    "icalcomponent_get_timezone": (_POINTER, [_POINTER, _TEXT]),
    "icalproperty_get_parameter_as_string": (_TEXT, [_POINTER, _TEXT]),
    "icalcomponent_get_uid": (_TEXT, [_POINTER]),
    "icaltime_from_string": (Time, [_TEXT]),
    "icaltime_from_timet_with_zone": (Time, [_SECONDS, _INT, _POINTER]),
    "icaltime_as_timet": (_SECONDS, [Time]),
    "icaltime_as_timet_with_zone": (_SECONDS, [Time, _POINTER]),
    "icalrecur_expand_recurrence": (_INT, [_TEXT, _SECONDS, _INT, ctypes.POINTER(_SECONDS)]),
}


def find() -> Callable[[str], list[datetime]] | None:
    """Return what reads the text of a calendar file, or nothing where libical 3 is not installed."""
    name = ctypes.util.find_library("ical")
    if name is None or not name.endswith(".so.3"):
        return None
    library = ctypes.CDLL(name)
    for each, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, each)
        function.restype, function.argtypes = result, arguments
    return Libical(library).begins


class Libical:
    """Reads with the library."""

    def __init__(self, library: Any) -> None:
        self.call = library

    def begins(self, text: str) -> list[datetime]:
        """Return when every entry begins, in UTC and in order."""
        root = self.call.icalparser_parse_string(text.encode())
        events = list(self._components(root))
        moved = {self._key(event) for event in events if self._original(event)}
        found = [at for event in events for at in self._of(event, moved)]
        self.call.icalcomponent_free(root)
        return sorted(datetime.fromtimestamp(each, UTC) for each in found)

    def _components(self, root: int) -> Iterator[int]:
        event = self.call.icalcomponent_get_first_component(root, VEVENT)
        while event:
            yield event
            event = self.call.icalcomponent_get_next_component(root, VEVENT)

    def _original(self, event: int) -> int:
        """Return the instant whose place a moved entry takes; 0 for any other."""
        return next(self._moments(event, b"RECURRENCE-ID"), 0)

    def _key(self, event: int) -> tuple[bytes, int]:
        return self.call.icalcomponent_get_uid(event), self._original(event)

    def _instant(self, time: Time, zone: int | None) -> int:
        return int(self.call.icaltime_as_timet_with_zone(time, zone))

    def _of(self, event: int, moved: set[tuple[bytes, int]]) -> list[int]:
        start, uid = self.call.icalcomponent_get_dtstart(event), self.call.icalcomponent_get_uid(event)
        if self._original(event):
            return [self._instant(start, start.zone)]
        gone = set(self._moments(event, b"EXDATE"))
        rules = [self._value(each) for each in self._properties(event, b"RRULE")]
        every = [at for rule in rules for at in self._ruled(rule, start)]
        instants = every or [self._instant(start, start.zone)]
        return [at for at in instants if at not in gone and (uid, at) not in moved]

    def _properties(self, event: int, name: bytes) -> Iterator[int]:
        kind = self.call.icalproperty_string_to_kind(name)
        found = self.call.icalcomponent_get_first_property(event, kind)
        while found:
            yield found
            found = self.call.icalcomponent_get_next_property(event, kind)

    def _value(self, found: int) -> str:
        return str(self.call.icalproperty_get_value_as_string(found).decode())

    def _moments(self, event: int, name: bytes) -> Iterator[int]:
        """Yield the instants that a property names, by the zone that it names itself."""
        for found in list(self._properties(event, name)):
            zone_name = self.call.icalproperty_get_parameter_as_string(found, b"TZID")
            root = self.call.icalcomponent_get_parent(event)
            zone = self.call.icalcomponent_get_timezone(root, zone_name) if zone_name else None
            for text in self._value(found).split(","):
                yield self._written(text, zone)

    def _written(self, text: str, zone: int | None) -> int:
        time = self.call.icaltime_from_string(text.encode())
        return self._instant(time, time.zone if text.endswith("Z") else zone)

    def _ruled(self, rule: str, start: Time) -> list[int]:
        local = re.sub(r"UNTIL=(\w+Z)", lambda match: f"UNTIL={self._by_wall(match[1], start.zone)}", rule)
        room = (_SECONDS * MOST)()
        wall = self.call.icaltime_as_timet(start)
        self.call.icalrecur_expand_recurrence(local.encode(), wall, MOST, room)
        filled = [each for each in room if each]  # what the rule does not name stays zero
        times = [self.call.icaltime_from_timet_with_zone(each, 0, None) for each in filled]
        return [self._instant(time, start.zone) for time in times]

    def _by_wall(self, until: str, zone: int | None) -> str:
        instant = self._written(until, None)
        shown = self.call.icaltime_from_timet_with_zone(instant, 0, zone)
        return (
            f"{shown.year:04}{shown.month:02}{shown.day:02}T{shown.hour:02}{shown.minute:02}{shown.second:02}"
        )
