"""Everything kept about a person, as plain values for a file of their own."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from enid.people.models import OneTimeLink, Person
from enid.people.own_data import CHAPTERS, addresses_of, letters_about


def everything(person: Person) -> dict[str, Any]:
    """Return what every chapter keeps of this person."""
    return {
        "account": _account(person),
        **{name: chapter.collect(person) for name, chapter in CHAPTERS.items()},
    }


def _account(person: Person) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=person)
    links = OneTimeLink.objects.filter(person=person)
    return {
        "email": person.email,
        "addresses": [{"email": one.email, "verified": one.verified} for one in addresses],
        "display_name": person.display_name,
        "profession": person.profession,
        "time_zone": person.time_zone,
        "language": person.language,
        "administrator": person.is_administrator,
        "joined_at": _when(person.joined_at),
        "last_signed_in_at": _when(person.last_login),
        "last_seen_on": person.seen_on.isoformat(),
        "told_unused_on": person.told_idle_on and person.told_idle_on.isoformat(),
        "room_tickets_valid_from": _when(person.tickets_from),
        "passkeys": _passkeys(person),
        "sessions": _sessions(person),
        "letters": _letters(person),
        "ways_back": [{"valid_until": _when(one.expires_at), "used_at": _when(one.used_at)} for one in links],
    }


def _passkeys(person: Person) -> list[dict[str, Any]]:
    """Return names and times; the public keys themselves open nothing elsewhere."""
    return [
        {"name": str(one), "added_at": _when(one.created_at), "last_used_at": _when(one.last_used_at)}
        for one in Authenticator.objects.filter(user=person)
    ]


def _sessions(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "since": _when(one.created_at),
            "last_seen_at": _when(one.last_seen_at),
            "address": one.ip,
            "browser": one.user_agent,
        }
        for one in UserSession.objects.filter(user=person)
    ]


def _letters(person: Person) -> list[dict[str, Any]]:
    """Return letters to the person; those that wait still have their text."""
    mine = addresses_of(person)
    return [
        {
            "subject": one.subject,
            "text": one.body,
            "written_at": _when(one.written_at),
            "sent_at": _when(one.sent_at),
        }
        for one in letters_about(mine)
        if one.to.lower() in mine
    ]


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
