"""Reminders by mail, as long before a meeting as each member chose; never to whoever said that they cannot come.

A reminder is written with a row that there can be only once, in one transaction with its letter: two workers, or one
that starts again, remind nobody twice.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.groups.models import Membership
from enid.meetings import answers, moments
from enid.meetings.letters import where
from enid.meetings.models import Answer, CalendarChoice, Meeting, Reminder
from enid.people.calendar_mail import CalendarMail

MOST_AT_ONCE = 500  # the rest is reminded at the next sweep
KEPT = timedelta(days=1)
AWAKE = {"group__ended_at": None, "group__resting_since": None}


def sweep(at: datetime) -> int:
    """Remind everybody whose time has come; return how many. May run at any time."""
    Reminder.objects.filter(begins_at__lt=at - KEPT).delete()
    times = [before for before in CalendarChoice.Before.values if before]
    return sum(_remind(pk, meeting_id, at) for minutes in times for pk, meeting_id in _due(minutes, at))


def _due(minutes: int, at: datetime) -> list[tuple[int, UUID]]:
    """Return places and meetings for which those who chose this time are to be reminded."""
    wish = Q(person__calendar_choice__remind_min=minutes)
    if minutes == CalendarChoice.Before.DAY:
        wish |= Q(person__calendar_choice=None)
    before = timedelta(minutes=minutes)
    # What was planned or moved later than that has just been told: no second letter on its heels.
    meetings = Meeting.objects.filter(
        _alive(), starts_at__gt=at, starts_at__lte=at + before, changed_at__lt=F("starts_at") - before
    )
    places = Membership.objects.filter(
        wish, left_at=None, person__is_active=True, group__meetings__in=meetings
    )
    found: QuerySet[Any] = places.annotate(
        meeting=F("group__meetings"), begins_at=F("group__meetings__starts_at")
    )
    return list(_unreminded(found).values_list("pk", "meeting")[:MOST_AT_ONCE])


def _alive() -> Q:
    return Q(cancelled_at=None, opened_at=None, closed_at=None, wall_date__isnull=False, **AWAKE)


def _unreminded(places: QuerySet[Any]) -> QuerySet[Any]:
    this = {"membership": OuterRef("pk"), "meeting": OuterRef("meeting"), "begins_at": OuterRef("begins_at")}
    cannot = Answer.objects.filter(**this, said=Answer.Said.CANNOT)
    return places.filter(~Exists(Reminder.objects.filter(**this)), ~Exists(cannot)).order_by(
        "begins_at", "pk"
    )


@transaction.atomic
def _remind(pk: int, meeting_id: UUID, at: datetime) -> bool:
    """Write one reminder; say whether it was not there yet."""
    place = Membership.objects.select_related("group", "person").filter(pk=pk).first()
    meeting = Meeting.objects.filter(_alive(), pk=meeting_id, starts_at__gt=at).first()
    if place is None or meeting is None:
        return False
    _row, new = Reminder.objects.get_or_create(meeting=meeting, membership=place, begins_at=meeting.starts_at)
    if new:
        with translation.override(place.person.language or settings.LANGUAGE_CODE):
            letter(place, meeting).send()
    return new


def letter(place: Membership, meeting: Meeting) -> CalendarMail:
    """Return the letter that reminds one person of one meeting."""
    zone = moments.zone_or_utc(place.person.time_zone)
    when = moments.whole(meeting.starts_at, zone, place.group.time_zone)
    page = settings.URL + reverse("meeting", args=[meeting.pk])
    cannot = answers.link(place, meeting.pk, Answer.Said.CANNOT)
    parts = [
        _("Dear %(name)s,") % {"name": place.person.name},
        _("Your group meets on %(when)s.") % {"when": when} + f"\n{place.group.name}",
        where(place.group),
        _("The way into the room: %(link)s") % {"link": page},
        _("If you cannot come: %(link)s") % {"link": cannot},
        _("When you are reminded: %(link)s") % {"link": settings.URL + reverse("me_calendar")},
    ]
    return CalendarMail(
        subject=_("Your Balint group: %(when)s") % {"when": when},
        body="\n\n".join(filter(None, parts)) + "\n",
        to=[place.person.email],
        thread=f"group {place.group_id}",
    )
