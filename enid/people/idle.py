"""Accounts that nobody has used for two years: told first, then erased.

Without a mail server nobody can be told, and so nobody is erased. Whoever is needed stays: somebody who leads a group
alone, and the last who looks after the server.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enid.people.models import Person
from enid.people.operations import erase, reasons_to_stay

KEPT = timedelta(days=730)
NOTICE = timedelta(days=30)
MOST_AT_ONCE = 20  # each erasure looks through every session; the rest waits for the next sweep


def seen(person: Person, day: date) -> None:
    """Note that somebody used their account; a letter about an unused one no longer holds."""
    if person.seen_on != day or person.told_idle_on:
        Person.objects.filter(pk=person.pk).update(seen_on=day, told_idle_on=None)


def sweep(at: datetime) -> None:
    """Tell those whose account runs out in thirty days, and erase those who were told and did not come."""
    if not settings.SMTP_URL:
        return
    erased = 0
    for pk in list(_to_erase(at).values_list("pk", flat=True)):
        erased += _erase(pk, at)  # who is needed is passed over and must not stand in the way of the next
        if erased == MOST_AT_ONCE:
            break
    for pk in list(_to_tell(at).values_list("pk", flat=True)[:MOST_AT_ONCE]):
        _tell(pk, at)


def _to_tell(at: datetime) -> QuerySet[Person]:
    return _spare().filter(seen_on__lte=(at - KEPT + NOTICE).date(), told_idle_on=None)


def _to_erase(at: datetime) -> QuerySet[Person]:
    told = _spare().filter(told_idle_on__lte=(at - NOTICE).date(), seen_on__lt=F("told_idle_on"))
    return told.filter(seen_on__lte=(at - KEPT).date())


def _spare() -> QuerySet[Person]:
    """Return everybody but the last administrator."""
    people = Person.objects.order_by("seen_on", "pk")
    administrators = Person.objects.filter(is_administrator=True, is_active=True)
    return people if administrators.count() > 1 else people.exclude(pk__in=administrators)


@transaction.atomic
def _tell(pk: int, at: datetime) -> None:
    person = _to_tell(at).select_for_update().filter(pk=pk).first()
    if person is None:
        return
    person.told_idle_on = at.date()
    person.save(update_fields=["told_idle_on"])
    with translation.override(person.language or settings.LANGUAGE_CODE):
        told = {
            "day": date_format(at + NOTICE, pgettext("Django date format", "j F Y")),
            "needed_for": reasons_to_stay(person),
            "link": settings.URL,
        }
        text = render_to_string("people/mail/idle.txt", told)
        send_mail(_("Your account at Enid has not been used for a long time"), text, None, [person.email])


@transaction.atomic
def _erase(pk: int, at: datetime) -> bool:
    """Erase one person, looking again: they may have come back, or be needed; say whether it was done."""
    # Two workers must not each take the other administrator for the one who stays.
    list(Person.objects.select_for_update().filter(is_administrator=True).order_by("pk"))
    person = _to_erase(at).select_for_update().filter(pk=pk).first()
    if person is None or reasons_to_stay(person):
        return False
    erase(person=person, at=at)
    return True
