"""The only doors to a meeting: whoever may not know of it meets a plain 404."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from enid.core.links import hash_of
from enid.groups.access import get_leadership, get_membership
from enid.groups.models import Membership
from enid.meetings.models import GuestPass, Meeting
from enid.people.models import Person


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


def _meeting(meeting_id: UUID) -> Meeting:
    meeting = Meeting.objects.select_related("group").filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    return meeting


def _usable(passes: QuerySet[GuestPass], at: datetime) -> GuestPass:
    living = passes.filter(
        withdrawn_at=None, expires_at__gt=at, meeting__cancelled_at=None, meeting__closed_at=None
    )
    found = living.filter(meeting__group__ended_at=None).select_related("meeting__group").first()
    if found is None:
        raise Http404
    return found
