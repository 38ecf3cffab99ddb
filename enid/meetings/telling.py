"""Members' calendars are told by mail what changed: what each was told is compared with what it should hold now.

A verb only notes that its group has something untold; the worker compares and writes, in one transaction, so that
nothing is told twice and a crash tells it later. Whatever led to a change - a leader, a law on clocks, somebody who
joined or left - is told in the same way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation

from enid.core.links import hash_of
from enid.groups.models import Group, Membership
from enid.meetings import feeds, letters, moments
from enid.meetings.calendar import told as telling
from enid.meetings.calendar.ics import Repeated, Single, Words
from enid.meetings.calendar.vtimezone import parts_of
from enid.meetings.models import CalendarChoice, Invited, Meeting, Series, Untold
from enid.meetings.operations import hold
from enid.meetings.planning import SEASON
from enid.people.models import Person

REMEMBERED = timedelta(days=30)  # after its last meeting an entry may still be moved; then nobody needs it
YEAR = timedelta(days=365)


def tell_due(at: datetime) -> int:
    """Tell the members of every group with something untold; return how many groups. May run at any time."""
    groups = list(Untold.objects.order_by("pk").values_list("group", flat=True).distinct())
    for group_id in dict.fromkeys(groups):
        tell(group_id, at)
    return len(set(groups))


@transaction.atomic
def tell(group_id: UUID, at: datetime) -> None:
    """Write the letters that bring every member's calendar up to date."""
    group = Group.objects.filter(pk=group_id).first()
    if group is None:
        return
    hold(group)  # letters of one thread are written one after another
    group.refresh_from_db()
    Untold.objects.filter(
        pk__in=list(Untold.objects.filter(group=group).values_list("pk", flat=True))
    ).delete()
    dates = _Dates.of(group, at)
    asked = {person.pk: person for person in _by_mail(group)}
    others = Person.objects.filter(pk__in=_known(group)).exclude(pk__in=asked)
    for person in [*asked.values(), *others]:
        _tell_person(person, dates if person.pk in asked else _Dates(group), at)


def _by_mail(group: Group) -> list[Person]:
    """Return who belongs today and wishes to have dates by mail, as everybody does who said nothing."""
    if group.ended_at or group.resting_since:
        return []
    here = Person.objects.filter(memberships__group=group, memberships__left_at=None, is_active=True)
    return list(here.exclude(calendar_choice__by__in=[CalendarChoice.By.FEED, CalendarChoice.By.NEITHER]))


def _known(group: Group) -> list[int]:
    return list(Invited.objects.filter(group=group).exclude(told={}).values_list("person", flat=True))


@dataclass(frozen=True)
class _Dates:
    """What a group plans: nothing, for whoever no longer belongs."""

    group: Group
    series: tuple[Series, ...] = ()
    alone: tuple[Meeting, ...] = ()

    @classmethod
    def of(cls, group: Group, at: datetime) -> "_Dates":
        living = Series.objects.filter(group=group, last_date__gte=(at - YEAR).date())
        alone = Meeting.objects.filter(
            group=group, series=None, cancelled_at=None, closed_at=None, starts_at__gt=at
        )
        return cls(
            group,
            tuple(feeds.with_meetings(living).order_by("first_date", "pk")),
            tuple(alone.select_related("group").order_by("starts_at", "pk")),
        )

    def entries(self, person: Person, at: datetime) -> list[Repeated | Single]:
        writer = feeds.Writer(moments.zone_or_utc(person.time_zone), busy=False, mark=mark_of(person))
        found = [*writer.series(self.series), *(writer.meeting(each) for each in self.alone)]
        return [entry for each in found for entry in telling.by_mail(each, at=at, season=SEASON)]


def mark_of(person: Person) -> str:
    """Return what makes a person's entries their own: an answer by mail must know it."""
    return "-" + hash_of(f"{settings.SECRET_KEY} calendar {person.pk}")[:16]


def _tell_person(person: Person, dates: _Dates, at: datetime) -> None:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        rows = {
            row.uid: row for row in Invited.objects.filter(person=person, group=dates.group).order_by("pk")
        }
        wanted = {entry.uid: entry for entry in dates.entries(person, at)}
        for uid in [*rows, *(uid for uid in wanted if uid not in rows)]:
            row = rows.get(uid) or Invited(person=person, group=dates.group, uid=uid)
            _tell_entry(row, wanted.get(uid), at)


def _tell_entry(row: Invited, wanted: Repeated | Single | None, at: datetime) -> None:
    told = row.told if row.address in ("", row.person.email) else {}  # a new address knows nothing yet
    words = Words(letters.summary(), place=told.get("place", ""))
    before = telling.understood(told, row.uid, words, at=at) if told else None
    now = telling.from_now(wanted, told, at=at) if wanted else None
    steps = telling.steps(before, told, now, at=at)
    if not steps:
        return
    first = row.pk is None
    sequence = max(row.sequence + (not first), wanted.sequence if wanted else 0)
    for step in steps:
        counted = replace(step, entry=replace(step.entry, sequence=sequence))
        letters.send(counted, person=row.person, group=row.group, changed=bool(told), at=at)
    row.sequence, row.address = sequence, row.person.email
    row.told = telling.said(now) if now and steps[-1].deed != telling.Deed.TAKE_BACK else {}
    row.over_at = (now and telling.last_begin(now)) or at
    row.save()


def sweep(at: datetime) -> None:
    """Find groups whose members have something to be told that no verb noted, and forget what is long over."""
    Invited.objects.filter(over_at__lt=at - REMEMBERED).delete()
    gone = Invited.objects.exclude(told={}).filter(over_at__gt=at)
    here = Membership.objects.filter(group=OuterRef("group"), person=OuterRef("person"), left_at=None)
    found = set(gone.filter(~Exists(here)).values_list("group", flat=True))
    found |= set(_newcomers(at)) | set(_rolling(at))
    Untold.objects.bulk_create([Untold(group_id=pk) for pk in found])


def _newcomers(at: datetime) -> Iterable[UUID]:
    """Return groups with dates to come of which one who wishes mail was told nothing."""
    told = Invited.objects.filter(group=OuterRef("group"), person=OuterRef("person"))
    planned = Meeting.objects.filter(
        group=OuterRef("group"), cancelled_at=None, starts_at__gt=at, opened_at=None, wall_date__isnull=False
    )
    places = Membership.objects.filter(left_at=None, person__is_active=True)
    places = places.filter(group__ended_at=None, group__resting_since=None)
    wish = Q(person__calendar_choice=None) | Q(person__calendar_choice__by=CalendarChoice.By.MAIL)
    return places.filter(wish, ~Exists(told), Exists(planned)).values_list("group", flat=True)


def _rolling(at: datetime) -> Iterable[UUID]:
    """Return groups in zones whose dates are told one by one, a few weeks ahead."""
    living = Series.objects.filter(last_date__gte=at.date(), group__ended_at=None)
    zones = living.order_by("time_zone").values_list("time_zone", flat=True).distinct()
    today = at.date()
    irregular = [
        zone for zone in zones if moments.known(zone) and parts_of(zone, today, today + YEAR) is None
    ]
    return living.filter(time_zone__in=irregular).values_list("group", flat=True)
