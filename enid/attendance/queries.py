"""Reads of attendance: one's own record, what is to be confirmed, and what a statement says."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from enid.attendance.models import Correction, CreditWish, Dispute, KeptLine
from enid.groups.models import Group, Membership, Setting
from enid.meetings.models import Attendance, Meeting
from enid.people.models import Person


@dataclass(frozen=True)
class OwnLine:
    """One line of a person's own record; `line` is empty once its meeting is gone."""

    group_name: str
    starts_at: datetime
    role: str
    setting: str
    present: bool
    minutes: int | None
    line: Attendance | None = None
    dispute: Dispute | None = None

    @property
    def setting_name(self) -> str:
        return str(Setting(self.setting).label) if self.setting else ""

    @property
    def role_name(self) -> str:
        """The role where it is another than a member's."""
        return "" if self.role == Membership.Role.MEMBER else str(Membership.Role(self.role).label)


def own_lines(person: Person) -> list[OwnLine]:
    """Return every confirmed line of a person over all their groups, the latest first. Three queries."""
    rows = Attendance.objects.filter(membership__person=person, meeting__confirmed_at__isnull=False)
    rows = rows.select_related("meeting__group").prefetch_related("disputes")
    lines = [_own(row) for row in rows]
    kept = KeptLine.objects.filter(person=person)
    lines += [
        OwnLine(one.group_name, one.starts_at, one.role, one.setting, one.present, one.minutes)
        for one in kept
    ]
    return sorted(lines, key=lambda line: line.starts_at, reverse=True)


def _own(row: Attendance) -> OwnLine:
    latest = list(row.disputes.all())[-1:]
    return OwnLine(
        row.meeting.group.name,
        row.meeting.starts_at,
        row.role,
        row.setting,
        row.present,
        row.minutes,
        row,
        latest[0] if latest else None,
    )


def credit_places(person: Person) -> list[tuple[Membership, bool]]:
    """Return the person's present places, and those where minutes are kept; and whether they are."""
    here = Q(left_at=None, group__ended_at=None)
    places = Membership.objects.filter(here | Q(credit_wish__isnull=False), person=person)
    wished = set(CreditWish.objects.filter(membership__in=places).values_list("membership_id", flat=True))
    ordered = places.select_related("group").order_by("group__name", "pk")
    return [(place, place.pk in wished) for place in ordered]


def proofs_alone(person: Person) -> list[str]:
    """Return the groups of which only lines kept as proof are left."""
    there = Membership.objects.filter(person=person).values("group__name")
    kept = KeptLine.objects.filter(person=person).exclude(group_name__in=there)
    return list(kept.order_by("group_name").values_list("group_name", flat=True).distinct())


def to_note(group: Group, *, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings that took place or should have, the latest first."""
    begun = Q(closed_at__isnull=False) | Q(starts_at__lte=at, opened_at=None)
    return Meeting.objects.filter(begun, group=group, cancelled_at=None).order_by("-starts_at")


def open_disputes(*, group: Group | None = None, meeting: Meeting | None = None) -> list[Dispute]:
    """Return the disputes that wait for an answer, of one meeting or of a whole group."""
    found = Dispute.objects.filter(answered_at=None)
    found = found.filter(attendance__meeting=meeting) if meeting else found
    found = found.filter(attendance__meeting__group=group) if group else found
    return list(found.select_related("attendance__membership__person", "attendance__meeting"))


def corrections(meeting: Meeting) -> list[Correction]:
    """Return what was changed after it had been confirmed."""
    found = Correction.objects.filter(attendance__meeting=meeting)
    return list(found.select_related("attendance__membership__person", "by__person"))


def signed_in(meeting: Meeting, place: Membership) -> bool:
    """Tell whether this member has said that they are here."""
    return Attendance.objects.filter(meeting=meeting, membership=place, present=True).exists()
