"""A society made in bulk for `enid bench groups`: groups, people, years of meetings, and visits to their pages."""

from __future__ import annotations

import itertools
import random
import time as clock
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enid.groups.formats import PRESETS, to_json
from enid.groups.models import Acceptance, Agreement, Group, Membership
from enid.meetings.models import Attendance, Meeting
from enid.people.models import Person

BATCH = 2000
RHYTHM = timedelta(days=14)
LINES_KEPT = timedelta(days=720)
SEASON = timedelta(days=180)
Row = TypeVar("Row", bound=Model)
Visit = tuple[Client, str]


@transaction.atomic
def fill(*, groups: int, people: int, years: int, seed: int) -> dict[str, int]:
    """Make everything; return how many rows of each there are."""
    at, form = timezone.now(), to_json(PRESETS["first-75"])
    _save(Person, (_person(number, at) for number in range(people)))
    _save(Group, (Group(name=f"Circle {n}", format=form, created_at=at) for n in range(groups)))
    circles, everybody = (
        list(Group.objects.order_by("name")),
        list(Person.objects.values_list("pk", flat=True)),
    )
    random.Random(seed).shuffle(everybody)
    _save(Membership, _places(circles, everybody, at - timedelta(days=365 * years)))
    _save(
        Agreement,
        (Agreement(group=group, number=1, text="What is said here stays here.") for group in circles),
    )
    _agree()
    _save(Meeting, (one for group in circles for one in _meetings(group, years, at)))
    _save(Attendance, _lines(at))
    models = (Person, Group, Membership, Meeting, Attendance)
    return {model._meta.model_name or "": model._default_manager.count() for model in models}


def _person(number: int, at: datetime) -> Person:
    person = Person(email=f"person{number}@example.org", display_name=f"Person {number}", joined_at=at)
    person.set_unusable_password()
    return person


def _places(groups: list[Group], people: list[int], at: datetime) -> Iterator[Membership]:
    """Deal the people out; the first two of each circle lead."""
    for number, person in enumerate(people):
        role = Membership.Role.LEADER if number // len(groups) < 2 else Membership.Role.MEMBER
        yield Membership(group=groups[number % len(groups)], person_id=person, role=role, joined_at=at)


def _agree() -> None:
    versions = dict(Agreement.objects.values_list("group_id", "pk"))
    places = Membership.objects.values_list("pk", "group_id")
    _save(Acceptance, (Acceptance(membership_id=pk, agreement_id=versions[group]) for pk, group in places))


def _meetings(group: Group, years: int, at: datetime) -> Iterator[Meeting]:
    starts = at - timedelta(days=365 * years)
    while starts < at + SEASON:
        over = starts + timedelta(minutes=75) if starts < at - timedelta(days=1) else None
        yield Meeting(
            group=group, starts_at=starts, opened_at=over and starts, closed_at=over, confirmed_at=over
        )
        starts += RHYTHM


def _lines(at: datetime) -> Iterator[Attendance]:
    places: dict[object, list[tuple[int, str]]] = {}
    for pk, group, role in Membership.objects.values_list("pk", "group_id", "role"):
        places.setdefault(group, []).append((pk, role))
    held = Meeting.objects.filter(closed_at__isnull=False, starts_at__gt=at - LINES_KEPT)
    for meeting, group in held.values_list("pk", "group_id").iterator():
        for pk, role in places[group]:
            yield Attendance(meeting_id=meeting, membership_id=pk, role=role, present=pk % 7 != 0)


def _save(model: type[Row], rows: Iterable[Row]) -> None:
    """Save in batches without ever holding all of them."""
    waiting = iter(rows)
    while batch := list(itertools.islice(waiting, BATCH)):
        model._default_manager.bulk_create(batch, batch_size=BATCH)


def plain_static() -> None:
    """Name static files plainly: nobody collected them here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def visits(dice: random.Random, rounds: int) -> list[dict[str, Any]]:
    """Choose groups, and sign in one leader and one member of each."""
    groups = list(Group.objects.values_list("pk", flat=True).order_by("pk"))
    chosen = [dice.choice(groups) for _ in range(rounds)]
    return [_visit_of(pk) for pk in chosen]


def _visit_of(group_id: UUID) -> dict[str, Any]:
    places = Membership.objects.filter(group_id=group_id).select_related("person").order_by("role", "pk")
    held = Meeting.objects.filter(group_id=group_id, closed_at__isnull=False).latest("starts_at")
    coming = Meeting.objects.filter(group_id=group_id, closed_at=None).earliest("starts_at")
    leader, member = places[0], places.reverse()[0]
    return {
        "group": group_id,
        "held": held.pk,
        "coming": coming.pk,
        "leader": _signed_in(leader.person),
        "member": _signed_in(member.person),
    }


def _signed_in(person: Person) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


PAGES = (
    ("home", "member", None),
    ("group", "leader", "group"),
    ("group", "member", "group"),
    ("group_dates", "member", "group"),
    ("group_agreement", "member", "group"),
    ("group_known", "member", "group"),
    ("group_outside", "member", "group"),
    ("group_settings", "leader", "group"),
    ("group_invite", "leader", "group"),
    ("group_attendance", "leader", "group"),
    ("meeting", "member", "coming"),
    ("meeting_after", "leader", "held"),
    ("me", "member", None),
    ("me_attendance", "member", None),
    ("me_calendar", "member", None),
)


def pages(chosen: list[dict[str, Any]]) -> dict[str, list[Visit]]:
    """Return for each page who opens it where."""
    return {
        f"{name}, {who}": [(one[who], reverse(name, args=[one[what]] if what else [])) for one in chosen]
        for name, who, what in PAGES
    }


def visit(client: Client, address: str) -> tuple[float, int]:
    """Open one page; return milliseconds and queries."""
    with CaptureQueriesContext(connection) as asked:
        began_s = clock.perf_counter()
        answer = client.get(address)
        took_ms = (clock.perf_counter() - began_s) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"a page of the bench answers {answer.status_code}")
    return took_ms, len(asked)
