"""Calendar files of a person: a subscription to all their groups, one series, or one meeting.

An entry says nothing of a clinic: "Balint group", where it is, and a link that asks for a sign-in; or only "busy".
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from enid.groups.models import Group, Setting
from enid.meetings import labels, moments
from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.models import CalendarFeed, Meeting, Series
from enid.meetings.planning import SEASON

KEPT_BACK = timedelta(days=90)  # what was long ago leaves the calendar


def subscribed(feed: CalendarFeed, *, at: datetime) -> bytes:
    """Return the calendar of everything a person belongs to today, in their language and zone."""
    person = feed.person
    groups = Group.objects.filter(
        ended_at=None, resting_since=None, memberships__person=person, memberships__left_at=None
    ).distinct()
    with translation.override(person.language or settings.LANGUAGE_CODE):
        writer = Writer(moments.zone_or_utc(person.time_zone), busy=feed.busy)
        since = at - KEPT_BACK
        living = with_meetings(Series.objects.filter(group__in=groups, last_date__gte=since.date()))
        alone = Meeting.objects.filter(group__in=groups, series=None, cancelled_at=None, starts_at__gt=since)
        entries = [
            *writer.series(living.order_by("pk")),
            *(writer.meeting(each) for each in alone.select_related("group").order_by("pk")),
        ]
        name = _("busy") if feed.busy else _("Balint groups")
        return calendar_file(name, entries, season_end=at + SEASON)


def of_series(series: Series, *, at: datetime) -> bytes:
    """Return one series as a file to add to a calendar."""
    entries = writer_here().series(with_meetings(Series.objects.filter(pk=series.pk)))
    return calendar_file(_("Balint group"), entries, season_end=at + SEASON)


def of_meeting(meeting: Meeting, *, at: datetime) -> bytes:
    """Return one meeting as a file to add to a calendar."""
    return calendar_file(_("Balint group"), [writer_here().meeting(meeting)], season_end=at + SEASON)


def writer_here() -> "Writer":
    """Return a writer for whoever reads the page."""
    return Writer(moments.zone_or_utc(timezone.get_current_timezone_name()), busy=False)


def with_meetings(series: QuerySet[Series]) -> QuerySet[Series]:
    """Return the series with everything that a Writer reads."""
    rows = Meeting.objects.select_related("group", "series")
    return series.select_related("group").prefetch_related("left_out", Prefetch("meetings", rows))


class Writer:
    """Writes entries for one reader. mark: makes the reader's entries their own, where they come by mail"""

    def __init__(self, zone: ZoneInfo, *, busy: bool, mark: str = "") -> None:
        self.zone, self.busy, self.mark = zone, busy, mark
        self.host = urlsplit(settings.URL).hostname

    def series(self, found: Iterable[Series]) -> list[Repeated | Single]:
        """Return the entries of some series; where the zone is gone, their meetings one by one."""
        entries: list[Repeated | Single] = []
        for each in found:
            if moments.known(each.time_zone):
                entries.append(self._repeated(each))
            else:
                rows = (row for row in each.meetings.all() if row.cancelled_at is None)
                entries += [self.meeting(row) for row in rows]
        return entries

    def _repeated(self, series: Series) -> Repeated:
        rows = [row for row in series.meetings.all() if row.series_date]
        plan = series.plan()
        link = reverse("group_dates", args=[series.group_id])
        return Repeated(
            uid=f"series-{series.pk}{self.mark}@{self.host}",
            words=self._words(series.group, labels.described(plan), link),
            plan=plan,
            length=timedelta(minutes=series.length_min),
            changed_at=series.changed_at,
            sequence=series.sequence,
            cancelled=frozenset(row.series_date for row in rows if row.cancelled_at and row.series_date),
            moved={
                row.series_date: self.meeting(row)
                for row in rows
                if row.series_date and not row.cancelled_at and row.is_moved
            },
        )

    def meeting(self, meeting: Meeting) -> Single:
        """Return the entry of one meeting."""
        when = moments.whole(meeting.starts_at, self.zone, meeting.group.time_zone)
        return Single(
            uid=f"meeting-{meeting.pk}{self.mark}@{self.host}",
            words=self._words(meeting.group, when, reverse("meeting", args=[meeting.pk])),
            at=meeting.starts_at,
            length=timedelta(minutes=meeting.length_min),
            changed_at=meeting.changed_at,
            sequence=meeting.sequence,
        )

    def _words(self, group: Group, when: str, path: str) -> Words:
        if self.busy:
            return Words(_("busy"))
        link = settings.URL + path
        beside = group.call_link if group.setting == Setting.BESIDE else ""
        return Words(_("Balint group"), f"{when}\n{link}", group.place or beside, link)
