"""One's own data: every chapter says here what it keeps of a person, how to erase it, and what stands in the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import Q

from enid.people.models import Letter, Person


@dataclass(frozen=True)
class Chapter:
    """What one chapter knows: plain data for the export, the erasure, and sentences that keep it from happening."""

    collect: Callable[[Person], Any]
    erase: Callable[[Person], None]
    blocks: Callable[[Person], list[str]]


CHAPTERS: dict[str, Chapter] = {}


def register(
    chapter: str,
    collect: Callable[[Person], Any],
    erase: Callable[[Person], None],
    blocks: Callable[[Person], list[str]],
) -> None:
    """Take a chapter in; called once when the server starts."""
    CHAPTERS[chapter] = Chapter(collect, erase, blocks)


def addresses_of(person: Person) -> set[str]:
    """Return every address that is known to be theirs, in lower case."""
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {address.lower() for address in [person.email, *others]}


def _names(text: str, addresses: set[str]) -> bool:
    """Say whether a text holds one of the addresses whole, not as the end of somebody else's."""
    return any(
        re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", text.lower()) for address in addresses
    )


def letters_about(addresses: set[str]) -> list[Letter]:
    """Return letters to these addresses, or that ask for an answer to one of them."""
    about = Q()
    for address in addresses:
        about |= Q(to__iexact=address) | Q(reply_to__iexact=address) | Q(body__icontains=address)
        about |= Q(calendar__icontains=address)
    found = Letter.objects.filter(about)
    return [one for one in found if _names(f"{one.to} {one.reply_to} {one.body} {one.calendar}", addresses)]


def forget_browsers(person: Person, addresses: set[str]) -> None:
    """Delete every session that knows the person, also those where a code was asked for and never typed.

    Looks into each session of the server; erasures are rare.
    """
    gone = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") == str(person.pk) or _names(str(data), addresses):
            gone.append(session.pk)
    Session.objects.filter(pk__in=gone).delete()
