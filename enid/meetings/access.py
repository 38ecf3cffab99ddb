"""The only doors to a meeting: whoever may not know of it meets a plain 404."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from enid.core.links import hash_of
from enid.groups.access import get_dated_group, get_leadership, get_membership
from enid.groups.life_models import Visit
from enid.groups.models import Membership
from enid.meetings import covers
from enid.meetings.models import CalendarFeed, GuestPass, Meeting, Series
from enid.meetings.queries import watching
from enid.people.models import Person

WATCHING = "watching"  # session key: which visits this browser carries; never their secrets


def get_meeting(person: Person, meeting_id: UUID) -> Meeting:
    """Return the meeting if the person belongs to its group, or 404."""
    meeting = _meeting(meeting_id)
    get_membership(person, meeting.group_id)
    return meeting


def get_led_meeting(person: Person, meeting_id: UUID) -> Meeting:
    """Return the meeting if the person leads its group, or 404."""
    meeting = _meeting(meeting_id)
    get_leadership(person, meeting.group_id)
    return meeting


def get_conducted_meeting(person: Person, meeting_id: UUID, *, at: datetime) -> Meeting:
    """Return the meeting if the person leads its group, or this one evening in a leader's place, or 404."""
    meeting = _meeting(meeting_id)
    if not conducts(get_membership(person, meeting.group_id), meeting, at=at):
        raise Http404
    return meeting


def conducts(place: Membership, meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether somebody leads this meeting, as a leader or in a leader's place."""
    return place.is_leader or place.pk in covers.leading(meeting, at=at)


def get_dated_meeting(person: Person, meeting_id: UUID) -> Meeting:
    """Return the meeting if the person leads its group or coordinates its dates, or 404."""
    meeting = _meeting(meeting_id)
    get_dated_group(person, meeting.group_id)
    return meeting


def get_dated_series(person: Person, series_id: UUID) -> Series:
    """Return the series if the person leads its group or coordinates its dates, or 404."""
    series = _series(series_id)
    get_dated_group(person, series.group_id)
    return series


def get_series(person: Person, series_id: UUID) -> Series:
    """Return the series if the person belongs to its group, or 404."""
    series = _series(series_id)
    get_membership(person, series.group_id)
    return series


def get_feed(secret: str) -> CalendarFeed:
    """Return the calendar behind a secret link, or 404."""
    found = CalendarFeed.objects.select_related("person").filter(secret_hash=hash_of(secret))
    feed = found.filter(person__is_active=True).first()
    if feed is None:
        raise Http404
    return feed


def get_place(person: Person, meeting: Meeting) -> Membership:
    """Return the person's place in the group that meets, or 404."""
    return get_membership(person, meeting.group_id)


def get_pass(secret: str, *, at: datetime) -> GuestPass:
    """Return the guest pass behind a link while it opens anything, or 404."""
    return _usable(GuestPass.objects.filter(secret_hash=hash_of(secret)), at)


def get_carried_pass(session: Mapping[str, Any], meeting_id: UUID, *, at: datetime) -> GuestPass:
    """Return the pass that a guest's browser carries for this meeting, or 404."""
    pk = session.get("guest_passes", {}).get(str(meeting_id))
    return _usable(GuestPass.objects.filter(pk=pk, meeting_id=meeting_id), at)


def get_watched(session: Mapping[str, Any], meeting_id: UUID, *, at: datetime) -> tuple[Meeting, Visit]:
    """Return the meeting and the visit by which this browser may watch it, or 404."""
    meeting = _meeting(meeting_id)
    if meeting.cancelled_at or meeting.closed_at or meeting.group.ended_at:
        raise Http404
    carried = session.get(WATCHING, [])
    for visit in watching(meeting, at=at):
        if visit.pk in carried:
            return meeting, visit
    raise Http404


def _meeting(meeting_id: UUID) -> Meeting:
    meeting = Meeting.objects.select_related("group", "series").filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    return meeting


def _series(series_id: UUID) -> Series:
    found = Series.objects.select_related("group").prefetch_related("left_out").filter(pk=series_id)
    series = found.first()
    if series is None:
        raise Http404
    return series


def _usable(passes: QuerySet[GuestPass], at: datetime) -> GuestPass:
    living = passes.filter(
        withdrawn_at=None, expires_at__gt=at, meeting__cancelled_at=None, meeting__closed_at=None
    )
    found = living.filter(meeting__group__ended_at=None).select_related("meeting__group").first()
    if found is None:
        raise Http404
    return found
