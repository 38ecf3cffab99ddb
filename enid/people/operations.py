"""Verbs of the people chapter."""

from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.core.links import hash_of, new_secret
from enid.people.models import Letter, OneTimeLink, Person
from enid.people.own_data import CHAPTERS, addresses_of, forget_browsers, letters_about
from enid.people.signals import person_renamed, signed_out_everywhere

FIRST_LASTS = timedelta(days=1)
RECOVERY_LASTS = timedelta(days=2)


class Refused(Exception):
    """A verb cannot be done; `code` is stable."""

    code = "refused"


class LinkSpent(Refused):
    """The link was used, ran out, or never was."""

    code = "link_spent"


class AddressTaken(Refused):
    """Another account has this address."""

    code = "address_taken"


class StillNeeded(Refused):
    """Something stands in the way of an erasure; `reasons` are sentences for the person."""

    code = "still_needed"

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(self.code)
        self.reasons = reasons


def first_administrator_link(*, at: datetime) -> str:
    """Return the path of a link for the first administrator; older ones stop working."""
    OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.FIRST, used_at=None).delete()
    return _link(OneTimeLink.Purpose.FIRST, None, at + FIRST_LASTS)


def drop_unfinished(*, person: Person) -> None:
    """Remove an account, if it was only begun."""
    Person.objects.unfinished().filter(pk=person.pk).delete()


def recovery_link(*, person: Person, at: datetime) -> str:
    """Return the path of a link by which somebody who lost their address comes back; older ones stop working."""
    OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.RECOVERY, person=person, used_at=None).delete()
    return _link(OneTimeLink.Purpose.RECOVERY, person, at + RECOVERY_LASTS)


def _link(purpose: str, person: Person | None, expires_at: datetime) -> str:
    secret = new_secret()
    OneTimeLink.objects.create(
        secret_hash=hash_of(secret), purpose=purpose, person=person, expires_at=expires_at
    )
    return reverse("first" if purpose == OneTimeLink.Purpose.FIRST else "recovery", args=[secret])


def find_link(*, secret: str, purpose: str, at: datetime) -> OneTimeLink:
    """Return a link that can still be used.

    raises: LinkSpent
    """
    unused = OneTimeLink.objects.filter(used_at=None, expires_at__gt=at, purpose=purpose)
    link = unused.filter(secret_hash=hash_of(secret)).select_related("person").first()
    if link is None:
        raise LinkSpent
    return link


def _use(link: OneTimeLink, at: datetime) -> None:
    """Use a link up; of two presses at the same time one is refused."""
    if OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at) != 1:
        raise LinkSpent


@transaction.atomic
def become_first_administrator(*, link: OneTimeLink, email: str, name: str, at: datetime) -> Person:
    """Return the new administrator's account; the link is used up and vouches for the address.

    raises: LinkSpent, AddressTaken
    """
    _use(link, at)
    if Person.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    person = Person.objects.create_user(email, display_name=name, is_administrator=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_administrator(*, email: str) -> bool:
    """Let the person with this address look after the server; say whether an account has it."""
    accounts = Person.objects.filter(email__iexact=email.strip(), is_active=True)
    return accounts.update(is_administrator=True) == 1


@transaction.atomic
def come_back(*, link: OneTimeLink, at: datetime) -> Person:
    """Return the person whom the link lets in, signed out everywhere else."""
    _use(link, at)
    if link.person is None:
        raise LinkSpent
    sign_out_everywhere(person=link.person, at=at)
    _tell_of_the_way_back(link.person)
    return link.person


def _tell_of_the_way_back(person: Person) -> None:
    """Write to the address that is said to be lost: if it is not, its owner learns who was let in."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        text = render_to_string("people/mail/came_back.txt", {"contact": settings.CONTACT})
        send_mail(_("Somebody came back into your account"), text, None, [person.email])


@transaction.atomic
def change_settings(*, person: Person, name: str, profession: str, time_zone: str, language: str) -> None:
    """Keep what the person says of themselves; tell the circles when the name changed."""
    renamed = name != person.display_name
    person.display_name, person.profession = name, profession
    person.time_zone, person.language = time_zone, language
    person.save(update_fields=["display_name", "profession", "time_zone", "language"])
    if renamed:
        transaction.on_commit(partial(person_renamed.send, Person, person_id=person.pk))


@transaction.atomic
def sign_out_everywhere(*, person: Person, at: datetime) -> None:
    """End every session and void every room ticket of this person."""
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    UserSession.objects.filter(user=person).delete()
    person.set_unusable_password()  # another one: a session that no list knows is void, too
    person.tickets_from = at
    person.save(update_fields=["password", "tickets_from"])
    transaction.on_commit(partial(signed_out_everywhere.send, Person, person_id=person.pk))


@transaction.atomic
def sign_out_one(*, person: Person, pk: int, at: datetime) -> None:
    """End one session; room tickets are void too, since a ticket does not say from which session it came."""
    found = UserSession.objects.filter(user=person, pk=pk).first()
    if found is None:
        return
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()
    person.tickets_from = at
    person.save(update_fields=["tickets_from"])
    transaction.on_commit(partial(signed_out_everywhere.send, Person, person_id=person.pk))


def reasons_to_stay(person: Person) -> list[str]:
    """Return sentences that say why this account cannot be erased just now."""
    return [reason for chapter in CHAPTERS.values() for reason in chapter.blocks(person)]


@transaction.atomic
def erase(*, person: Person, at: datetime) -> None:
    """Erase everything kept about this person.

    raises: StillNeeded
    """
    if reasons := reasons_to_stay(person):
        raise StillNeeded(reasons)
    sign_out_everywhere(person=person, at=at)
    addresses = addresses_of(person)
    for chapter in CHAPTERS.values():
        chapter.erase(person)
    forget_browsers(person, addresses)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters_about(addresses)]).delete()
    person.delete()
