"""Which settings belong to the agreement, and how a version names them: they change only with it."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group, Outsiders

TERMS: Mapping[str, Promise] = {
    "outsiders": _("What an employer or programme learns"),
    "outsiders_who": _("Which employer or programme"),
    "concerns_to": _("Past the leaders, concerns go to"),
    "concerns_email": _("Their e-mail address"),
    "limits": _("Limits of confidentiality and local numbers"),
    "term": _("It runs until"),
    "compulsory": _("Members have to come"),
    "alternative": _("The equal alternative"),
}
"""Fields of Group that belong to the agreement, with the words in which a version names them."""


@dataclass(frozen=True)
class Change:
    """One setting that a version changes, in words."""

    name: str
    now: str
    then: str


def with_terms(group: Group, terms: Mapping[str, Any]) -> Group:
    """Return a copy of the group as a version would have it; it is never saved."""
    other = copy.copy(group)
    for field, value in terms.items():
        setattr(other, field, value)
    return other


def differing(group: Group, terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return those terms that are not so already."""
    return {field: value for field, value in terms.items() if getattr(group, field) != value}


def changes(group: Group, terms: Mapping[str, Any]) -> list[Change]:
    """Return what a version changes of the group's settings, in the order in which they are listed."""
    return [
        Change(str(name), worded(field, getattr(group, field)), worded(field, terms[field]))
        for field, name in TERMS.items()
        if field in terms
    ]


def named(group: Group) -> list[tuple[str, str]]:
    """Return every setting that the agreement in force names and that says something."""
    says = [(str(name), field) for field, name in TERMS.items() if getattr(group, field)]
    return [(name, worded(field, getattr(group, field))) for name, field in says]


def worded(field: str, value: Any) -> str:
    """Return a setting's value in words; empty where nothing is named."""
    if field == "outsiders":
        return str(Outsiders(value).label)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)
