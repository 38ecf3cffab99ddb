"""Days and hours as people say them, in the reader's zone and language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enid.groups.models import Group

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """Say day and hour: Tuesday 1 December 2026, 18:30."""
    return dated(timezone.localtime(at), pgettext("Django date format", "l j F Y, H:i"))


@register.filter
def day(at: datetime) -> str:
    """Say the day: 1 December 2026."""
    return dated(timezone.localtime(at), pgettext("Django date format", "j F Y"))


@register.filter
def clock(at: datetime) -> str:
    """Say the hour: 18:30."""
    return dated(timezone.localtime(at), "H:i")


@register.filter
def elsewhere(at: datetime, group: Group) -> str:
    """Say the hour in the group's zone where it differs from the reader's; nothing where it does not."""
    theirs = _there(at, group)
    if theirs is None:
        return ""
    return _("%(hour)s in %(zone)s") % {"hour": f"{theirs:%H:%M}", "zone": _plain(group.time_zone)}


@register.filter
def own_zone(at: datetime, group: Group) -> str:
    """Name the reader's zone where its hour differs from the group's; nothing where it does not."""
    if _there(at, group) is None:
        return ""
    return _("in %(zone)s") % {"zone": _plain(timezone.get_current_timezone_name())}


def _there(at: datetime, group: Group) -> datetime | None:
    """Return the moment in the group's zone, or None where both clocks show the same."""
    theirs = at.astimezone(ZoneInfo(group.time_zone))
    return None if theirs.utcoffset() == timezone.localtime(at).utcoffset() else theirs


def _plain(zone: str) -> str:
    return zone.replace("_", " ")
