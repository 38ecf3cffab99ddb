"""The demonstration's people and groups, and its one-click door.

Everybody has an address of their own (http://marta.localhost:8000): browsers keep cookies by host name, so one
person at one machine can be the whole circle. The door exists only where `settings.DEMO` holds, that is, in a
data folder that `enid demo` marked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enid.core.links import new_secret
from enid.groups.formats import PRESETS, to_json
from enid.groups.models import Acceptance, Agreement, Group, Membership, Setting
from enid.meetings.calendar.occurrences import Plan, first_dates
from enid.meetings.models import Attendance, Meeting
from enid.meetings.operations import remember_device
from enid.meetings.planning import make_series
from enid.people.models import Person
from enid.room.access import DEVICE_COOKIE

DOMAIN = "demonstration.example"


@dataclass(frozen=True)
class Role:
    """One of the cast."""

    key: str
    name: str
    profession: str
    part: object


CAST = (
    Role("marta", "Marta", "family doctor", _("leads the Tuesday circle")),
    Role("ruth", "Ruth", "psychotherapist", _("leads with Marta")),
    Role("anna", "Anna", "family doctor", _("member")),
    Role("jonas", "Jonas", "psychiatrist", _("member")),
    Role("mei", "Mei", "paediatrician", _("member")),
    Role("tomas", "Tomás", "hospital chaplain", _("member")),
    Role("priya", "Priya", "oncologist", _("member")),
    Role("daniel", "Daniel", "nurse", _("member")),
    Role("salma", "Salma", "midwife", _("member")),
    Role("admin", "Ada", "", _("looks after the server; belongs to no group")),
)
LEADERS = ("marta", "ruth")
MEMBERS = ("anna", "jonas", "mei", "tomas", "priya", "daniel", "salma")
GROUPS = (
    ("Tuesday circle", Setting.VIDEO, "first-75", ""),
    ("Practice group", Setting.ROOM, "us-60", ""),
    ("Beside the call", Setting.BESIDE, "uk-90", "https://call.example/circle"),
)


@transaction.atomic
def prepare(*, at: datetime) -> None:
    """Make what is missing: people, groups, a past, and a meeting that can be entered now."""
    people = {role.key: _person(role) for role in CAST}
    for name, setting, preset, link in GROUPS:
        group = Group.objects.filter(name=name).first() or _group(name, setting, preset, link, people, at)
        _meeting_now(group, at)
        _series(group, at)


def where_to_click(port: int) -> str:
    """Return what the terminal shows: an address for each of the cast."""
    lines = [f"  http://{role.key}.localhost:{port}  {role.name}, {role.part}" for role in CAST]
    return "\n".join(
        [
            "",
            "The demonstration is ready. Open two or more of these, each in a window of its own:",
            *lines,
            "",
            f"Mail that Enid would send: http://admin.localhost:{port}/outbox/",
            "Ctrl+C ends it; what you did stays until `enid demo --fresh`.",
        ]
    )


def _person(role: Role) -> Person:
    email = f"{role.key}@{DOMAIN}"
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(
            email,
            display_name=role.name,
            profession=role.profession,
            time_zone="Europe/Vienna",
            is_administrator=role.key == "admin",
        )
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _group(name: str, setting: str, preset: str, link: str, people: dict[str, Person], at: datetime) -> Group:
    group = Group.objects.create(
        name=name,
        setting=setting,
        format=to_json(PRESETS[preset]),
        call_link=link,
        time_zone="Europe/Vienna",
        size=9,
        created_at=at - timedelta(days=120),
    )
    from enid.groups.agreement import default_text  # needs the group's words

    agreement = Agreement.objects.create(
        group=group, number=1, text=default_text(group), written_at=group.created_at
    )
    places = []
    for key in (*LEADERS, *MEMBERS):
        leads = key in LEADERS
        place = Membership.objects.create(
            group=group,
            person=people[key],
            role=Membership.Role.LEADER if leads else Membership.Role.MEMBER,
            credential="accredited Balint group leader" if leads else "",
            independent=True if leads else None,
            joined_at=group.created_at,
        )
        Acceptance.objects.create(membership=place, agreement=agreement, accepted_at=group.created_at)
        places.append(place)
    _past(group, places, at)
    return group


def _past(group: Group, places: list[Membership], at: datetime) -> None:
    """Three meetings that were: present or not, and nothing else."""
    for weeks in (6, 4, 2):
        local = (at - timedelta(weeks=weeks)).astimezone(ZoneInfo(group.time_zone))
        began = local.replace(hour=18, minute=30, second=0, microsecond=0)  # the same hour, summer and winter
        ended = began + timedelta(minutes=75)
        meeting = Meeting.objects.create(
            group=group, starts_at=began, opened_at=began, closed_at=ended, confirmed_at=ended
        )
        for number, place in enumerate(places):
            Attendance.objects.create(
                meeting=meeting,
                membership=place,
                role=place.role,
                setting=group.setting,
                present=(number + weeks) % 7 != 3,
            )


def _meeting_now(group: Group, at: datetime) -> None:
    """Keep one meeting that can be entered at once; one that was never closed yesterday is taken up again."""
    waiting = group.meetings.filter(closed_at=None, cancelled_at=None, series=None).first()
    if waiting is None:
        Meeting.objects.create(group=group, starts_at=at, length_min=PRESETS[group.format["id"]].total_min)
    elif waiting.starts_at < at - timedelta(hours=12):
        waiting.starts_at = at
        waiting.save(update_fields=["starts_at"])


def _series(group: Group, at: datetime) -> None:
    """Give the first group ten meetings to come, at an hour when it does not meet now."""
    if group.name != GROUPS[0][0] or group.series.exists():
        return
    local = at.astimezone(ZoneInfo(group.time_zone))
    days = first_dates(local.date() + timedelta(days=14), "FREQ=WEEKLY;INTERVAL=2", 10)
    plan = Plan(days[0], time(18, 30), group.time_zone, "FREQ=WEEKLY;INTERVAL=2", days[-1])
    make_series(group=group, plan=plan, length_min=75, at=at)


def door(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead a visitor of one of the cast's addresses to the one click that makes them that person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/" and not request.user.is_authenticated:
            return redirect("demonstration")
        return get_response(request)

    return middleware


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Be one of the cast, named by the address; only in the demonstration."""
    if not settings.DEMO:
        raise Http404
    key = request.get_host().partition(".localhost")[0]
    role = next((role for role in CAST if role.key == key), None)
    if request.method == "GET" or role is None:
        return render(
            request, "site/demonstration.html", {"role": role, "cast": CAST, "port": request.get_port()}
        )
    person = Person.objects.get(email=f"{key}@{DOMAIN}")
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    return _known_here(request, person, redirect("home"))


def _known_here(request: HttpRequest, person: Person, response: HttpResponse) -> HttpResponse:
    """Have this browser known to the person's groups, as if a leader had let it in before; others knock."""
    secret = request.COOKIES.get(DEVICE_COOKIE) or new_secret()
    for membership in person.memberships.filter(left_at=None):
        remember_device(membership=membership, secret=secret, at=timezone.now())
    response.set_cookie(DEVICE_COOKIE, secret, httponly=True, samesite="Lax")
    return response
