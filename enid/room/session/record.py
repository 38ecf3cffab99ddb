"""Facts and states as plain values, for the durable log and its snapshots."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any

from enid.groups.formats import Format, from_json, to_json
from enid.room.session import events as e
from enid.room.session.state import Because, Phase, Role, Seat, Session, Setting, Status

EVENTS: dict[str, type] = {kind.__name__: kind for kind in e.Event.__args__}
"""Every kind of fact by its name in the log."""


def event_to_json(event: e.Event) -> dict[str, Any]:
    """Return a fact as plain values."""
    kind = type(event)
    values = {field.name: _plain(getattr(event, field.name)) for field in fields(kind)}
    return {"event": kind.__name__, **values}


def event_from_json(data: dict[str, Any]) -> e.Event:
    """Return the fact that `event_to_json` wrote."""
    kind = EVENTS[data["event"]]
    values = {name: _value(name, raw) for name, raw in data.items() if name != "event"}
    event: e.Event = kind(**values)
    return event


def snapshot(session: Session) -> dict[str, Any]:
    """Return a state as plain values."""
    return {field.name: _plain(getattr(session, field.name)) for field in fields(Session)}


def restore(data: dict[str, Any]) -> Session:
    """Return the state that `snapshot` wrote."""
    values = {name: _value(name, raw) for name, raw in data.items() if name != "seats"}
    seats = tuple(Seat(**{name: _value(name, raw) for name, raw in seat.items()}) for seat in data["seats"])
    return Session(seats=seats, **values)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Format):
        return to_json(value)
    if isinstance(value, Seat):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(Seat)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _value(name: str, raw: Any) -> Any:
    read = _READERS.get(name)
    return raw if read is None or raw is None else read(raw)


_READERS: dict[str, Any] = {
    "format": from_json,
    "setting": Setting,
    "phase": Phase,
    "role": Role,
    "status": Status,
    "because": Because,
    "waits_because": Because,
    "spent": tuple,
    "seats": lambda pairs: tuple((id, Role(role)) for id, role in pairs),
}
