"""The few rules by which groups meet, as RFC 5545 writes them. No other rule is read: none can count for ever."""

import re
from datetime import date, timedelta
from enum import StrEnum

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS = re.compile(r"FREQ=WEEKLY;INTERVAL=([124])", re.ASCII)
_MONTHS = re.compile(r"FREQ=MONTHLY;BYDAY=(?:[1-4]|-1)(?:MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class BadRule(ValueError):
    """Not one of the rules by which groups meet here."""


class FifthWeekday(ValueError):
    """Not every month has a fifth Tuesday."""


class NotLast(ValueError):
    """The date is not the last of its weekday in the month."""


class Rhythm(StrEnum):
    """How often a group meets. Every four weeks is not monthly: it drifts through the month."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKS = "four_weeks"
    MONTHLY = "monthly"
    MONTHLY_LAST = "monthly_last"


_EVERY = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.FOUR_WEEKS: 4}


def rule_for(rhythm: Rhythm, first: date) -> str:
    """Return the rule by which a group meets from its first date on.

    raises: FifthWeekday, NotLast
    """
    if rhythm in _EVERY:
        return f"FREQ=WEEKLY;INTERVAL={_EVERY[rhythm]}"
    weekday = WEEKDAYS[first.weekday()]
    if rhythm == Rhythm.MONTHLY_LAST:
        if (first + timedelta(days=7)).month == first.month:
            raise NotLast
        return f"FREQ=MONTHLY;BYDAY=-1{weekday}"
    if nth(first) == 5:
        raise FifthWeekday
    return f"FREQ=MONTHLY;BYDAY={nth(first)}{weekday}"


def rhythm_of(rule: str) -> Rhythm:
    """Return the rhythm that a rule stands for.

    raises: BadRule
    """
    weeks = _WEEKS.fullmatch(checked(rule))
    if weeks:
        return next(rhythm for rhythm, every in _EVERY.items() if every == int(weeks[1]))
    return Rhythm.MONTHLY_LAST if "BYDAY=-1" in rule else Rhythm.MONTHLY


def nth(day: date) -> int:
    """Return which of its weekday in the month a date is: 1 for the first Tuesday."""
    return (day.day - 1) // 7 + 1


def earlier(day: date, rule: str, steps: int) -> date:
    """Return the date that the rule names so many steps before a date that it names.

    raises: BadRule
    """
    weeks = _WEEKS.fullmatch(checked(rule))
    if weeks:
        return day - steps * timedelta(weeks=int(weeks[1]))
    months = day.year * 12 + day.month - 1 - steps
    if "BYDAY=-1" in rule:
        after = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - day.weekday() - 1) % 7 + 1)
    first = date(months // 12, months % 12 + 1, 1)
    return first + timedelta(days=(day.weekday() - first.weekday()) % 7, weeks=nth(day) - 1)


def checked(rule: str) -> str:
    """Return the rule if it is one of ours.

    raises: BadRule
    """
    if not (_WEEKS.fullmatch(rule) or _MONTHS.fullmatch(rule)):
        raise BadRule
    return rule
