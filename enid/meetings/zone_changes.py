"""When a country changes its law: planned meetings keep their wall clock, and so begin at another instant."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from enid.meetings.calendar.occurrences import instant_of
from enid.meetings.models import Meeting
from enid.meetings.moments import known
from enid.meetings.operations import ZONE_DATA, note_change

logger = logging.getLogger("enid.meetings")


@dataclass(frozen=True)
class Shifted:
    """A meeting whose instant moved because a country changed its law; its wall clock stays."""

    meeting: Meeting
    before: datetime


def follow_zone_rules(at: datetime) -> list[Shifted]:
    """Let planned meetings follow new zone data; return those that now begin at another instant. May run again."""
    planned = Meeting.objects.filter(opened_at=None, closed_at=None, cancelled_at=None, starts_at__gt=at)
    planned = planned.filter(wall_date__isnull=False).exclude(zone_data=ZONE_DATA)
    shifted = []
    for pk in list(planned.order_by("starts_at").values_list("pk", flat=True)):
        with transaction.atomic():
            row = planned.select_for_update().filter(pk=pk).first()
            found = _followed(row, at) if row else None
            if found:
                shifted.append(found)
    return shifted


def _followed(meeting: Meeting, at: datetime) -> Shifted | None:
    before, meeting.zone_data = meeting.starts_at, ZONE_DATA
    if not known(meeting.time_zone) or meeting.wall_date is None or meeting.wall_hour is None:
        logger.warning("zone_gone meeting %s keeps its instant", meeting.pk)
    else:
        meeting.starts_at = instant_of(meeting.wall_date, meeting.wall_hour, meeting.time_zone)
    if meeting.starts_at != before:
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, at
        note_change(meeting.series_id, at)
    meeting.save()
    return Shifted(meeting, before) if meeting.starts_at != before else None
