"""Sentences for what operations of the attendance chapter know only by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enid.meetings import labels as meetings

REFUSALS: Mapping[str, Promise] = {
    "code_too_old": _("The code has changed since. Please point your phone at the screen once more."),
    "not_now": _("One signs in from fifteen minutes before a meeting until its end. Nothing was changed."),
    "disputed_already": _("You have asked about this line already. Please speak with your leaders."),
    "answered": _("Another leader has answered already. Nothing was changed."),
    "no_document": _("The document could not be made just now. Please try once more in a minute."),
}


def refusal(code: str) -> str:
    """Return what to say when an operation refuses."""
    return str(REFUSALS[code]) if code in REFUSALS else meetings.refusal(code)
