"""Verbs of attendance: sign in, confirm, correct, dispute, answer, and wish for minutes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from enid.attendance.errors import Answered, DisputedAlready, NotNow
from enid.attendance.models import Correction, CreditWish, Dispute, KeptLine
from enid.groups.models import Group, Membership
from enid.meetings import operations as meetings
from enid.meetings.models import Attendance, Meeting
from enid.meetings.queries import is_open
from enid.people.models import Person

MOST_DISPUTES = 3
TOLD_AGAIN_AFTER = timedelta(days=1)


@transaction.atomic
def sign_in(*, meeting: Meeting, place: Membership, at: datetime) -> None:
    """Note that a member says, in front of the screen, that they are here; again changes nothing.

    raises: NotNow
    """
    meeting = Meeting.objects.select_for_update().select_related("group").get(pk=meeting.pk)
    if not is_open(meeting, at=at):
        raise NotNow
    here = {"present": True, "role": place.role, "setting": meeting.group.setting}
    Attendance.objects.get_or_create(meeting=meeting, membership=place, defaults=here)


@transaction.atomic
def confirm(*, meeting: Meeting, by: Membership, present: set[int], at: datetime) -> None:
    """Keep who was present, as a leader says; a change of what was confirmed leaves its trace.

    present: primary keys of memberships
    raises:  NotClosed, UnknownMember
    """
    meeting = Meeting.objects.select_for_update().get(
        pk=meeting.pk
    )  # two leaders confirm one after the other
    if meeting.closed_at is None:
        meetings.record_held(meeting=meeting, at=at)
    before = _confirmed(meeting)
    meetings.confirm_attendance(meeting=meeting, person=by.person, present=present, at=at)
    rows = list(Attendance.objects.filter(meeting=meeting))
    changed = [row for row in rows if row.pk in before and before[row.pk] != row.present]
    Correction.objects.bulk_create(
        Correction(attendance=row, by=by, at=at, was=not row.present, became=row.present) for row in changed
    )
    _note_minutes(meeting)


def _confirmed(meeting: Meeting) -> dict[int, bool]:
    """Return the lines as confirmed before, by primary key."""
    rows = Attendance.objects.filter(meeting=meeting, meeting__confirmed_at__isnull=False)
    return dict(rows.values_list("pk", "present"))


def _note_minutes(meeting: Meeting) -> None:
    """Give minutes to the lines of those who need them for a credit, and to no other."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    rows = Attendance.objects.filter(meeting=meeting)
    wished = rows.filter(present=True, membership__credit_wish__isnull=False)
    wished.update(minutes=minutes_held(meeting))
    rows.filter(present=False).update(minutes=None)


def minutes_held(meeting: Meeting) -> int:
    """Return how long a closed meeting was, and no more than was planned: the same for everybody present."""
    if meeting.closed_at is None:
        return 0
    began = max(meeting.starts_at, meeting.opened_at or meeting.starts_at)
    lasted = max(timedelta(), meeting.closed_at - began)
    return min(meeting.length_min, int(lasted.total_seconds()) // 60)


@transaction.atomic
def dispute(*, line: Attendance, reason: str, at: datetime) -> Dispute:
    """Say that a line of one's own is wrong, and tell the leaders, once a day and group.

    raises: DisputedAlready
    """
    Attendance.objects.select_for_update().get(pk=line.pk)
    earlier = line.disputes.all()
    if earlier.filter(answered_at=None).exists() or earlier.count() >= MOST_DISPUTES:
        raise DisputedAlready
    group = line.meeting.group
    lately = Dispute.objects.filter(attendance__meeting__group=group, said_at__gt=at - TOLD_AGAIN_AFTER)
    tells = not lately.exists()
    made = Dispute.objects.create(attendance=line, reason=reason, said_at=at)
    if tells:
        _tell_leaders(group, line)
    return made


def _tell_leaders(group: Group, line: Attendance) -> None:
    for leader in group.memberships.filter(role=Membership.Role.LEADER, left_at=None):
        if leader.pk != line.membership_id:
            _tell(leader, group)


def _tell(leader: Membership, group: Group) -> None:
    person = leader.person
    with override(person.language or settings.LANGUAGE_CODE):
        text = _(
            "Dear %(name)s,\n\na member of “%(group)s” says that their line of the record is wrong. "
            "You can correct it or leave it:\n\n%(link)s\n"
        ) % {
            "name": person.name,
            "group": group.name,
            "link": settings.URL + reverse("group_attendance", args=[group.pk]),
        }
        EmailMessage(subject=_("Present or not: a question"), body=text, to=[person.email]).send()


@transaction.atomic
def answer(*, dispute: Dispute, by: Membership, correct: bool, at: datetime) -> None:
    """Correct the line that a member disputes, or leave it as it is.

    raises: Answered
    """
    dispute = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.answered_at:
        raise Answered
    dispute.answer = Dispute.Answer.CORRECTED if correct else Dispute.Answer.LEFT
    dispute.answered_at, dispute.answered_by = at, by
    dispute.save()
    if correct:
        _correct(dispute, by, at)


def _correct(dispute: Dispute, by: Membership, at: datetime) -> None:
    line, present = dispute.attendance, dispute.reason != Dispute.Reason.AWAY
    if line.present == present:
        return
    Attendance.objects.filter(pk=line.pk).update(present=present)
    Correction.objects.create(attendance=line, by=by, at=at, was=not present, became=present)
    _note_minutes(line.meeting)


def ask_minutes(*, place: Membership, at: datetime) -> None:
    """Keep this member's minutes in this group from the next confirmation on, since a credit needs them."""
    CreditWish.objects.get_or_create(membership=place, defaults={"asked_at": at})


@transaction.atomic
def drop_minutes(*, place: Membership) -> None:
    """Keep no more minutes of this member here, and drop those that stand, with what was kept as proof."""
    CreditWish.objects.filter(membership=place).delete()
    Attendance.objects.filter(membership=place).update(minutes=None)
    drop_proofs(person=place.person, group_name=place.group.name)


def drop_proofs(*, person: Person, group_name: str) -> None:
    """Drop the lines that are kept as proof alone, their meetings being gone."""
    KeptLine.objects.filter(person=person, group_name=group_name).delete()
