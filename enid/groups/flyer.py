"""A flyer of a group that is forming: the words of the invitation, for a notice board."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enid.core import pdf
from enid.groups.agreement import outsiders_line
from enid.groups.invitations import introduced, where
from enid.groups.models import Group
from enid.groups.queries import facts, leaders
from enid.groups.words import say, words_of
from enid.people.models import Person

SOURCE = Path(__file__).parent / "documents/flyer.typ"


def make(group: Group, *, answers_to: Person, paper: pdf.Paper) -> bytes:
    """Return the flyer as PDF, in the language in use.

    raises: NoDocument
    """
    words = words_of(group)
    sentence = _(
        "%(size)s $clinician_many will meet to think about such encounters: one story each time, told from memory. "
        "No advice, no marks, nothing to prepare; nobody has to speak or present. What is said stays there."
    )
    data = {
        "heading": say(_("Some $patient_many stay with us after work."), words),
        "about": say(sentence, words) % {"size": group.size},
        "rows": [row for row in _rows(group, answers_to) if row[1]],
        "outsiders": outsiders_line(facts(group)),
        "talk": _("Shall we talk for fifteen minutes first?"),
    }
    title = _("A Balint group")
    return pdf.make(SOURCE, data, title=title, language=get_language() or "en", paper=paper)


def _rows(group: Group, answers_to: Person) -> list[tuple[str, str]]:
    return [
        (_("When"), group.rhythm),
        (_("Where"), group.place or where(group)),
        (_("Until"), group.term),
        (_("Leading"), _(" and ").join(introduced(place) for place in leaders(group))),
        (_("Questions and answers to"), f"{answers_to.name}, {answers_to.email}"),
    ]
