"""Sentences for what operations of the meetings chapter know only by code, and the leaders' ten questions."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Promise] = {
    "past_time": _("That time has passed. Please choose one to come."),
    "too_far": _("That is more than two years ahead. Please look at the year."),
    "overlaps": _("Your group already meets at that time."),
    "no_such_time": _("That hour does not exist: the clocks go forward that night. Please choose another."),
    "not_open": _("This meeting is over, under way or cancelled. Nothing was changed."),
    "not_closed": _("Who was present is confirmed after the close."),
    "unknown_member": _("The form named somebody who does not belong to this meeting. Nothing was changed."),
    "too_many_guests": _("Six guests are enough for one evening. Nothing was changed."),
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
