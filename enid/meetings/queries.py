"""Reads of the meetings chapter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from enid.groups.life_models import Visit
from enid.groups.models import Acceptance, Group, Membership, Outsiders
from enid.groups.observers import day_of, who_may_watch
from enid.groups.queries import present_agreement
from enid.meetings.models import Attendance, GuestPass, Meeting, Series
from enid.people.models import Person

EARLY = timedelta(minutes=15)
"""How long before its time people may walk into the room."""

FORGOTTEN_AFTER = timedelta(hours=6)
"""A meeting that nobody opened this long after its time was not held."""


def coming(group: Group, *, at: datetime) -> list[Meeting]:
    """Return the meetings that can still take place, the one under way first."""
    return list(_coming(at).filter(group=group).order_by("starts_at"))


def next_meetings(groups: list[Group], *, at: datetime) -> dict[object, Meeting]:
    """Return the next meeting of each group, by the group's id, with one query."""
    soonest: dict[object, Meeting] = {}
    for meeting in _coming(at).filter(group__in=groups, group__resting_since=None).order_by("starts_at"):
        soonest.setdefault(meeting.group_id, meeting)
    return soonest


def _coming(at: datetime) -> QuerySet[Meeting]:
    alive = Meeting.objects.filter(cancelled_at=None, closed_at=None).select_related("group")
    return alive.filter(Q(opened_at__isnull=False) | Q(starts_at__gt=at - FORGOTTEN_AFTER))


def dates(group: Group, *, at: datetime) -> list[Meeting]:
    """Return the meetings to come with their series, those that were cancelled in their place."""
    alive = Q(cancelled_at=None, closed_at=None) & (
        Q(opened_at__isnull=False) | Q(starts_at__gt=at - FORGOTTEN_AFTER)
    )
    cancelled = Q(cancelled_at__isnull=False, starts_at__gt=at)
    found = Meeting.objects.filter(alive | cancelled, group=group)
    return list(found.select_related("series").order_by("starts_at"))


def planned(group: Group, *, at: datetime) -> list[Meeting]:
    """Return the dates to come by the clock alone: nothing in them tells whether the group met."""
    return list(Meeting.objects.filter(group=group, starts_at__gt=at).order_by("starts_at"))


def is_ahead(meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether nobody can have walked into the room yet."""
    return at < meeting.starts_at - EARLY


def living_series(group: Group, *, at: datetime) -> list[Series]:
    """Return the series that still have dates, with the days they leave out."""
    today = (at - timedelta(days=1)).date()  # the day before in UTC: still today somewhere
    found = Series.objects.filter(group=group, last_date__gte=today, first_date__lte=F("last_date"))
    return list(found.prefetch_related("left_out"))


def past(group: Group, *, most: int | None = None) -> list[Meeting]:
    """Return the meetings that were held, the latest first, and no more than asked for."""
    return list(Meeting.objects.filter(group=group, closed_at__isnull=False).order_by("-starts_at")[:most])


def held_this_term(group: Group) -> int:
    """Return how many meetings were held since the term began."""
    return group.meetings.filter(closed_at__isnull=False, starts_at__gte=group.term_began_at).count()


def _planned_end(meeting: Meeting) -> datetime:
    """Return when a meeting is planned to end."""
    return meeting.starts_at + timedelta(minutes=meeting.length_min)


def is_open(meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether members may walk into the room now."""
    if meeting.cancelled_at or meeting.closed_at:
        return False
    if meeting.opened_at:
        return True
    return (
        not meeting.group.resting_since
        and meeting.starts_at - EARLY <= at < meeting.starts_at + FORGOTTEN_AFTER
    )


def may_be_noted(meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether leaders may note who was there although nobody came into Enid's room."""
    return (
        not (meeting.cancelled_at or meeting.closed_at or meeting.opened_at) and _planned_end(meeting) <= at
    )


def people_in(meeting: Meeting) -> QuerySet[Membership]:
    """Return everybody who belongs to the group today, leaders included, in the order of joining."""
    return Membership.objects.filter(group=meeting.group_id, left_at=None).select_related("person")


def watching(meeting: Meeting, *, at: datetime) -> list[Visit]:
    """Return those who may watch this meeting: all have said yes, and they have accepted what holds."""
    return who_may_watch(meeting.group, day=day_of(meeting.group, meeting.starts_at), at=at)


def guests(meeting: Meeting, *, at: datetime | None = None) -> list[GuestPass]:
    """Return the passes that were not withdrawn; with `at`, only those that have not run out."""
    passes = meeting.guests.filter(withdrawn_at=None).order_by("created_at", "pk")
    return list(passes.filter(expires_at__gt=at) if at else passes)


@dataclass(frozen=True)
class PresentOrNot:
    """One line of the record: a place in the group and whether it was filled."""

    membership: Membership
    present: bool


def present_or_not(meeting: Meeting) -> list[PresentOrNot]:
    """Return one line for each member; rows written at the close tell, everybody else was not there."""
    rows = meeting.attendances.select_related("membership__person").order_by("membership__joined_at", "pk")
    lines = [PresentOrNot(row.membership, row.present) for row in rows]
    known = {line.membership.pk for line in lines}
    missing = [place for place in people_in(meeting) if place.pk not in known and _belonged(place, meeting)]
    return [*lines, *(PresentOrNot(place, present=False) for place in missing)]


def _belonged(place: Membership, meeting: Meeting) -> bool:
    return place.joined_at <= (meeting.closed_at or _planned_end(meeting))


def own_presence(person: Person, meetings: list[Meeting]) -> dict[object, bool]:
    """Return meeting id -> present, for this person alone and confirmed meetings only."""
    rows = Attendance.objects.filter(
        meeting__in=meetings, meeting__confirmed_at__isnull=False, membership__person_id=person.pk
    )
    return dict(rows.values_list("meeting_id", "present"))


@dataclass(frozen=True)
class Seen:
    """One line of what an employer or programme sees: that the group met, and perhaps who was there."""

    starts_at: datetime
    present: tuple[str, ...]


def seen_from_outside(group: Group) -> list[Seen]:
    """Return exactly what an employer or programme may see, under the rule that the group agreed to.

    Nothing from before that rule, and no name of somebody who has not accepted the present agreement.
    """
    if group.outsiders == Outsiders.NOTHING:
        return []
    held = Meeting.objects.filter(
        group=group, confirmed_at__isnull=False, starts_at__gte=group.outsiders_since
    )
    held = held.order_by("-starts_at")
    if group.outsiders == Outsiders.MET:
        return [Seen(meeting.starts_at, ()) for meeting in held]
    names: dict[object, list[str]] = {}
    for row in _named(group):
        names.setdefault(row.meeting_id, []).append(row.membership.person.name)
    return [Seen(meeting.starts_at, tuple(sorted(names.get(meeting.pk, [])))) for meeting in held]


def _named(group: Group) -> QuerySet[Attendance]:
    """Return who was present of those who accepted a version that names what outsiders learn today."""
    so = Q(agreement=present_agreement(group)) | Q(
        agreement__group=group, agreement__agreed_at__gte=group.outsiders_since
    )
    accepted = Acceptance.objects.filter(so, membership=OuterRef("membership"))
    rows = Attendance.objects.filter(Exists(accepted), meeting__group=group, present=True)
    return rows.select_related("membership__person")
