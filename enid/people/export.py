"""Everything kept about a person, as plain values for a file of their own."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from enid.people.models import Letter, Person
from enid.people.own_data import CHAPTERS


def everything(person: Person) -> dict[str, Any]:
    """Return what every chapter keeps of this person."""
    return {
        "account": _account(person),
        **{name: chapter.collect(person) for name, chapter in CHAPTERS.items()},
    }


def _account(person: Person) -> dict[str, Any]:
    addresses = EmailAddress.objects.filter(user=person)
    passkeys = Authenticator.objects.filter(user=person)
    sessions = UserSession.objects.filter(user=person)
    letters = Letter.objects.filter(to__iexact=person.email)
    return {
        "email": person.email,
        "addresses": [{"email": one.email, "verified": one.verified} for one in addresses],
        "display_name": person.display_name,
        "profession": person.profession,
        "time_zone": person.time_zone,
        "language": person.language,
        "administrator": person.is_administrator,
        "joined_at": person.joined_at.isoformat(),
        "passkeys": [{"name": str(one), "added_at": one.created_at.isoformat()} for one in passkeys],
        "sessions": [
            {"since": one.created_at.isoformat(), "address": one.ip, "browser": one.user_agent}
            for one in sessions
        ],
        "letters": [{"subject": one.subject, "written_at": one.written_at.isoformat()} for one in letters],
    }
