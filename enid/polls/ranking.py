"""Which time is best for a group, and what each one costs whom. Pure: no Django, no clock.

Every candidate is judged on the real dates on which the group would meet, so that an hour which moves with somebody's
clocks is seen. A person's own word counts; hours before 08 and after 21 only decide between equals, and are named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum
from itertools import combinations
from zoneinfo import ZoneInfo

from enid.meetings.calendar.occurrences import instant_of
from enid.polls.week import Week, halves

DAY_BEGINS, DAY_ENDS = 8 * 60, 21 * 60  # minutes; what lies outside is an odd hour
MISSED = 0.1  # whoever cannot on more than this share of the dates cannot
A_DAY = 2  # times of one weekday that are shown where many are good
RELIEF, TRIED = 0.5, 15  # what taking turns must spare the worst-off, and among how many good times
LOOKED_AT = 40  # the cheapest times among which a rotation is sought


class Answer(IntEnum):
    """What somebody says to a time."""

    NO = 0
    IF_NEED_BE = 1
    YES = 2


COST: Mapping[Answer, int] = {Answer.YES: 0, Answer.IF_NEED_BE: 1, Answer.NO: 5}


@dataclass(frozen=True)
class Candidate:
    """A time to choose from: a wall clock in a zone, and the dates on which the group would meet."""

    days: tuple[date, ...]
    hour: time
    zone: str

    def instants(self) -> tuple[datetime, ...]:
        """Return when each meeting would begin, in UTC."""
        return tuple(instant_of(day, self.hour, self.zone) for day in self.days)


@dataclass(frozen=True)
class Voice:
    """What one person said: to the instant of each date, or with a week of hours by their own clock."""

    who: int
    zone: str
    said: Mapping[datetime, Answer]
    week: Week | None = None
    required: bool = False


@dataclass(frozen=True)
class Toll:
    """What a time costs one person: on how many dates they cannot, or only if need be, and at which odd hours."""

    who: int
    missed: int
    hard: int
    dates: int
    odd: tuple[time, ...]
    required: bool = False

    @property
    def cannot(self) -> bool:
        """Tell whether too many dates are missed to say that they come."""
        return self.missed > MISSED * self.dates

    @property
    def burden(self) -> float:
        """The mean cost of a date; 0 where every date suits."""
        return (COST[Answer.NO] * self.missed + COST[Answer.IF_NEED_BE] * self.hard) / self.dates


@dataclass(frozen=True)
class Ranked:
    """A candidate with its cost to everybody who answered."""

    candidate: Candidate
    tolls: tuple[Toll, ...]

    @property
    def lacks_leader(self) -> bool:
        """Tell whether somebody without whom the group does not meet cannot come."""
        return any(toll.cannot and toll.required for toll in self.tolls)

    @property
    def key(self) -> tuple[bool, int, float, float, int]:
        """The order: leaders there, how many cannot, the sum of burdens, the worst, then how many odd hours."""
        burdens = [toll.burden for toll in self.tolls]
        cannot = sum(toll.cannot for toll in self.tolls)
        odd = sum(len(toll.odd) for toll in self.tolls)
        return self.lacks_leader, cannot, round(sum(burdens), 3), round(max(burdens, default=0), 3), odd


def rank(candidates: Iterable[Candidate], voices: Iterable[Voice], length_min: int) -> list[Ranked]:
    """Return every candidate with what it costs whom, the best first; among equals the order stays."""
    heard = list(voices)
    return sorted((_judged(each, heard, length_min) for each in candidates), key=lambda ranked: ranked.key)


def spread(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Return the order with no more than A_DAY times of one weekday: neighbours of a good hour are alike."""
    seen: Counter[int] = Counter()
    chosen = []
    for each in ranked:
        weekday = each.candidate.days[0].weekday()
        seen[weekday] += 1
        if seen[weekday] <= A_DAY:
            chosen.append(each)
    return chosen


def rotation(ranked: Iterable[Ranked], many: int) -> tuple[Ranked, ...]:
    """Return so many times to take in turn that the worst-off person fares best, then everybody together.

    returns: nothing where there are fewer times to which every leader can come
    """
    fit = sorted((each for each in ranked if not each.lacks_leader), key=lambda each: each.key[2:4])
    best = min(combinations(fit[:LOOKED_AT], many), key=shared, default=())
    return tuple(best)


def shared(turn: Iterable[Ranked]) -> tuple[float, float]:
    """Return the burden of the worst-off person and the sum of all, when these times are taken in turn."""
    each = [[toll.burden for toll in ranked.tolls] for ranked in turn]
    means = [sum(burdens) / len(each) for burdens in zip(*each, strict=True)]
    return round(max(means, default=0), 3), round(sum(means), 3)


def fairer(ranked: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Return two or three times that are worth taking in turn, since they relieve whoever the best one burdens most.

    ranked: in order; returns nothing where one time alone is as fair
    """
    order = list(ranked)
    turn: tuple[Ranked, ...] = ()
    worst = shared(order[:1])[0]
    for many in (2, 3):
        found = rotation(spread(order)[:TRIED], many)
        if found and shared(found)[0] <= worst - RELIEF:
            turn, worst = found, shared(found)[0]
    return turn


def _judged(candidate: Candidate, voices: list[Voice], length_min: int) -> Ranked:
    instants = candidate.instants()
    clocks = {zone: _clock(instants, zone) for zone in {voice.zone for voice in voices}}
    tolls = [_toll(voice, instants, clocks[voice.zone], length_min) for voice in voices]
    return Ranked(candidate, tuple(tolls))


def _clock(instants: Iterable[datetime], zone: str) -> Counter[int]:
    """Return the local minutes of the week at which the meetings begin, and how many do at each."""
    there = ZoneInfo(zone)
    local = (at.astimezone(there) for at in instants)
    return Counter(at.weekday() * 24 * 60 + at.hour * 60 + at.minute for at in local)


def _toll(voice: Voice, instants: tuple[datetime, ...], clock: Counter[int], length_min: int) -> Toll:
    if voice.week is None:
        counted = Counter(voice.said.get(at, Answer.NO) for at in instants)
    else:
        counted = Counter()
        for begins, dates in clock.items():
            counted[_in_week(voice.week, begins, length_min)] += dates
    odd = tuple(sorted({_hour(begins) for begins in clock if _is_odd(begins, length_min)}))
    return Toll(voice.who, counted[Answer.NO], counted[Answer.IF_NEED_BE], len(instants), odd, voice.required)


def _in_week(week: Week, begins: int, length_min: int) -> Answer:
    """Return the least willing answer among the half hours that a meeting touches."""
    return Answer(min(week.get(half, 0) for half in halves(begins, length_min)))


def _is_odd(begins: int, length_min: int) -> bool:
    of_day = begins % (24 * 60)
    return of_day < DAY_BEGINS or of_day + length_min > DAY_ENDS


def _hour(begins: int) -> time:
    of_day = begins % (24 * 60)
    return time(of_day // 60, of_day % 60)
