"""What somebody was before: written whenever a role changes, so that a person may have had several in time."""

from datetime import datetime

from enid.groups.life_models import PastRole
from enid.groups.models import Membership

DEPUTY = "deputy"  # kept beside the roles of a membership


def turn(place: Membership, role: str, at: datetime) -> None:
    """Give a place another role, unsaved, and keep the one before."""
    if place.role == role:
        return
    PastRole.objects.create(membership=place, role=place.role, began_at=place.role_since, ended_at=at)
    place.role, place.role_since, place.leads_until = role, at, None
    if role != Membership.Role.MEMBER:
        drop_deputy(place, at)


def drop_deputy(place: Membership, at: datetime) -> None:
    """Let a place be no deputy's any more, unsaved, and keep that it was."""
    if place.deputy_since:
        PastRole.objects.create(membership=place, role=DEPUTY, began_at=place.deputy_since, ended_at=at)
        place.deputy_since = None
