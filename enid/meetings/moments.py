"""Days and hours as people say them: one place for pages, mail and calendar files, in the reader's zone and language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as dated
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enid.core.zones import known as known
from enid.core.zones import zone_or_utc as zone_or_utc


def moment(at: datetime, reader: ZoneInfo) -> str:
    """Say day and hour: Tuesday 1 December 2026, 18:30."""
    return dated(at.astimezone(reader), pgettext("Django date format", "l j F Y, H:i"))


def day(at: datetime, reader: ZoneInfo) -> str:
    """Say the day: 1 December 2026."""
    return dated(at.astimezone(reader), pgettext("Django date format", "j F Y"))


def clock(at: datetime, reader: ZoneInfo) -> str:
    """Say the hour: 18:30."""
    return dated(at.astimezone(reader), "H:i")


def elsewhere(at: datetime, reader: ZoneInfo, theirs: str) -> str:
    """Say the hour in another zone where its clock shows something else, and the weekday where that differs too.

    returns: "" where both clocks show the same, or the other zone is unknown
    """
    there = _there(at, reader, theirs)
    if there is None:
        return ""
    same_day = there.date() == at.astimezone(reader).date()
    hour = f"{there:%H:%M}" if same_day else dated(there, pgettext("Django date format", "l H:i"))
    return _("%(hour)s in %(zone)s") % {"hour": hour, "zone": plain(theirs)}


def own_zone(at: datetime, reader: ZoneInfo, theirs: str) -> str:
    """Name the reader's zone where its hour differs from the other one; nothing where it does not."""
    if _there(at, reader, theirs) is None:
        return ""
    return _("in %(zone)s") % {"zone": plain(reader.key)}


def whole(at: datetime, reader: ZoneInfo, theirs: str) -> str:
    """Say day and hour for the reader, with the group's own clock beside it where that differs."""
    there = elsewhere(at, reader, theirs)
    here = moment(at, reader)
    return f"{here} {own_zone(at, reader, theirs)} ({there})" if there else here


def plain(zone: str) -> str:
    """Return a zone's name as people read it."""
    return zone.replace("_", " ")


def _there(at: datetime, reader: ZoneInfo, theirs: str) -> datetime | None:
    """Return the moment in the other zone, or None where both clocks show the same."""
    zone = known(theirs)
    there = at.astimezone(zone) if zone else None
    return there if there and there.utcoffset() != at.astimezone(reader).utcoffset() else None
