"""Seat more people in a meeting than the cast has; reads meeting and names, prints what each browser is given."""

import json
import sys
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.utils import timezone  # noqa: E402

from enid.core.links import new_secret  # noqa: E402
from enid.groups.models import Acceptance, Membership  # noqa: E402
from enid.meetings.models import Meeting  # noqa: E402
from enid.meetings.operations import remember_device  # noqa: E402
from enid.people.models import Person  # noqa: E402
from enid.room.access import DEVICE_COOKIE  # noqa: E402


def main() -> None:
    """Make people who are signed in and known to their browser."""
    wanted = json.load(sys.stdin)
    meeting = Meeting.objects.get(pk=wanted["meeting"])
    given = {name: _seated(name, meeting) for name in wanted["names"]}
    json.dump(given, sys.stdout)


def _seated(name: str, meeting: Meeting) -> dict[str, str]:
    """Return the cookies of somebody new in the meeting's group."""
    person = Person.objects.create_user(f"{name.lower()}-{meeting.pk}@example.org", display_name=name)
    place = Membership.objects.create(group=meeting.group, person=person, role=Membership.Role.MEMBER)
    Acceptance.objects.create(membership=place, agreement=meeting.group.agreements.get())
    secret = new_secret()
    remember_device(membership=place, secret=secret, at=timezone.now())
    return {settings.SESSION_COOKIE_NAME: _session(person), DEVICE_COOKIE: secret}


def _session(person: Person) -> str:
    """Sign somebody in and return the key of their session."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


main()
