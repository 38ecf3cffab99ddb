"""Somebody leads one meeting in a leader's place: asked by a leader, by their own yes, and for that evening alone."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.groups.models import Membership
from enid.groups.operations import tell_the_room
from enid.meetings import answers, moments
from enid.meetings.errors import NotOpen
from enid.meetings.models import Cover, Meeting

LASTS = timedelta(days=1)  # after the beginning: long enough to confirm who was present


def who_may(meeting: Meeting) -> QuerySet[Membership]:
    """Return who can be asked: members and those who learn to lead; leaders lead anyway."""
    here = Membership.objects.filter(group=meeting.group_id, left_at=None).select_related("person")
    return here.filter(role__in=[Membership.Role.MEMBER, Membership.Role.TRAINEE])


@transaction.atomic
def ask(*, meeting: Meeting, member: Membership, by: Membership, at: datetime) -> Cover:
    """Ask a member by mail to lead one meeting; nothing changes before their yes.

    raises: NotOpen once the meeting has begun or is cancelled
    """
    if not answers.answerable(meeting, at=at):
        raise NotOpen
    cover, new = Cover.objects.get_or_create(meeting=meeting, membership=member, defaults={"asked_at": at})
    if new:
        with translation.override(member.person.language or settings.LANGUAGE_CODE):
            _letter(cover, by).send()
    return cover


def _letter(cover: Cover, by: Membership) -> EmailMessage:
    person, meeting = cover.membership.person, cover.meeting
    zone = moments.zone_or_utc(person.time_zone)
    when = moments.whole(meeting.starts_at, zone, meeting.group.time_zone)
    text = _(
        "Dear %(name)s,\n\n%(leader)s asks whether you would lead your group on %(when)s, for this one meeting. "
        "You can say yes or no here:\n\n%(link)s\n"
    ) % {
        "name": person.name,
        "leader": by.person.name,
        "when": when,
        "link": settings.URL + reverse("meeting", args=[meeting.pk]),
    }
    return EmailMessage(subject=_("Would you lead one meeting?"), body=text, to=[person.email])


@transaction.atomic
def accept(*, meeting: Meeting, member: Membership, at: datetime) -> None:
    """Take over the leading of one meeting.

    raises: NotOpen when the meeting has begun or is cancelled, or nobody asked
    """
    asked = Cover.objects.filter(meeting=meeting, membership=member)
    if not answers.answerable(meeting, at=at) or not asked.update(accepted_at=at):
        raise NotOpen
    tell_the_room(meeting.group_id)


@transaction.atomic
def end(*, meeting: Meeting, member: Membership) -> None:
    """Decline, give it back, or take the question back; again changes nothing."""
    Cover.objects.filter(meeting=meeting, membership=member).delete()
    tell_the_room(meeting.group_id)


def asked(meeting: Meeting) -> list[Cover]:
    """Return who was asked to lead this meeting, and still belongs."""
    rows = Cover.objects.filter(meeting=meeting, membership__left_at=None)
    return list(rows.select_related("membership__person").order_by("pk"))


def leading(meeting: Meeting, *, at: datetime) -> set[int]:
    """Return the places that lead this meeting in a leader's place: until who was present is confirmed, or a day."""
    if meeting.cancelled_at or meeting.confirmed_at or at >= meeting.starts_at + LASTS:
        return set()
    rows = Cover.objects.filter(meeting=meeting, accepted_at__isnull=False, membership__left_at=None)
    return set(rows.values_list("membership", flat=True))


def sweep(at: datetime) -> None:
    """Forget who covered evenings that are over."""
    Cover.objects.filter(meeting__starts_at__lt=at - LASTS).delete()
