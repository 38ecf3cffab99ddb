"""Sentences for what the polls chapter knows only by code."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from enid.meetings.calendar.rules import Rhythm
from enid.meetings.labels import RHYTHMS
from enid.polls.models import Poll
from enid.polls.ranking import Ranked, Toll

REFUSALS: Mapping[str, Promise] = {
    "too_many_polls": _(
        "Five questions for a time are open in this group. Nothing was sent. Please end one first."
    ),
    "too_many_names": _("Twelve people without an account are enough for one question. Nothing was changed."),
    "too_many_today": _(
        "You have asked for a time ten times since yesterday. Nothing was sent. Please come again tomorrow."
    ),
    "over": _("Answers are closed. Yours was not changed."),
    "undecidable": _("This time was not asked about, or it has passed. Nothing was changed."),
    "already_decided": _("A time was taken already. Nothing was changed."),
    "already_reminded": _("The one reminder has been sent. Nobody was written to again."),
    "nobody_to_remind": _("Every member has answered. Nobody was written to."),
    "too_often": _(
        "That was sent many times in a few minutes. Your last answer is kept. Please wait a little."
    ),
    "same_time": _("The same time stands there twice."),
    "no_times": _("Please name at least two times."),
    "half_a_time": _("A time needs its day and its hour."),
    "past_time": _("That time has passed. Please choose one to come."),
    "past_deadline": _("Please choose a day to come."),
    "late_deadline": _("Answers are needed before the first meeting could be."),
    "far_deadline": _("Please choose a day within the next ninety days."),
}


def refusal(code: str) -> str:
    """Return the sentence for an operation that was refused."""
    return str(REFUSALS[code])


def described(poll: Poll) -> str:
    """Say how often: every second week, 10 meetings; nothing for a single meeting."""
    if not poll.rhythm:
        return ""
    many = ngettext("%(n)s meeting", "%(n)s meetings", poll.many) % {"n": poll.many}
    return f"{RHYTHMS[Rhythm(poll.rhythm)]}, {many}"


def costs(ranked: Ranked, names: Mapping[int, str]) -> list[str]:
    """Say what a time costs whom, the heaviest first; nothing where it suits everybody."""
    cannot = [toll for toll in ranked.tolls if toll.cannot]
    some = [toll for toll in ranked.tolls if toll.missed and not toll.cannot]
    hard = [toll for toll in ranked.tolls if toll.hard and not toll.cannot]
    lines = (
        [gettext("Without a leader: %(names)s cannot.") % {"names": _listed(cannot, names, leading=True)}]
        if ranked.lacks_leader
        else []
    )
    others = [toll for toll in cannot if not toll.required]
    if others:
        lines.append(gettext("Cannot: %(names)s.") % {"names": _listed(others, names)})
    if some:
        lines.append(gettext("Cannot on some dates: %(names)s.") % {"names": _counted(some, names)})
    if hard:
        lines.append(gettext("Only if need be: %(names)s.") % {"names": _listed(hard, names)})
    lines += [_odd(toll, names) for toll in ranked.tolls if toll.odd and not toll.cannot]
    return lines


def _listed(tolls: Iterable[Toll], names: Mapping[int, str], *, leading: bool = False) -> str:
    chosen = [names[toll.who] for toll in tolls if toll.required or not leading]
    return get_text_list(chosen, gettext("and"))


def _counted(tolls: Iterable[Toll], names: Mapping[int, str]) -> str:
    text = gettext("%(name)s (%(missed)s of %(dates)s)")
    each = [text % {"name": names[toll.who], "missed": toll.missed, "dates": toll.dates} for toll in tolls]
    return get_text_list(each, gettext("and"))


def _odd(toll: Toll, names: Mapping[int, str]) -> str:
    hours = get_text_list([f"{hour:%H:%M}" for hour in toll.odd], gettext("or"))
    return gettext("Early or late for %(name)s: %(hours)s by their clock.") % {
        "name": names[toll.who],
        "hours": hours,
    }
