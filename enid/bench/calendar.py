"""`enid bench calendar`: random series, their dates as pages and mail say them, and our calendar files read back.

Two other programs read the files and must take our word for every zone, which goes by an invented name. What a page says
is held against the wall clock of the rule, what a file says against the instants: `differences` counts what disagrees.
"""

from __future__ import annotations

import argparse
import json
import random
import time as clock
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from enid.bench import readers
from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.calendar.occurrences import Plan, first_dates, is_odd
from enid.meetings.calendar.rules import FifthWeekday, NotLast, Rhythm, rule_for
from enid.site.commands import DONE, NO, parser

SEASON, DAY, YEARS = timedelta(days=184), timedelta(days=1), 10
FIRST_DAY = date(2026, 12, 1)
LENGTH = timedelta(minutes=75)
IRREGULAR = ("Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Asia/Jerusalem", "America/Havana")
HOURS = (time(1, 30), time(2, 30), time(8), time(12, 15), time(18, 30), time(20), time(23, 45))
SPOKEN = "%A %d %B %Y, %H:%M"


@dataclass
class Found:
    """What was compared, and how often something disagreed; files by reader."""

    series: int = 0
    occurrences: int = 0
    on_pages: int = 0
    in_mail: int = 0
    in_files: dict[str, int] = field(default_factory=dict)


def main(argv: list[str]) -> int:
    """Compare and print; the answer is no when anything differs."""
    given = _given(argv)
    import django

    django.setup()
    began_s, found = clock.monotonic(), Found()
    dice = random.Random(given.seed)
    zones = _zones(dice, given.zones)
    with readers.ical_js() as ical_js:
        reading = {"recurring-ical-events": readers.recurring_ical_events, "ical.js": ical_js}
        for number in range(given.series):
            series = _series(dice, zones[number % len(zones)], number)
            _compare(series, zones[dice.randrange(len(zones))], found, reading)
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


def _compare(series: Repeated, reader: str, found: Found, reading: Mapping[str, readers.Reader]) -> None:
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
    for name, read in reading.items():
        found.in_files[name] = found.in_files.get(name, 0) + _apart(read(file), meant)


def _wall(said: str) -> datetime:
    return datetime.strptime(said, SPOKEN)  # noqa: DTZ007 - what the clock on the wall shows


def _mail_agrees(mail: str, at: datetime, reader: str, plan: Plan) -> bool:
    """Tell whether a mail names the reader's hour and, where it differs, the group's."""
    here, _, there = mail.partition(" in ")
    local, own = at.astimezone(ZoneInfo(reader)), at.astimezone(ZoneInfo(plan.zone))
    named = f"{own:%H:%M} in {plan.zone.replace('_', ' ')})" in there
    return _wall(here) == local.replace(tzinfo=None) and named == (local.utcoffset() != own.utcoffset())


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
        "differences": found.on_pages + found.in_mail + sum(found.in_files.values()),
        "on_pages": found.on_pages,
        "in_mail": found.in_mail,
        "in_files": found.in_files,
        "took_s": round(took_s, 1),
    }


def _text(figures: dict[str, Any]) -> str:
    return (
        "{series} series in {zones} zones over {years} years, {occurrences} meetings.\n"
        "Differences: {differences} (on pages {on_pages}, in mail {in_mail}, in calendar files {read}).\n"
        "It took {took_s} s."
    ).format(read=", ".join(f"{n} by {name}" for name, n in figures["in_files"].items()), **figures)
