"""What follows when somebody signs in or out, by whichever door."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from enid.people.models import Person
from enid.people.signals import signed_out_everywhere


def stay_signed_in(request: HttpRequest, **_news: object) -> None:
    """Let the session of somebody signed in last longer than a visitor's."""
    request.session.set_expiry(settings.SIGNED_IN_S)


def leave_rooms(sender: object, user: Person | None, **_: object) -> None:
    """Void room tickets when somebody signs out: the next person at this screen must not sit down with them."""
    if user is None:
        return
    Person.objects.filter(pk=user.pk).update(tickets_from=timezone.now())
    transaction.on_commit(partial(signed_out_everywhere.send, Person, person_id=user.pk))
