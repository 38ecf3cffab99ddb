"""Calendar files. Words come in from outside, already in the reader's language; times are ours.

Every series is a wall time with its zone, or, where a zone has no form that all programs read alike, single meetings in
UTC for a season. Nobody but the reader is named: no organizer, no attendee.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from enid.meetings.calendar.occurrences import Plan, is_odd
from enid.meetings.calendar.vtimezone import Part, parts_of

LOOK_AGAIN, HALF_A_DAY = timedelta(hours=6), timedelta(hours=12)
PRODUCT = "-//Enid//Meetings//EN"


@dataclass(frozen=True)
class Words:
    """What an entry says. Empty words are left out."""

    summary: str
    description: str = ""
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class Single:
    """One meeting at one instant."""

    uid: str
    words: Words
    at: datetime
    length: timedelta
    changed_at: datetime
    sequence: int = 0


@dataclass(frozen=True)
class Repeated:
    """A series: its plan, and what of it was cancelled or moved.

    cancelled: dates by the rule; moved: date by the rule -> the meeting as it now is
    """

    uid: str
    words: Words
    plan: Plan
    length: timedelta
    changed_at: datetime
    sequence: int = 0
    cancelled: frozenset[date] = frozenset()
    moved: Mapping[date, Single] = field(default_factory=dict)

    def dates(self) -> list[date]:
        """Return the dates that are left, the moved ones under their old date."""
        return [day for day in self.plan.dates() if day not in self.cancelled]


def calendar_file(name: str, entries: Sequence[Single | Repeated], *, season_end: datetime) -> bytes:
    """Return a whole file with CRLF and lines of 75 octets.

    season_end: how far meetings of a zone without a yearly rule are written
    """
    calendar = _calendar(name)
    spans = _spans(entries)
    shapes = {zone: parts_of(zone, first, last) for zone, (first, last) in spans.items()}
    for zone, parts in sorted(shapes.items()):
        if parts:
            calendar.add_component(timezone_of(zone, parts))
    for entry in entries:
        for event in _events(entry, shapes, season_end):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


def _spans(entries: Sequence[Single | Repeated]) -> dict[str, tuple[date, date]]:
    """Return for each zone from when to when series need it; a file may say a zone only once."""
    spans: dict[str, tuple[date, date]] = {}
    for entry in entries:
        if isinstance(entry, Repeated) and entry.dates():
            plan = entry.plan
            last = max([plan.last, *(single.at.date() for single in entry.moved.values())])
            first, until = spans.get(plan.zone, (plan.first, last))
            spans[plan.zone] = (min(first, plan.first), max(until, last))
    return spans


def _events(
    entry: Single | Repeated, shapes: Mapping[str, tuple[Part, ...] | None], season_end: datetime
) -> Iterator[Event]:
    if isinstance(entry, Single):
        yield single(entry)
    elif not entry.dates():
        return
    elif entry.plan.zone == "UTC" or shapes[entry.plan.zone]:
        yield from _series(entry)
    else:
        yield from _one_by_one(entry, season_end)


def _series(entry: Repeated) -> Iterator[Event]:
    odd = odd_dates(entry)
    yield master(replace(entry, cancelled=entry.cancelled | odd))
    for day in sorted(entry.moved.keys() & set(entry.dates()) - odd):
        yield override(entry, day)
    yield from (single(apart(entry, day)) for day in sorted(odd))


def odd_dates(entry: Repeated) -> frozenset[date]:
    """Return the dates whose hour is missing or doubled: programs read it in their own ways, so they stand apart."""
    return frozenset(day for day in entry.dates() if is_odd(day, entry.plan.hour, entry.plan.zone))


def master(entry: Repeated) -> Event:
    """Return the entry of the whole series; what was cancelled is left out, and what was moved is not yet said."""
    plan = entry.plan
    event = event_of(entry, _wall(plan, plan.first), entry.length)
    rule = vRecur.from_ical(plan.rule)
    # In UTC, as the standard asks, and half a day late: some programs read it with the offset of the first date.
    rule["UNTIL"] = [plan.at(plan.ruled()[-1]) + HALF_A_DAY]
    event.add("rrule", rule)
    for day in sorted((plan.skipped | entry.cancelled) & set(plan.ruled())):
        event.add("exdate", _wall(plan, day))
    return event


def override(entry: Repeated, day: date) -> Event:
    """Return one date of a series by itself, as it now is, under its old date."""
    now = as_it_is(entry, day)
    start = _plain_start(now.at, ZoneInfo(entry.plan.zone))
    event = event_of(replace(now, uid=entry.uid), start, now.length)
    event.add("recurrence-id", _wall(entry.plan, day))
    return event


def _plain_start(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the wall time in the zone, or UTC where that wall time comes twice."""
    local = at.astimezone(zone)
    return at.astimezone(UTC) if is_odd(local.date(), local.time(), zone.key) else local


def _wall(plan: Plan, day: date) -> datetime:
    """Return the wall time in the series' zone, as it stands on the clock even where that hour is missing."""
    return datetime.combine(day, plan.hour, tzinfo=ZoneInfo(plan.zone))


def _one_by_one(entry: Repeated, season_end: datetime) -> Iterator[Event]:
    meetings = (apart(entry, day) for day in entry.dates())
    yield from (single(meeting) for meeting in meetings if meeting.at <= season_end)


def apart(entry: Repeated, day: date) -> Single:
    """Return one meeting of a series as an entry of its own."""
    return replace(as_it_is(entry, day), uid=f"{day:%Y%m%d}-{entry.uid}")


def as_it_is(entry: Repeated, day: date) -> Single:
    """Return one meeting of a series: where it was moved to, or as the series says."""
    usual = Single("", entry.words, entry.plan.at(day), entry.length, entry.changed_at, entry.sequence)
    return entry.moved.get(day, usual)


def single(meeting: Single) -> Event:
    """Return the entry of one meeting, in UTC."""
    return event_of(meeting, meeting.at.astimezone(UTC), meeting.length)


def event_of(entry: Single | Repeated, start: datetime, length: timedelta) -> Event:
    """Return an entry that begins at this moment."""
    event, words = Event(), entry.words
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", start)
    event.add("duration", length)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    said = {
        "summary": words.summary,
        "description": words.description,
        "location": words.place,
        "url": words.link,
    }
    for name, text in said.items():
        if text:
            event.add(name, text)
    return event


def timezone_of(zone: str, parts: tuple[Part, ...]) -> Timezone:
    """Return what a file says of a zone."""
    said = Timezone()
    said.add("tzid", zone)
    for part in parts:
        said.add_component(_part(part))
    return said


def _part(part: Part) -> Component:
    said = TimezoneDaylight() if part.kind == "DAYLIGHT" else TimezoneStandard()
    said.add("dtstart", part.start)
    said.add("tzoffsetfrom", part.before)
    said.add("tzoffsetto", part.after)
    said.add("tzname", part.name)
    if part.rule:
        said.add("rrule", vRecur.from_ical(part.rule))
    return said
