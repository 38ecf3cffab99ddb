"""Make circles that meet now, and people who are signed in; print both as JSON.

python -m enid.bench.calls.prepare ROOMS PEOPLE
"""

import json
import sys
from typing import Any

from enid.bench.prepare import fill  # sets Django up

from django.conf import settings  # isort: skip
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from enid.core.links import new_secret
from enid.groups.models import Acceptance, Agreement, Group, Membership
from enid.meetings.operations import remember_device
from enid.people.models import Person
from enid.room.access import DEVICE_COOKIE
from enid.site import readiness


def signed_in(person: Person) -> dict[str, str]:
    """Return the cookies of a browser that this person's groups know."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    secret = new_secret()
    for membership in person.memberships.all():
        remember_device(membership=membership, secret=secret, at=timezone.now())
    return {settings.SESSION_COOKIE_NAME: str(request.session.session_key), DEVICE_COOKIE: secret}


def agree() -> None:
    """Have everyone accept what their group agreed: without it no door opens."""
    agreements = {
        group.pk: Agreement.objects.create(group=group, number=1, text="What is said here stays here.")
        for group in Group.objects.all()
    }
    Acceptance.objects.bulk_create(
        Acceptance(membership=place, agreement=agreements[place.group_id])
        for place in Membership.objects.all()
    )


def prepared(rooms: int, people: int) -> dict[str, Any]:
    """Return the rooms with their tickets, and the cookies of their people; the first of them leads."""
    circles = list(fill(rooms, people))
    agree()
    persons = Person.objects.order_by("pk")
    return {"rooms": circles, "cookies": [signed_in(person) for person in persons]}


if __name__ == "__main__":
    readiness.make_ready()
    json.dump(prepared(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
