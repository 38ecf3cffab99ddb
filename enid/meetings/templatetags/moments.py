"""Days and hours on pages: meetings/moments.py in the reader's zone."""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from enid.groups.models import Group
from enid.meetings import moments

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """Say day and hour: Tuesday 1 December 2026, 18:30."""
    return moments.moment(at, _reader())


@register.filter
def day(at: datetime) -> str:
    """Say the day: 1 December 2026."""
    return moments.day(at, _reader())


@register.filter
def clock(at: datetime) -> str:
    """Say the hour: 18:30."""
    return moments.clock(at, _reader())


@register.filter
def elsewhere(at: datetime, group: Group) -> str:
    """Say the hour in the group's zone where it differs from the reader's; nothing where it does not."""
    return moments.elsewhere(at, _reader(), group.time_zone)


@register.filter
def own_zone(at: datetime, group: Group) -> str:
    """Name the reader's zone where its hour differs from the group's; nothing where it does not."""
    return moments.own_zone(at, _reader(), group.time_zone)


@register.filter
def whole(at: datetime, group: Group) -> str:
    """Say day and hour for the reader, with the group's own clock beside it where that differs."""
    return moments.whole(at, _reader(), group.time_zone)


def _reader() -> ZoneInfo:
    zone = timezone.get_current_timezone()
    return zone if isinstance(zone, ZoneInfo) else cast("ZoneInfo", moments.zone_or_utc(str(zone)))
