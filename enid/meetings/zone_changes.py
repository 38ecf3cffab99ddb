"""When a country changes its law: planned meetings keep their wall clock, and so begin at another instant.

Whoever lives by another clock is told by mail, in the same transaction as the change.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.groups.models import Group, Membership
from enid.meetings import moments
from enid.meetings.calendar.occurrences import instant_of
from enid.meetings.models import Meeting
from enid.meetings.operations import ZONE_DATA, hold, note_change, note_untold
from enid.people.models import Person

logger = logging.getLogger("enid.meetings")


@dataclass(frozen=True)
class Shifted:
    """A meeting whose instant moved; its wall clock stays."""

    meeting: Meeting
    before: datetime


def follow_zone_rules(at: datetime) -> list[Shifted]:
    """Let planned meetings follow new zone data; return those that now begin at another instant. May run again."""
    shifted: list[Shifted] = []
    for group_id in list(_behind(at).order_by("group").values_list("group", flat=True).distinct()):
        with transaction.atomic():
            group = Group.objects.get(pk=group_id)
            hold(group)
            rows = list(_behind(at).filter(group=group).order_by("starts_at"))
            found = [each for each in (_followed(row, at) for row in rows) if each]
            _tell(group, found)
            if found:
                note_untold(group_id)
        shifted += found
    return shifted


def _behind(at: datetime) -> QuerySet[Meeting]:
    """Return planned meetings whose instant follows from other zone data than ours."""
    planned = Meeting.objects.filter(opened_at=None, closed_at=None, cancelled_at=None, starts_at__gt=at)
    return planned.filter(wall_date__isnull=False).exclude(zone_data=ZONE_DATA)


def _followed(meeting: Meeting, at: datetime) -> Shifted | None:
    before, meeting.zone_data = meeting.starts_at, ZONE_DATA
    if not moments.known(meeting.time_zone) or meeting.wall_date is None or meeting.wall_hour is None:
        logger.warning("zone_gone meeting %s keeps its instant", meeting.pk)
    else:
        meeting.starts_at = instant_of(meeting.wall_date, meeting.wall_hour, meeting.time_zone)
    if meeting.starts_at != before:
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, at
        note_change(meeting.series_id, at)
    meeting.save()
    return Shifted(meeting, before) if meeting.starts_at != before else None


def _tell(group: Group, shifted: list[Shifted]) -> None:
    """Write to everybody whose own clock will show another hour than they were told."""
    for place in Membership.objects.filter(group=group, left_at=None).select_related("person"):
        zone = moments.zone_or_utc(place.person.time_zone)
        theirs = [
            each
            for each in shifted
            if moments.elsewhere(each.meeting.starts_at, zone, each.meeting.time_zone)
        ]
        if theirs:
            with translation.override(place.person.language or settings.LANGUAGE_CODE):
                _letter(place.person, group, theirs).send()


def _letter(person: Person, group: Group, shifted: list[Shifted]) -> EmailMessage:
    zone = moments.zone_or_utc(person.time_zone)
    lines = [
        _("%(now)s; before: %(before)s")
        % {
            "now": moments.whole(each.meeting.starts_at, zone, each.meeting.time_zone),
            "before": moments.clock(each.before, zone),
        }
        for each in shifted
    ]
    text = _(
        "Dear %(name)s,\n\n"
        "the law on clocks has changed in %(zone)s. Your Balint group meets at the same hour as before by the clocks "
        "there, and at another by yours:\n\n%(lines)s\n\n%(link)s\n"
    ) % {
        "name": person.name,
        "zone": moments.plain(shifted[0].meeting.time_zone),
        "lines": "\n".join(lines),
        "link": settings.URL + reverse("group_dates", args=[group.pk]),
    }
    return EmailMessage(
        subject=_("Your meetings begin at another hour of your clock"), body=text, to=[person.email]
    )
