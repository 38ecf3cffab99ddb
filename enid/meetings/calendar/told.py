"""What a calendar was told by mail, what it should hold, and what has to be said to get from one to the other.

What was told is kept as plain data, without words: enough to take it back when the plan itself is gone.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from enid.meetings.calendar.ics import Repeated, Single, Words, apart, as_it_is, odd_dates
from enid.meetings.calendar.itip import zone_parts
from enid.meetings.calendar.occurrences import Plan

APART_AHEAD = timedelta(
    weeks=8
)  # each date of an irregular zone is a mail of its own: not a whole season at once

Entry = Single | Repeated
Told = Mapping[str, Any]


class Deed(StrEnum):
    """What one mail does."""

    ASK = "ask"
    ASK_DATE = "ask_date"
    TAKE_BACK = "take_back"
    TAKE_BACK_DATE = "take_back_date"


@dataclass(frozen=True)
class Step:
    """One mail: what it does, with which entry, and for which date of a series."""

    deed: Deed
    entry: Entry
    day: date | None = None


def by_mail(entry: Entry, *, at: datetime, season: timedelta) -> Iterator[Entry]:
    """Return what goes by mail: a series as one entry, dates that programs read in different ways apart."""
    if isinstance(entry, Single):
        if entry.at > at:
            yield entry
        return
    regular = entry.plan.zone == "UTC" or zone_parts(entry) is not None
    alone = odd_dates(entry) if regular else frozenset(entry.dates())
    if regular:
        yield replace(entry, cancelled=entry.cancelled | alone)
    for day in sorted(alone):
        if at < as_it_is(entry, day).at and entry.plan.at(day) <= at + (season if regular else APART_AHEAD):
            yield apart(entry, day)


def from_now(entry: Entry, told: Told | None, *, at: datetime) -> Entry:
    """Let a series begin with the first date that its reader was told of, or that is still to come."""
    if isinstance(entry, Single):
        return entry
    first = date.fromisoformat(told["first"]) if told and "first" in told else None
    if first not in entry.plan.ruled():
        first = next((day for day in entry.dates() if as_it_is(entry, day).at > at), entry.plan.first)
    moved = {day: single for day, single in entry.moved.items() if day >= first}
    return replace(entry, plan=replace(entry.plan, first=first), moved=moved)


def said(entry: Entry) -> dict[str, Any]:
    """Return what an entry tells, as plain data."""
    shared = {"length_min": _minutes(entry.length), "place": entry.words.place}
    if isinstance(entry, Single):
        return {"at": entry.at.isoformat(), **shared}
    plan, ruled = entry.plan, set(entry.plan.ruled())
    return {
        "first": plan.first.isoformat(),
        "hour": plan.hour.isoformat(),
        "zone": plan.zone,
        "rule": plan.rule,
        "last": plan.last.isoformat(),
        "skipped": _days(plan.skipped & ruled),
        **shared,
        "law": hashlib.sha256(repr(zone_parts(entry)).encode()).hexdigest()[:16],
        "cancelled": _days(entry.cancelled & ruled),
        "moved": {
            day.isoformat(): [single.at.isoformat(), _minutes(single.length)]
            for day, single in sorted(entry.moved.items())
            if day in ruled
        },
    }


def understood(told: Told, uid: str, words: Words, *, at: datetime) -> Entry:
    """Return the entry that was told. at: counts as the moment of its last change"""
    length = timedelta(minutes=told["length_min"])
    if "at" in told:
        return Single(uid, words, datetime.fromisoformat(told["at"]), length, at)
    plan = Plan(
        date.fromisoformat(told["first"]),
        time.fromisoformat(told["hour"]),
        told["zone"],
        told["rule"],
        date.fromisoformat(told["last"]),
        frozenset(map(date.fromisoformat, told["skipped"])),
    )
    moved = {
        date.fromisoformat(day): Single(
            "", words, datetime.fromisoformat(begins), timedelta(minutes=minutes), at
        )
        for day, (begins, minutes) in told["moved"].items()
    }
    gone = frozenset(map(date.fromisoformat, told["cancelled"]))
    return Repeated(uid, words, plan, length, at, cancelled=gone, moved=moved)


def last_begin(entry: Entry) -> datetime | None:
    """Return when the last meeting of an entry begins, if any is left."""
    if isinstance(entry, Single):
        return entry.at
    return max((as_it_is(entry, day).at for day in entry.dates()), default=None)


def to_come(entry: Entry, *, at: datetime) -> bool:
    """Tell whether anything of an entry is still to come."""
    last = last_begin(entry)
    return last is not None and last > at


def steps(before: Entry | None, told: Told, wanted: Entry | None, *, at: datetime) -> list[Step]:
    """Return the mails that bring a calendar from what it was told to what is wanted; often none.

    before: what `told` says, as an entry; None, with `told` empty, where the calendar knows nothing
    """
    if wanted is None:
        return [Step(Deed.TAKE_BACK, before)] if before and to_come(before, at=at) else []
    if before is None or type(before) is not type(wanted):
        return _whole(wanted, at) if to_come(wanted, at=at) else []
    if isinstance(wanted, Single):
        return [Step(Deed.ASK, wanted)] if said(wanted) != told and to_come(wanted, at=at) else []
    assert isinstance(before, Repeated)  # noqa: S101 - of one kind, as was looked at above
    return _of_series(before, told, wanted, at)


def _of_series(before: Repeated, told: Told, wanted: Repeated, at: datetime) -> list[Step]:
    if not to_come(before, at=at) and not to_come(wanted, at=at):
        return []
    if not wanted.dates():
        return [Step(Deed.TAKE_BACK, replace(before, sequence=wanted.sequence))]
    if _shape(said(wanted)) != _shape(told):
        return _whole(wanted, at)
    return [*_dates_gone(before, wanted, at), *_dates_moved(before, wanted, at)]


def _whole(wanted: Entry, at: datetime) -> list[Step]:
    """Ask for all of it; programs may forget dates that were moved, so these are asked for again."""
    moved = wanted.moved if isinstance(wanted, Repeated) else {}
    days = sorted(day for day, single in moved.items() if single.at > at)
    return [Step(Deed.ASK, wanted), *(Step(Deed.ASK_DATE, wanted, day) for day in days)]


def _dates_gone(before: Repeated, wanted: Repeated, at: datetime) -> Iterator[Step]:
    for day in sorted(set(before.dates()) - set(wanted.dates())):
        if as_it_is(before, day).at > at:
            yield Step(Deed.TAKE_BACK_DATE, wanted, day)


def _dates_moved(before: Repeated, wanted: Repeated, at: datetime) -> Iterator[Step]:
    for day in wanted.dates():
        old, new = as_it_is(before, day), as_it_is(wanted, day)
        back = day in before.cancelled
        if new.at > at and (back or (old.at, old.length) != (new.at, new.length)):
            yield Step(Deed.ASK_DATE, wanted, day)


def _shape(told: Told) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("cancelled", "moved")}


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)


def _days(days: frozenset[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
