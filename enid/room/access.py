"""Who may come to the door of a room, and on which seat: current members who agreed, and guests with a pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from enid.core.links import hash_of
from enid.groups.life_models import Visit
from enid.groups.models import Group, Membership
from enid.groups.queries import agreement_to_accept
from enid.meetings.access import conducts, get_carried_pass, get_meeting, get_place, get_watched
from enid.meetings.models import GuestPass, Meeting

DEVICE_COOKIE = "enid_device"


class AgreementFirst(Exception):
    """A member has not accepted the present agreement; the room waits until they have."""

    def __init__(self, group_id: UUID) -> None:
        super().__init__("agreement_first")
        self.group_id = group_id


@dataclass(frozen=True)
class Place:
    """Somebody at the door: their seat, and what the ticket says of them."""

    meeting: Meeting
    seat: str
    role: str  # leader | trainee | member | interpreter | guest | observer
    name: str
    person_id: int | None
    membership: Membership | None
    guest: GuestPass | None = None
    watches: Visit | None = None

    @property
    def group(self) -> Group:
        return self.meeting.group

    @property
    def leads(self) -> bool:
        return self.role == Membership.Role.LEADER

    @property
    def has_desk(self) -> bool:
        """Say whether the leaders' desk and prompts are for them: whoever learns to lead sees them too."""
        return self.role in (Membership.Role.LEADER, Membership.Role.TRAINEE)


def get_door(request: HttpRequest, meeting_id: UUID, *, at: datetime) -> Place:
    """Return the visitor's place at this meeting, or 404.

    raises: AgreementFirst for a member who has not accepted the present version
    """
    if request.user.is_authenticated:
        try:
            return _member(request, meeting_id)
        except Http404:
            return _guest(request, meeting_id, at)  # a person with an account can be another group's guest
    return _guest(request, meeting_id, at)


def get_leaders_door(request: HttpRequest, meeting_id: UUID) -> Place:
    """Return a leader's place at this meeting, or 404."""
    place = _member(request, meeting_id) if request.user.is_authenticated else None
    if place is None or not place.leads:
        raise Http404
    return place


def device_of(request: HttpRequest) -> str:
    """Return the hash of this browser's own secret."""
    secret = request.COOKIES.get(DEVICE_COOKIE, "")
    return hash_of(secret) if secret else ""


def is_known(place: Place, device: str) -> bool:
    """Tell whether a leader has let this browser in before."""
    if not device:
        return False
    if place.membership:
        return place.membership.devices.filter(secret_hash=device).exists()
    carried = place.guest or place.watches
    return carried is not None and carried.device_hash == device


def _member(request: HttpRequest, meeting_id: UUID) -> Place:
    person = request.user
    meeting = get_meeting(person, meeting_id)  # type: ignore[arg-type]  # signed in: a Person
    if meeting.cancelled_at:
        raise Http404
    membership = get_place(person, meeting)  # type: ignore[arg-type]
    if agreement_to_accept(membership):
        raise AgreementFirst(meeting.group_id)
    leads = conducts(membership, meeting, at=timezone.now())
    role = Membership.Role.LEADER if leads else membership.role
    return Place(meeting, membership.seat, role, membership.person.name, person.pk, membership)


def _guest(request: HttpRequest, meeting_id: UUID, at: datetime) -> Place:
    try:
        found = get_carried_pass(request.session, meeting_id, at=at)
    except Http404:
        return _observer(request, meeting_id, at)
    return Place(found.meeting, found.seat, "guest", found.name, None, None, found)


def _observer(request: HttpRequest, meeting_id: UUID, at: datetime) -> Place:
    meeting, visit = get_watched(request.session, meeting_id, at=at)
    return Place(meeting, visit.seat, "observer", visit.name, None, None, None, visit)
