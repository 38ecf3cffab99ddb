"""`enid bench calendar`: random series, their dates as pages and mail say them, and our calendar files read back.

Another program reads the files and must take our word for every zone, which goes by an invented name. What a page says is
held against the wall clock of the rule, what a file says against the instants: `differences` counts what disagrees.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time as clock
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.calendar.occurrences import Plan, first_dates, is_odd
from enid.meetings.calendar.rules import FifthWeekday, NotLast, Rhythm, rule_for
from enid.site.commands import DONE, NO, Stopped, parser

SEASON, DAY, YEARS = timedelta(days=184), timedelta(days=1), 10
FIRST_DAY = date(2026, 12, 1)
LENGTH = timedelta(minutes=75)
IRREGULAR = ("Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Asia/Jerusalem", "America/Havana")
HOURS = (time(1, 30), time(2, 30), time(8), time(12, 15), time(18, 30), time(20), time(23, 45))
SPOKEN = "%A %d %B %Y, %H:%M"


@dataclass
class Found:
    """What was compared, and how often two of the four disagreed."""

    series: int = 0
    occurrences: int = 0
    on_pages: int = 0
    in_mail: int = 0
    in_files: int = 0


def main(argv: list[str]) -> int:
    """Compare and print; the answer is no when anything differs."""
    given = _given(argv)
    import django

    django.setup()
    began_s, found = clock.monotonic(), Found()
    dice = random.Random(given.seed)
    zones = _zones(dice, given.zones)
    for number in range(given.series):
        _compare(_series(dice, zones[number % len(zones)], number), zones[dice.randrange(len(zones))], found)
    figures = _figures(found, zones, clock.monotonic() - began_s)
    print(json.dumps(figures) if given.json else _text(figures))
    return NO if figures["differences"] else DONE


def _given(argv: list[str]) -> argparse.Namespace:
    arguments = parser("bench")
    arguments.prog = "enid bench calendar"
    arguments.add_argument("--series", type=int, default=10_000)
    arguments.add_argument("--zones", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    if given.series < 1 or not len(IRREGULAR) < given.zones <= 400:
        arguments.error(f"series must be one or more, zones {len(IRREGULAR) + 1} to 400")
    return given


def _zones(dice: random.Random, many: int) -> list[str]:
    named = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    regular = sorted(named - set(IRREGULAR))
    return [*IRREGULAR, *dice.sample(regular, many - len(IRREGULAR))]


def _series(dice: random.Random, zone: str, number: int) -> Repeated:
    """Return a random series with days left out, cancelled and moved dates."""
    first, rule = _beginning(dice)
    days = first_dates(first, rule, dice.randint(1, 52))
    skipped = frozenset(day for day in days[1:] if dice.random() < 0.08)
    plan = Plan(first, dice.choice(HOURS), zone, rule, days[-1], skipped)
    cancelled = frozenset(day for day in plan.dates() if dice.random() < 0.05)
    words, changed = Words("Balint group"), datetime(2026, 11, 24, tzinfo=UTC)
    moved = {
        day: Single("", words, plan.at(day) + dice.randint(1, 60) * timedelta(hours=1), LENGTH, changed)
        for day in plan.dates()
        if day not in cancelled and dice.random() < 0.05
    }
    return Repeated(f"series-{number}@enid", words, plan, LENGTH, changed, 0, cancelled, moved)


def _beginning(dice: random.Random) -> tuple[date, str]:
    while True:
        first = FIRST_DAY + dice.randrange(365 * YEARS) * DAY
        try:
            return first, rule_for(dice.choice(list(Rhythm)), first)
        except (FifthWeekday, NotLast):
            continue


def _compare(series: Repeated, reader: str, found: Found) -> None:
    from enid.meetings import moments  # needs Django

    plan, season_end = series.plan, series.plan.at(series.plan.first) + SEASON
    usual = [day for day in series.dates() if day not in series.moved]
    found.series += 1
    found.occurrences += len(series.dates())
    for day in usual:
        at, own = plan.at(day), ZoneInfo(plan.zone)
        if not is_odd(day, plan.hour, plan.zone):
            said = _wall(moments.moment(at, own))
            found.on_pages += said != datetime.combine(day, plan.hour)
        mail = moments.whole(at, ZoneInfo(reader), plan.zone)
        found.in_mail += not _mail_agrees(mail, at, reader, plan)
    file = calendar_file("Balint group", [series], season_end=season_end)
    meant = sorted(series.moved[day].at if day in series.moved else plan.at(day) for day in series.dates())
    if b"BEGIN:VTIMEZONE" not in file:
        meant = [at for at in meant if at <= season_end]
    found.in_files += _apart(list(_read(file)), meant)


def _wall(said: str) -> datetime:
    return datetime.strptime(said, SPOKEN)  # noqa: DTZ007 - what the clock on the wall shows


def _mail_agrees(mail: str, at: datetime, reader: str, plan: Plan) -> bool:
    """Tell whether a mail names the reader's hour and, where it differs, the group's."""
    here, _, there = mail.partition(" in ")
    local, own = at.astimezone(ZoneInfo(reader)), at.astimezone(ZoneInfo(plan.zone))
    named = f"{own:%H:%M} in {plan.zone.replace('_', ' ')})" in there
    return _wall(here) == local.replace(tzinfo=None) and named == (local.utcoffset() != own.utcoffset())


def _read(file: bytes) -> Iterator[datetime]:
    """Yield every instant that another program finds; zones go by a name that it cannot know."""
    try:
        import recurring_ical_events
        from icalendar import Calendar
    except ImportError as error:
        raise Stopped("This bench needs the development environment: make env-dev", 2) from error
    text, once = file.decode(), hashlib.sha256(file).hexdigest()[:12]
    for zone in {str(each["TZID"]) for each in Calendar.from_ical(file).walk("VTIMEZONE")}:
        text = text.replace(f"TZID:{zone}", f"TZID:X{zone}{once}").replace(
            f"TZID={zone}", f"TZID=X{zone}{once}"
        )
    for event in recurring_ical_events.of(Calendar.from_ical(text)).between(
        date(2026, 1, 1), date(2060, 1, 1)
    ):
        yield event.start.astimezone(UTC)


def _apart(read: list[datetime], meant: list[datetime]) -> int:
    left = list(meant)
    for at in read:
        if at in left:
            left.remove(at)
    return len(left) + max(0, len(read) - len(meant))


def _figures(found: Found, zones: list[str], took_s: float) -> dict[str, Any]:
    return {
        "series": found.series,
        "zones": len(zones),
        "years": YEARS,
        "occurrences": found.occurrences,
        "differences": found.on_pages + found.in_mail + found.in_files,
        "on_pages": found.on_pages,
        "in_mail": found.in_mail,
        "in_files": found.in_files,
        "took_s": round(took_s, 1),
    }


def _text(figures: dict[str, Any]) -> str:
    return (
        "{series} series in {zones} zones over {years} years, {occurrences} meetings.\n"
        "Differences: {differences} (on pages {on_pages}, in mail {in_mail}, in calendar files {in_files}).\n"
        "It took {took_s} s."
    ).format(**figures)
