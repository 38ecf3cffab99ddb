"""Every address of the server, opened and pressed in every role: a new address without a row fails.

Each row names who may read; whoever is not named meets a plain 404 that says nothing of the group, or is led to sign
in. Presses of whoever may not read change nothing. Pages of a person alone are walked in people/test_every_page.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from enid.attendance import operations as attendance
from enid.groups import invitations, life, observers, operations, roles
from enid.groups.life_models import Import
from enid.groups.models import Acceptance, Group, Membership
from enid.meetings import operations as meetings
from enid.meetings import planning
from enid.meetings.calendar.occurrences import Plan
from enid.people.models import Person
from enid.people.urls import urlpatterns as personal
from tests.cast import Cast, make_group, make_person
from tests.integration.polls.polls import make_poll

DAY = timedelta(days=1)

LEADER = {"leader"}
CIRCLE = {"leader", "trainee", "deputy", "member", "interpreter"}
DATES = {"leader", "coordinator"}
ROOM = CIRCLE | {"guest", "observer"}
SIGNED_IN = CIRCLE | {"coordinator", "administrator", "stranger", "removed"}
EVERYBODY = SIGNED_IN | {"guest", "observer", "visitor"}

# address -> who may read it.
READ: dict[str, set[str]] = {
    "home": EVERYBODY,
    "group_new": SIGNED_IN,
    "me_calendar": SIGNED_IN,
    "me_apart": SIGNED_IN,
    "me_attendance": SIGNED_IN,
    "me_statement": SIGNED_IN,
    "group": CIRCLE,
    "group_agreement": CIRCLE,
    "group_agreements": CIRCLE,
    "group_known": CIRCLE,
    "group_outside": CIRCLE,
    "group_leave": CIRCLE,
    "group_roles": CIRCLE,
    "group_life": CIRCLE,
    "group_going_on": CIRCLE,
    "group_observers": CIRCLE,
    "group_polls": CIRCLE,
    "group_apart": CIRCLE,
    "group_concern": CIRCLE,
    "here": CIRCLE,
    "line_dispute": {"member"},
    "group_dates": CIRCLE,
    "poll": CIRCLE,
    "series_file": CIRCLE,
    "meeting": CIRCLE,
    "meeting_file": CIRCLE,
    "group_settings": LEADER,
    "group_format": LEADER,
    "group_agreement_edit": LEADER,
    "group_lead": LEADER | {"trainee"},
    "group_stop_leading": LEADER,
    "group_end": LEADER,
    "group_member": LEADER,
    "group_invite": LEADER,
    "group_import": LEADER,
    "group_waiting": LEADER,
    "meeting_after": LEADER,
    "meeting_screen": LEADER,
    "group_attendance": LEADER,
    "group_starting": LEADER,
    "group_flyer": LEADER,
    "cover_ask": LEADER,
    "guest_invite": LEADER,
    "poll_times": LEADER,
    "poll_hours": LEADER,
    "poll_result": LEADER,
    "poll_choose": LEADER,
    "poll_end": LEADER,
    "poll_people": LEADER,
    "meeting_new": DATES,
    "meeting_move": DATES,
    "meeting_cancel": DATES,
    "group_dates_new": DATES,
    "series_leave_out": DATES,
    "group_coordination": {"coordinator"},
    "room": ROOM,
    "room_ticket": ROOM,
    "room_ways": ROOM,
    "room_table": LEADER,
}
# address -> who may press it; there is nothing to read.
PRESS: dict[str, set[str]] = {
    "visit_answer": CIRCLE,
    "meeting_answer": CIRCLE,
    "cover_answer": CIRCLE,
    "cover_withdraw": LEADER,
    "me_minutes": {"member"},
    "me_proofs_drop": SIGNED_IN,
    "dispute_answer": LEADER,
    "group_least": LEADER,
    "agreement_withdraw": LEADER,
    "coordination_end": LEADER,
    "guest_withdraw": LEADER,
    "import_undo": LEADER,
    "invitation_talked": LEADER,
    "invitation_withdraw": LEADER,
    "meeting_start": LEADER,
    "outside_link_make": LEADER,
    "outside_link_withdraw": LEADER,
    "poll_remind": LEADER,
    "poll_renew": LEADER,
    "poll_withdraw": LEADER,
    "waiting_remove": LEADER,
}
OF_NO_GROUP = {
    "home",
    "group_new",
    "me_calendar",
    "me_apart",
    "me_attendance",
    "me_proofs_drop",
    "me_statement",
}
# What opens to whoever holds the link, whoever they are; an invented link opens nothing to anybody.
LINKS = {
    "answer_link",
    "agreement_link",
    "calendar_feed",
    "guest",
    "invitation",
    "outside_link",
    "poll_link",
    "watch",
}
CARRIED = {"invitation_carried"}  # what a browser holds after such a link
CODES = {"here_code"}  # a code on a screen, judged only once its reader has signed in

LED_ON = {"group_apart": CIRCLE}  # nothing is asked of them, and their group's page is next
OF_NOW = (
    *("room", "room_table", "room_ticket", "room_ways", "here"),
    *("meeting", "meeting_screen", "meeting_answer", "cover_ask", "cover_answer"),
)


@dataclass(frozen=True)
class World:
    """A circle with everything that an address may name, and a browser for each role."""

    circle: Group
    arguments: dict[str, list[object]]
    browsers: dict[str, Callable[[], Client]]

    def address(self, name: str) -> str:
        if name in OF_NO_GROUP:
            return reverse(name)
        return reverse(name, args=self.arguments.get(name, [self.circle.pk]))


@pytest.fixture
def world(cast: Cast, circle: Group) -> World:
    """Return the circle in its second term: it meets by video now, and has dates, a poll, and people who wait."""
    at = timezone.now()
    Group.objects.filter(pk=circle.pk).update(term_number=2, setting="video")
    circle.refresh_from_db()
    people = _people(cast, circle)
    now = meetings.start_now(group=circle, person=cast.marta, at=at)
    guest, guest_secret = meetings.make_guest_pass(meeting=now, name="Gast", at=at)
    arguments: dict[str, list[object]] = {
        **_of_the_circle(cast, circle),
        **_of_dates(circle),
        **_of_a_poll(circle),
    }
    arguments |= {name: [now.pk] for name in OF_NOW}
    arguments |= {"guest_invite": [now.pk], "guest_withdraw": [now.pk, guest.pk]}
    arguments["cover_withdraw"] = [now.pk, cast.membership(cast.anna).pk]
    over = meetings.plan(group=circle, person=cast.marta, starts_at=at + DAY, length_min=75, at=at)
    meetings.record_closed(meeting_id=over.pk, present_seats=set(), at=at + DAY)
    meetings.confirm_attendance(meeting=over, person=cast.marta, present=set(), at=at + DAY)
    line = over.attendances.get(membership=cast.membership(cast.anna))
    arguments |= {
        "meeting_after": [over.pk],
        "line_dispute": [line.pk],
        "dispute_answer": [attendance.dispute(line=line, reason="there", at=at + DAY).pk],
        "me_minutes": [line.membership_id],
    }
    browsers: dict[str, Callable[[], Client]] = {role: _signed_in(each) for role, each in people.items()}
    browsers["visitor"] = Client
    browsers["guest"] = _by_link(reverse("guest", args=[guest_secret]))
    browsers["observer"] = _by_link(reverse("watch", args=[_watcher(circle)]))
    return World(circle, arguments, browsers)


def _people(cast: Cast, circle: Group) -> dict[str, Person]:
    """Return who signs in, each with their role."""
    at = timezone.now()
    learns, interprets = make_person("Tomas"), make_person("Ines")
    for person, role in ((learns, "trainee"), (interprets, "interpreter")):
        place = Membership.objects.create(group=circle, person=person, role=role)
        Acceptance.objects.create(membership=place, agreement=circle.agreements.get())
    roles.name_deputy(place=cast.membership(cast.jonas), at=at)
    roles.begin_to_coordinate(group=circle, person=cast.karl, at=at)
    operations.leave(membership=cast.membership(cast.priya), at=at)
    Membership.objects.update(joined_at=at - 30 * DAY)
    make_group("Thursday circle", [cast.zoe], [])
    return {
        "leader": cast.marta,
        "trainee": learns,
        "deputy": cast.jonas,
        "member": cast.anna,
        "interpreter": interprets,
        "coordinator": cast.karl,
        "administrator": make_person("Ada", is_administrator=True),
        "removed": cast.priya,
        "stranger": cast.zoe,
    }


def _of_the_circle(cast: Cast, circle: Group) -> dict[str, list[object]]:
    at = timezone.now()
    invitee = invitations.Invitee("Mei", "mei@example.org", "member")
    invitation, _ = invitations.invite(group=circle, by=cast.marta, invitee=invitee, at=at)
    waits = life.let_wait(group=circle, name="Li", email="li@example.org", at=at)
    first = (at + 7 * DAY).date()
    visit, _ = observers.ask(group=circle, name="Olga", first_day=first, last_day=first, at=at)
    return {
        "group_member": [circle.pk, cast.membership(cast.anna).pk],
        "invitation_talked": [circle.pk, invitation.pk],
        "invitation_withdraw": [circle.pk, invitation.pk],
        "import_undo": [circle.pk, Import.objects.create(group=circle).pk],
        "waiting_remove": [circle.pk, waits.pk],
        "visit_answer": [circle.pk, visit.pk],
        "coordination_end": [circle.pk, circle.coordinations.get().pk],
    }


def _of_dates(circle: Group) -> dict[str, list[object]]:
    first = (timezone.now() + 7 * DAY).date()
    plan = Plan(first, time(18, 30), "Europe/Vienna", "FREQ=WEEKLY;INTERVAL=1", first)
    series = planning.make_series(group=circle, plan=plan, length_min=75, at=timezone.now())
    meeting = series.meetings.get()
    return {
        "meeting_move": [meeting.pk],
        "meeting_cancel": [meeting.pk],
        "meeting_file": [meeting.pk],
        "series_file": [series.pk],
        "series_leave_out": [series.pk],
    }


def _of_a_poll(circle: Group) -> dict[str, list[object]]:
    poll = make_poll(circle, names=("Elif",))
    named = [circle.pk, poll.pk, poll.asked.get(name="Elif").pk]
    of_poll = ("poll", "poll_result", "poll_choose", "poll_remind", "poll_end", "poll_people")
    return {**dict.fromkeys(of_poll, named[:2]), **dict.fromkeys(("poll_renew", "poll_withdraw"), named)}


def _watcher(circle: Group) -> str:
    """Return the secret of somebody whom all let watch today."""
    at = timezone.now()
    today = observers.day_of(circle, at)
    circle.memberships.update(joined_at=at - 30 * DAY)  # nobody joined since everybody was asked
    visit, secret = observers.ask(group=circle, name="Uta", first_day=today, last_day=today, at=at - 5 * DAY)
    for place in circle.memberships.all():  # whoever left today belonged when the answers were settled
        observers.say(visit=visit, membership=place, yes=True, at=at - 4 * DAY)
    return secret


def _signed_in(person: Person) -> Callable[[], Client]:
    def browser() -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


def _by_link(path: str) -> Callable[[], Client]:
    """Return a browser that came by a link and accepted what holds there."""

    def browser() -> Client:
        client = Client()
        assert client.post(path).status_code == 302
        return client

    return browser


def _addresses() -> set[str]:
    own = {str(each.name) for each in personal}

    def names(resolver: URLResolver) -> set[str]:
        found: set[str] = set()
        for each in resolver.url_patterns:
            found |= names(each) if isinstance(each, URLResolver) else {str(each.name)}
        return found

    return names(get_resolver()) - own


def test_every_address_has_a_row() -> None:
    assert all(isinstance(each, URLPattern) for each in personal)
    assert _addresses() - {"demonstration"} == READ.keys() | PRESS.keys() | LINKS | CARRIED | CODES


@pytest.mark.parametrize("name", sorted(READ))
def test_address_is_read_by_those_alone_who_may(world: World, name: str) -> None:
    found = {}
    for role, browser in world.browsers.items():
        answer = browser().get(_with_a_time(world, name))
        found[role] = answer.status_code
        if answer.status_code == 404:
            assert world.circle.name not in answer.content.decode(), role
        elif answer.status_code == 302 and role not in READ[name]:
            assert "/account/login/" in answer["Location"], role
    may = {
        role for role, code in found.items() if code == 200 or (code == 302 and role in LED_ON.get(name, ()))
    }
    assert may == READ[name]
    assert {found[role] for role in SIGNED_IN - may} <= {404}


def _with_a_time(world: World, name: str) -> str:
    """Return the address; one time of the poll is chosen by what follows the question mark."""
    if name != "poll_choose":
        return world.address(name)
    option = world.circle.polls.get().options.first()
    return f"{world.address(name)}?day={option.day}&hour={option.hour:%H:%M}"


@pytest.mark.parametrize("name", sorted((READ.keys() | PRESS) - OF_NO_GROUP))
def test_press_of_whoever_may_not_changes_nothing(world: World, name: str) -> None:
    may = READ.get(name) or PRESS[name]
    browsers = {role: browser() for role, browser in world.browsers.items() if role not in may}
    before = _everything()
    for role, browser in browsers.items():
        for said in ({"do": "remove"}, {"do": "yes", "answer": "on"}):
            answer = browser.post(world.address(name), said)
            assert answer.status_code in (302, 403, 404, 405), (role, said)
            if answer.status_code == 302:
                assert "/account/login/" in answer["Location"], role
    assert _everything() == before


OURS = ("groups", "meetings", "polls", "attendance")


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """Return every row that a press could change; sessions and counts of tries change by being there."""
    models = [each for each in apps.get_models() if each._meta.app_label in OURS]
    return {each.__name__: sorted(each.objects.values_list(), key=repr) for each in models}


@pytest.mark.parametrize("name", sorted(PRESS))
def test_press_is_no_address_to_read(world: World, name: str) -> None:
    assert world.browsers["leader"]().get(world.address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted(LINKS))
def test_invented_link_opens_nothing_to_anybody(world: World, name: str) -> None:
    for role, browser in world.browsers.items():
        answer = browser().get(reverse(name, args=["guess"]))
        assert answer.status_code == 404, role
        assert world.circle.name not in answer.content.decode(), role


@pytest.mark.parametrize("name", sorted(CARRIED))
def test_what_nobody_carries_is_nowhere(world: World, name: str) -> None:
    for browser in world.browsers.values():
        assert browser().get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", sorted(READ.keys() - OF_NO_GROUP))
def test_invented_id_is_like_one_of_somebody_else(world: World, name: str) -> None:
    arguments = world.arguments.get(name, [world.circle.pk])
    invented = uuid4() if isinstance(arguments[0], UUID) else 10**9
    nowhere = reverse(name, args=[invented, *arguments[1:]])
    assert world.browsers["leader"]().get(nowhere).status_code == 404
    stranger = world.browsers["stranger"]()
    assert stranger.get(nowhere).status_code == stranger.get(world.address(name)).status_code == 404


def test_code_on_a_screen_tells_nobody_whether_there_is_a_meeting(world: World) -> None:
    for browser in world.browsers.values():
        answers = [
            browser().get(reverse("here_code", args=[id, "guess"]))
            for id in (*world.arguments["here"], uuid4())
        ]
        assert {answer.status_code for answer in answers} == {302}
        assert {answer["Location"].count("/") for answer in answers} == {3}
