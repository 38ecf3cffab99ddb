"""The only doors to lines of the record: one's own, and disputes for the leaders of that group."""

from django.http import Http404

from enid.attendance.models import Dispute
from enid.groups.access import get_leadership
from enid.groups.models import Membership
from enid.meetings.models import Attendance
from enid.people.models import Person

LARGEST = 2**63 - 1


def get_own_line(person: Person, pk: int) -> Attendance:
    """Return a confirmed line of this person, also of a group that they have left, or 404."""
    lines = Attendance.objects.select_related("meeting__group", "membership__person")
    line = lines.filter(
        pk=min(pk, LARGEST), membership__person_id=person.pk, meeting__confirmed_at__isnull=False
    ).first()
    if line is None:
        raise Http404
    return line


def get_own_place(person: Person, pk: int) -> Membership:
    """Return a present place of this person, or 404."""
    places = Membership.objects.filter(person_id=person.pk, left_at=None, group__ended_at=None)
    place = places.filter(pk=min(pk, LARGEST)).select_related("group").first()
    if place is None:
        raise Http404
    return place


def get_dispute(person: Person, pk: int) -> tuple[Dispute, Membership]:
    """Return a dispute and the place of the leader who may answer it, or 404."""
    found = Dispute.objects.select_related("attendance__meeting__group", "attendance__membership__person")
    dispute = found.filter(pk=min(pk, LARGEST)).first()
    if dispute is None:
        raise Http404
    return dispute, get_leadership(person, dispute.attendance.meeting.group_id)
