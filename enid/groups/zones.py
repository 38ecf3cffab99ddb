"""Time zones that a person may choose by name."""

from functools import cache
from zoneinfo import available_timezones

_AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@cache
def names() -> tuple[str, ...]:
    """Return zones named after places, in order, and UTC."""
    places = (name for name in available_timezones() if name.startswith(_AREAS))
    return ("UTC", *sorted(places))


def choices(present: str) -> list[tuple[str, str]]:
    """Return pairs for a list; the present zone is kept even if it goes by an older name."""
    listed = names()
    kept = listed if present in listed else (present, *listed)
    return [(name, name) for name in kept]
