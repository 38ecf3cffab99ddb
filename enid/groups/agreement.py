"""The text a new group starts with, in its own words, and the lines that follow from its settings.

The rest of an agreement belongs to the group; these lines are replaced when what they say changes, since whoever
accepts an agreement must read what is so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from enid.groups.models import Group, Membership, Outsiders
from enid.groups.words import say, words_of


@dataclass(frozen=True)
class Facts:
    """What the settings say about who learns what, about the leaders, the term, and the way past the leaders."""

    outsiders: str
    outsiders_who: str
    dependences: tuple[str, ...]  # one sentence for each leader who assesses or manages someone here
    term: str = ""
    concerns_to: str = ""
    alternative: str = ""  # empty where nobody has to come


def facts_of(group: Group, leaders: Iterable[Membership]) -> Facts:
    """Return the facts that an agreement names."""
    told = tuple(
        place.dependence_told for place in leaders if not place.independent and place.dependence_told
    )
    alternative = group.alternative if group.compulsory else ""
    return Facts(group.outsiders, group.outsiders_who, told, group.term, group.concerns_to, alternative)


def default_text(group: Group, facts: Facts | None = None) -> str:
    """Return the text of practice that a new group starts with; without `facts`, with independent leaders."""
    words, facts = words_of(group), facts or facts_of(group, ())
    said = [say(paragraph, words) for paragraph in [*_on_meeting(), *_on_coming()]]
    # What leaders typed comes in after the group's words: a "$" of theirs stays a "$".
    lines = [outsiders_line(facts), leaders_line(facts), alternative_line(facts), _ending(facts)]
    return "\n\n".join(part for part in [*said, *lines] if part)


def _on_meeting() -> list[str]:
    """Say what is done together, what stays here, and where that ends."""
    return [
        _(
            "We meet to think about one relationship at a time: $clinician_one and $patient_one, with those around them. "
            "We wonder; we do not advise, solve, teach or judge. This is neither therapy nor assessment."
        ),
        _(
            "What is said here stays here: $patient_many, families, colleagues, one another. We leave out names, "
            "places and dates; an invented name is welcome. Whoever recognises someone tells a leader at once and "
            "may step out. Afterwards, only the person who told a case may bring it up again."
        ),
        _(
            "There are limits: where someone may be in serious danger, or the law obliges us, a leader speaks first "
            "with the person concerned, if it is safe, and then does what is required. Leaders may take their own "
            "leading to supervision, naming nobody."
        ),
    ]


def _on_coming() -> list[str]:
    """Say how people come, and how they sit before a screen."""
    return [
        _(
            "We come each time, on time, and stay; if we cannot, we say so beforehand. Nobody has to speak or "
            "present. Whoever presents may come in at any moment and owes no answer."
        ),
        _(
            "Online we sit alone and unheard, cameras on if we can. Nobody records, transcribes or lets an assistant "
            "listen. The leaders can signal to each other."
        ),
    ]


def _ending(facts: Facts) -> str:
    parts = [until_line(facts), _("Whoever leaves says goodbye here if possible."), concerns_line(facts)]
    return " ".join([*parts, _("We change this agreement only together.")])


def until_line(facts: Facts) -> str:
    """Say how long the group runs."""
    if facts.term:
        return _("Our group runs until %(term)s; then we decide anew.") % {"term": facts.term}
    return _("Our group decides from time to time whether it goes on.")


def concerns_line(facts: Facts) -> str:
    """Say where concerns go."""
    if facts.concerns_to:
        return _("Concerns go to the leaders or, past them, to %(whom)s.") % {"whom": facts.concerns_to}
    return _("Concerns go to the leaders.")


def outsiders_line(facts: Facts) -> str:
    """Say in one line what an employer or programme learns."""
    who = facts.outsiders_who or _("Our employer or programme")
    if facts.outsiders == Outsiders.MET:
        return _("%(who)s learns that the group met, and nothing else.") % {"who": who}
    if facts.outsiders == Outsiders.PRESENT:
        return _("%(who)s learns who was present, by name, and nothing else.") % {"who": who}
    return _("%(who)s learns nothing.") % {"who": who}


def leaders_line(facts: Facts) -> str:
    """Say in one line whether a leader assesses or manages anyone here."""
    if not facts.dependences:
        return _("Our leaders do not assess, appoint or manage any of us.")
    # No names here: an agreement outlives an account, and a name in it could not be erased.
    said = [_("A leader says: “%(told)s”") % {"told": told} for told in facts.dependences]
    return " ".join([_("Not every leader stands apart from us."), *said])


def alternative_line(facts: Facts) -> str:
    """Say what somebody who has to come may do instead; nothing where nobody has to."""
    if not facts.alternative:
        return ""
    sentence = _("Whoever would rather not take part may instead: %(alternative)s. No reason is asked.")
    return sentence % {"alternative": facts.alternative.rstrip(".")}


def refreshed(text: str, *, before: Facts, after: Facts) -> str:
    """Return the agreement with these lines brought up to date; the same text when nothing changed."""
    for line in _LINES:
        text = _replaced(text, line, before, after)
    return text


_LINES = (outsiders_line, leaders_line, alternative_line, until_line, concerns_line)


def language_of(text: str, facts: Facts) -> str:
    """Return the language in which these lines stand in an agreement; the reader's where none stands."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            if any(line(facts) and line(facts) in text for line in _LINES):
                return code
    return get_language() or settings.LANGUAGE_CODE


def _replaced(text: str, line: Callable[[Facts], str], before: Facts, after: Facts) -> str:
    """Replace a line in the language in which it stands; add it at the end where the group rewrote it."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            old, new = line(before), line(after)
        if old and old in text:
            return text.replace(old, new, 1).replace("\n\n\n\n", "\n\n")
    changed = line(before) != line(after)
    return f"{text}\n\n{line(after)}" if changed and line(after) else text
