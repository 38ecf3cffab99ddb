"""A listener that knows only what its socket heard, and the keys that are for leaders alone."""

from collections.abc import Iterator
from typing import Any

from enid.room.protocol import Audience

FOR_LEADERS = frozenset(
    {
        "holder",
        "keeper",
        "offered_to",
        "minutes",
        "since",
        "spent",
        "clock",
        "marked_at",
        "asked_out",
        "waits_because",
        "knocks_beside",
        "at",
    }
)
TOLD_TO_LEADERS = frozenset(
    {
        "knocked",
        "knocked_beside",
        "admitted_beside",
        "went_from_door",
        "admitted",
        "asked_out",
        "taken_back",
        "frame_taken",
        "frame_passed",
        "frame_offered",
    }
)
INSIDE = (Audience.LEADER, Audience.PRESENTER, Audience.MEMBER, Audience.OBSERVER, Audience.TABLE)


def mirror(state: dict[str, Any], frame: dict[str, Any]) -> dict[str, Any]:
    """Return the state after a fact, as the browser's state.js does."""
    assert frame["v"] == state["v"] + 1
    news = {name: value for name, value in frame.items() if name not in ("e", "gone", "seat")}
    assert news.keys() <= state.keys()
    seats = state.get("seats", [])
    if "seat" in frame:
        seats = with_seat(seats, frame["seat"])
    if "gone" in frame:
        seats = [seat for seat in seats if seat["id"] != frame["gone"]]
    return {**state, **news, **({"seats": seats} if seats else {})}


def with_seat(seats: list[dict[str, Any]], seat: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the circle with this chair as it is now."""
    if any(other["id"] == seat["id"] for other in seats):
        return [seat if other["id"] == seat["id"] else other for other in seats]
    return [*seats, seat]


def keys_of(value: Any) -> Iterator[str]:
    """Give every key at every depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def assert_not_for_leaders(frame: dict[str, Any]) -> None:
    """Assert that nothing in a frame is for leaders alone."""
    assert not FOR_LEADERS & set(keys_of(frame))
    assert frame.get("e") not in TOLD_TO_LEADERS
    statuses = [
        seat["status"]
        for seat in [*frame.get("seats", []), *([frame["seat"]] if "e" in frame and "seat" in frame else [])]
    ]
    assert "waiting" not in statuses
