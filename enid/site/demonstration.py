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
ELSEWHERE = {"priya": "America/New_York", "daniel": "Asia/Kolkata"}  # all others live in Vienna
EVERY_SECOND_WEEK = "FREQ=WEEKLY;INTERVAL=2"


@dataclass(frozen=True)
class Circle:
    """One of the groups: who belongs, at what hour it meets, how many meetings were and how many are to come.

    meets_now: whether a meeting stands open to be entered at once
    """

    name: str
    setting: str
    preset: str
    call_link: str = ""
    rhythm: str = ""
    members: tuple[str, ...] = MEMBERS
    hour: time = time(18, 30)
    past: int = 3
    to_come: int = 0
    meets_now: bool = True


CIRCLES = (
    Circle("Tuesday circle", Setting.VIDEO, "first-75", to_come=10),
    Circle("Practice group", Setting.ROOM, "us-60"),
    Circle("Beside the call", Setting.BESIDE, "uk-90", "https://call.example/circle"),
    Circle(
        "Across three zones",
        Setting.VIDEO,
        "first-75",
        rhythm="every second week",
        members=("anna", "jonas", "priya", "daniel", "salma"),
        hour=time(15),  # morning in New York, evening in Kolkata
        past=26,
        to_come=26,
        meets_now=False,
    ),
)


@transaction.atomic
def prepare(*, at: datetime) -> None:
    """Make what is missing: people, groups, a past, and a meeting that can be entered now."""
    people = {role.key: _person(role) for role in CAST}
    for circle in CIRCLES:
        group = Group.objects.filter(name=circle.name).first() or _group(circle, people, at)
        if circle.meets_now:
            _meeting_now(group, at)
        if circle.to_come and not group.series.exists():
            _series(group, circle, at)


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
            time_zone=ELSEWHERE.get(role.key, "Europe/Vienna"),
            is_administrator=role.key == "admin",
        )
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _group(circle: Circle, people: dict[str, Person], at: datetime) -> Group:
    group = Group.objects.create(
        name=circle.name,
        setting=circle.setting,
        format=to_json(PRESETS[circle.preset]),
        call_link=circle.call_link,
        rhythm=circle.rhythm,
        time_zone="Europe/Vienna",
        size=len(circle.members) + len(LEADERS),
        created_at=at - timedelta(weeks=2 * circle.past + 10),
    )
    from enid.groups.agreement import default_text  # needs the group's words

    agreement = Agreement.objects.create(
        group=group,
        number=1,
        text=default_text(group),
        written_at=group.created_at,
        agreed_at=group.created_at,
    )
    places = []
    for key in (*LEADERS, *circle.members):
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
    _past(circle, group, places, at)
    return group


def _past(circle: Circle, group: Group, places: list[Membership], at: datetime) -> None:
    """Meetings that were, every second week: present or not, and nothing else."""
    now = at.astimezone(ZoneInfo(group.time_zone))
    latest = datetime.combine(now.date(), circle.hour, now.tzinfo)  # the same hour, summer and winter
    meetings = []
    for weeks in range(2 * circle.past, 0, -2):
        began = latest - timedelta(weeks=weeks)
        ended = began + timedelta(minutes=75)
        meetings.append(
            Meeting(group=group, starts_at=began, opened_at=began, closed_at=ended, confirmed_at=ended)
        )
    Meeting.objects.bulk_create(meetings)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            membership=place,
            role=place.role,
            setting=group.setting,
            present=(seat + 2 * number) % 7 != 3,
        )
        for number, meeting in enumerate(meetings)
        for seat, place in enumerate(places)
    )


def _meeting_now(group: Group, at: datetime) -> None:
    """Keep one meeting that can be entered at once; one that was never closed yesterday is taken up again."""
    waiting = group.meetings.filter(closed_at=None, cancelled_at=None, series=None).first()
    if waiting is None:
        Meeting.objects.create(group=group, starts_at=at, length_min=PRESETS[group.format["id"]].total_min)
    elif waiting.starts_at < at - timedelta(hours=5):  # before it counts as forgotten
        waiting.starts_at = at
        waiting.save(update_fields=["starts_at"])


def _series(group: Group, circle: Circle, at: datetime) -> None:
    """Give a group meetings to come, from two weeks on: at an hour when it does not meet now."""
    local = at.astimezone(ZoneInfo(group.time_zone))
    days = first_dates(local.date() + timedelta(days=14), EVERY_SECOND_WEEK, circle.to_come)
    plan = Plan(days[0], circle.hour, group.time_zone, EVERY_SECOND_WEEK, days[-1])
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
