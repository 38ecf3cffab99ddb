"""Verbs of a series: make it, make its meetings a season ahead, move, cancel, leave days out.

A meeting that was opened or closed is never touched by any of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Max, QuerySet

from enid.groups.models import Group
from enid.meetings.calendar.occurrences import Plan, first_dates, instant_of
from enid.meetings.calendar.rules import earlier, rhythm_of
from enid.meetings.errors import NoDates, NoSeries, NotOpen, Overlaps, PastTime, TooFar, ZoneGone
from enid.meetings.models import LeftOut, Meeting, Series
from enid.meetings.moments import known, zone_or_utc
from enid.meetings.operations import FARTHEST, ZONE_DATA, cancel, end_of, hold, note_change, note_untold
from enid.meetings.queries import coming

SEASON = timedelta(days=184)  # how far ahead the meetings of a series are made
DAY = timedelta(days=1)


@transaction.atomic
def make_series(*, group: Group, plan: Plan, length_min: int, at: datetime) -> Series:
    """Return a new series with its meetings of the coming season.

    raises: ZoneGone, NoDates, PastTime, TooFar, Overlaps
    """
    hold(group)
    judge(group=group, plan=plan, length_min=length_min, at=at)
    series = _new_series(group, plan, length_min, at)
    _fill(series, at)
    note_untold(group.pk)
    return series


def judge(*, group: Group, plan: Plan, length_min: int, at: datetime) -> None:
    """Refuse a series that could not be made; nothing is kept.

    raises: ZoneGone, NoDates, PastTime, TooFar, Overlaps
    """
    _check(plan.dates(), plan, at)
    _check_free(group, [plan.at(day) for day in plan.dates()], length_min, at)


def _new_series(group: Group, plan: Plan, length_min: int, at: datetime) -> Series:
    series = Series.objects.create(
        group=group,
        first_date=plan.first,
        hour=plan.hour,
        time_zone=plan.zone,
        rule=plan.rule,
        last_date=plan.last,
        length_min=length_min,
        changed_at=at,
    )
    _keep_out(series, plan.skipped)
    return series


def _check(days: list[date], plan: Plan, at: datetime) -> None:
    if not known(plan.zone):
        raise ZoneGone
    if not days:
        raise NoDates
    if plan.at(days[0]) <= at:
        raise PastTime
    if plan.at(days[-1]) > at + FARTHEST:
        raise TooFar


def _check_free(
    group: Group,
    moments: Iterable[datetime],
    length_min: int,
    at: datetime,
    own: Iterable[object] = (),
) -> None:
    """Refuse what runs into another meeting of the group. own: primary keys that are about to move."""
    length, own = timedelta(minutes=length_min), set(own)
    others = [meeting for meeting in coming(group, at=at) if meeting.pk not in own]
    for begins in moments:
        if any(other.starts_at < begins + length and begins < end_of(other) for other in others):
            raise Overlaps


def fill_seasons(at: datetime) -> int:
    """Make the meetings of the coming season for every series; return how many were made. May run at any time."""
    made = 0
    living = Series.objects.filter(last_date__gte=(at - DAY).date(), group__ended_at=None)
    unfinished = living.annotate(newest=Max("meetings__series_date")).exclude(newest__gte=F("last_date"))
    for pk in list(unfinished.values_list("pk", flat=True)):
        with transaction.atomic():
            series = Series.objects.select_related("group").filter(pk=pk).first()
            if series and known(series.time_zone):
                hold(series.group)
                series.refresh_from_db()  # a leader may have changed it while we waited for the row
                made += _fill(series, at)
    return made


def _fill(series: Series, at: datetime) -> int:
    """Make the rows that are missing between now and a season ahead."""
    plan, there = series.plan(), set(series.meetings.values_list("series_date", flat=True))
    days = [day for day in plan.dates() if day not in there and at < plan.at(day) <= at + SEASON]
    rows = [_placed(Meeting(group_id=series.group_id), series, day, at) for day in days]
    Meeting.objects.bulk_create(rows)
    if rows:
        note_untold(series.group_id)
    return len(rows)


def _placed(meeting: Meeting, series: Series, day: date, at: datetime) -> Meeting:
    """Put a meeting on a date of the series, as the series says it."""
    meeting.series, meeting.series_date, meeting.length_min = series, day, series.length_min
    return _at_wall(meeting, day, series.hour, series.time_zone, at)


def _at_wall(meeting: Meeting, day: date, hour: time, zone: str, at: datetime) -> Meeting:
    meeting.wall_date, meeting.wall_hour, meeting.time_zone = day, hour, zone
    meeting.starts_at, meeting.zone_data = instant_of(day, hour, zone), ZONE_DATA
    meeting.changed_at = at
    return meeting


@transaction.atomic
def move(*, meeting: Meeting, day: date, hour: time, length_min: int, at: datetime) -> Meeting:
    """Move one meeting; its series stays as it is.

    raises: NotOpen, PastTime, TooFar, Overlaps
    """
    hold(meeting.group)
    meeting = _untouched(meeting)
    zone = zone_or_utc(meeting.time_zone or meeting.group.time_zone).key
    plan = Plan(day, hour, zone, "FREQ=WEEKLY;INTERVAL=1", day)
    _check([day], plan, at)
    _check_free(meeting.group, [plan.at(day)], length_min, at, [meeting.pk])
    meeting.length_min, meeting.sequence = length_min, meeting.sequence + 1
    _at_wall(meeting, day, hour, zone, at).save()
    note_change(meeting.series_id, at)
    note_untold(meeting.group_id)
    return meeting


def _untouched(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.opened_at or found.closed_at or found.cancelled_at:
        raise NotOpen
    return found


@dataclass(frozen=True)
class Change:
    """How a series goes on: its next date, hour and rule, and how long a meeting lasts."""

    first: date
    hour: time
    rule: str
    length_min: int


@transaction.atomic
def change_following(*, meeting: Meeting, change: Change, at: datetime) -> Series:
    """Change this meeting and all that follow it; return the series that goes on.

    As many meetings follow as before; what was moved by itself falls back into step, what was cancelled stays so. A
    series with a past ends before this one and a new series begins: calendar programs do not understand a rule that
    changes half way. Links to the meetings stay the same.

    raises: NoSeries, NotOpen, ZoneGone, NoDates, PastTime, TooFar, Overlaps
    """
    hold(meeting.group)
    old, cut = _series_of(meeting)
    rows = list(_untouched_rows(old, cut))
    plan = _plan_onwards(old, cut, change)
    _check(plan.dates(), plan, at)
    begins = [plan.at(day) for day in plan.dates()]
    _check_free(old.group, begins, change.length_min, at, [row.pk for row in rows])
    old.meetings.filter(series_date__gte=cut).update(series=None, series_date=None)
    series = _gone_on(old, cut, plan, change.length_min, at)
    for row, day in zip(rows, plan.dates(), strict=False):
        row.sequence += 1
        _placed(row, series, day, at).save()
    _fill(series, at)
    note_untold(series.group_id)
    return series


@transaction.atomic
def change_all(*, meeting: Meeting, change: Change, at: datetime) -> Series:
    """Change every meeting of the series that is still to come, in step with this one.

    With another rhythm there is no step to count back by: the series then goes on from the date given.

    raises: as `change_following`
    """
    series, cut = _series_of(meeting)
    first = _untouched_rows(series, series.first_date).filter(starts_at__gt=at).first() or meeting
    steps = sum(first.series_date <= day < cut for day in series.plan().ruled() if first.series_date)
    if rhythm_of(series.rule) == rhythm_of(change.rule):
        change = replace(change, first=earlier(change.first, change.rule, steps))
    return change_following(meeting=first, change=change, at=at)


def _series_of(meeting: Meeting) -> tuple[Series, date]:
    found = Meeting.objects.select_related("series__group").get(pk=meeting.pk)
    if found.opened_at or found.closed_at:
        raise NotOpen
    if found.series is None or found.series_date is None:
        raise NoSeries
    return found.series, found.series_date


def _untouched_rows(series: Series, cut: date) -> QuerySet[Meeting]:
    rows = series.meetings.filter(series_date__gte=cut, opened_at=None, closed_at=None, cancelled_at=None)
    return rows.order_by("series_date")


def _plan_onwards(old: Series, cut: date, change: Change) -> Plan:
    """Return how the series goes on. The n-th date takes the place of the n-th; cancelled and held ones stay out."""
    before = [day for day in old.plan().dates() if day >= cut]
    alive = set(_untouched_rows(old, cut).values_list("series_date", flat=True))
    settled = set(old.meetings.values_list("series_date", flat=True)) - alive
    skipped = old.plan().skipped
    days = first_dates(change.first, change.rule, len(before), skipped)
    if not days:
        raise NoDates
    gone = frozenset(new for day, new in zip(before, days, strict=False) if day in settled)
    return Plan(days[0], change.hour, old.time_zone, change.rule, days[-1], skipped | gone)


def _gone_on(old: Series, cut: date, plan: Plan, length_min: int, at: datetime) -> Series:
    """Return the series that carries the plan: the same one if it has no earlier date, else a new one."""
    if _cut(old, cut, at):
        return _new_series(old.group, plan, length_min, at)
    old.first_date, old.last_date, old.hour, old.rule = plan.first, plan.last, plan.hour, plan.rule
    old.length_min = length_min
    old.save()
    _keep_out(old, plan.skipped)
    return old


def _keep_out(series: Series, days: Iterable[date]) -> None:
    rows = [LeftOut(series=series, day=day) for day in sorted(days)]
    LeftOut.objects.bulk_create(rows, ignore_conflicts=True)


def _cut(series: Series, cut: date, at: datetime) -> bool:
    """End a series before this date; return whether anything of it is left."""
    before = [day for day in series.plan().ruled() if day < cut]
    series.last_date = before[-1] if before else series.first_date - DAY
    series.sequence, series.changed_at = series.sequence + 1, at
    series.save()
    return bool(before)


@transaction.atomic
def cancel_following(*, meeting: Meeting, at: datetime) -> None:
    """Cancel this meeting and all that follow it; the series ends before it.

    raises: NoSeries, NotOpen
    """
    hold(meeting.group)
    series, cut = _series_of(meeting)
    for row in _untouched_rows(series, cut):
        cancel(meeting=row, at=at)
    series.refresh_from_db()
    _cut(series, cut, at)
    note_untold(series.group_id)


@transaction.atomic
def cancel_all(*, meeting: Meeting, at: datetime) -> None:
    """Cancel every meeting of the series that is still to come.

    raises: NoSeries, NotOpen
    """
    series, _cut_at = _series_of(meeting)
    first = _untouched_rows(series, series.first_date).filter(starts_at__gt=at).first()
    cancel_following(meeting=first or meeting, at=at)


@transaction.atomic
def leave_out(*, series: Series, days: frozenset[date], at: datetime) -> int:
    """Leave days out of a series; return how many planned meetings are cancelled by it."""
    hold(series.group)
    series = Series.objects.select_related("group").get(pk=series.pk)
    rows = _untouched_rows(series, series.first_date).filter(starts_at__gt=at)
    cancelled = [row for row in rows if row.wall_date in days]
    for row in cancelled:
        cancel(meeting=row, at=at)
    there = set(series.meetings.values_list("series_date", flat=True))
    _keep_out(series, {day for day in days if series.first_date <= day <= series.last_date} - there)
    note_change(series.pk, at)
    note_untold(series.group_id)
    return len(cancelled)
