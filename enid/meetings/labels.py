"""Sentences for what operations of the meetings chapter know only by code, and the leaders' ten questions."""

from collections.abc import Mapping

from django.utils.dateformat import format as dated
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from enid.meetings.calendar.occurrences import Plan
from enid.meetings.calendar.rules import Rhythm, nth, rhythm_of
from enid.meetings.moments import plain

REFUSALS: Mapping[str, Promise] = {
    "past_time": _("That time has passed. Please choose one to come."),
    "too_far": _("That is more than two years ahead. Please look at the year."),
    "overlaps": _("Your group already meets at that time."),
    "no_such_time": _("That hour does not exist: the clocks go forward that night. Please choose another."),
    "not_open": _("This meeting is over, under way or cancelled. Nothing was changed."),
    "too_late": _(
        "Dates are moved and cancelled until a quarter of an hour before they begin. Nothing was changed."
    ),
    "too_many_changes": _(
        "You have changed dates forty times since yesterday, and members are told each time. Nothing was changed; please come again tomorrow."
    ),
    "not_closed": _("Who was present is confirmed after the close."),
    "unknown_member": _("The form named somebody who does not belong to this meeting. Nothing was changed."),
    "no_dates": _("No date is left. Please look at the days without a meeting."),
    "no_series": _("This meeting stands alone; nothing follows it. Nothing was changed."),
    "fifth_weekday": _("Not every month has a fifth one. Please choose the last one, or another first date."),
    "not_last": _("The first date is not the last of its weekday in that month. Please choose one that is."),
    "too_many_days": _("These are more than 400 days. Please look at the years."),
    "zone_gone": _(
        "The time zone of these dates is no longer known. Please plan a new series in another one."
    ),
    "too_many_guests": _("Six guests are enough for one evening. Nothing was changed."),
}

RHYTHMS: Mapping[Rhythm, Promise] = {
    Rhythm.WEEKLY: _("every week"),
    Rhythm.FORTNIGHTLY: _("every second week"),
    Rhythm.FOUR_WEEKS: _("every four weeks"),
    Rhythm.MONTHLY: _("every month, on the same weekday (for example the first Tuesday)"),
    Rhythm.MONTHLY_LAST: _("every month, on the last such weekday (for example the last Thursday)"),
}

_WHEN: Mapping[Rhythm, Promise] = {
    Rhythm.WEEKLY: _("every week on %(weekday)s"),
    Rhythm.FORTNIGHTLY: _("every second week on %(weekday)s"),
    Rhythm.FOUR_WEEKS: _("every four weeks on %(weekday)s"),
    Rhythm.MONTHLY_LAST: _("every month on the last %(weekday)s"),
}

_NTH: Mapping[int, Promise] = {
    1: _("every month on the first %(weekday)s"),
    2: _("every month on the second %(weekday)s"),
    3: _("every month on the third %(weekday)s"),
    4: _("every month on the fourth %(weekday)s"),
}

QUESTIONS = (
    _("How do I go home? What has the case left in me?"),
    _("The opening, the steps, the time, the close: what held, and what slipped?"),
    _("Was the presenter protected? And $patient_the, who was not here?"),
    _("Whose voice was missing? Who was carried by the others?"),
    _("Did we drift into solutions, teaching or talk in general? What brought us back?"),
    _("What of the story did the group play out again? And the two of us?"),
    _("What did we say or leave unsaid, and what do we regret?"),
    _("How did we work as a pair?"),
    _("The frame: somebody late or absent, confidentiality, a worry about anyone?"),
    _("Do we take something to supervision, and what?"),
)
"""To talk about after the close: nothing to tick, nothing is kept."""


def refusal(code: str) -> str:
    """Return the sentence for an operation that was refused."""
    return str(REFUSALS[code])


def described(plan: Plan) -> str:
    """Say when a series meets: every second week on Tuesday, 18:30 in Europe/Vienna, until 6 April 2027."""
    rhythm = rhythm_of(plan.rule)
    when = _NTH[nth(plan.first)] if rhythm == Rhythm.MONTHLY else _WHEN[rhythm]
    return said("%(when)s, %(hour)s in %(zone)s, until %(last)s") % {
        "when": str(when) % {"weekday": WEEKDAYS[plan.first.weekday()]},
        "hour": f"{plan.hour:%H:%M}",
        "zone": plain(plan.zone),
        "last": dated(plan.last, pgettext("Django date format", "j F Y")),
    }
