"""How long a term lasts, in the words that stand after "runs until"."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

FIRST = 10
"""Meetings of a group's first term, unless its leader wishes otherwise; then it decides anew."""


def first(meetings: int | None = FIRST) -> dict[str, object]:
    """Return the fields of a group in its first term; None for one without an end."""
    sentence = ngettext("we have met %(n)s time", "we have met %(n)s times", meetings or 0)
    return {"term_meetings": meetings, "term": sentence % {"n": meetings} if meetings else ""}


def words(meetings: int | None, until: date | None) -> str:
    """Say until when a later term runs; nothing for one without an end."""
    if meetings:
        sentence = ngettext("we have met %(n)s more time", "we have met %(n)s more times", meetings)
        return sentence % {"n": meetings}
    return date_format(until, pgettext("Django date format", "j F Y")) if until else ""
