"""Time zones by name, as the zone data of this machine knows them."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def zone_or_utc(name: str) -> ZoneInfo:
    """Return the zone of this name, or UTC where the zone data no longer knows it."""
    return known(name) or ZoneInfo("UTC")


@cache
def known(name: str) -> ZoneInfo | None:
    """Return the zone of this name, if the zone data knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
