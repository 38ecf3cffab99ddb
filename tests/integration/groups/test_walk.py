"""Every address of groups and meetings, opened by everybody: only those who may know learn that it exists."""

from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from enid.attendance import operations as attendance
from enid.attendance import urls as attendance_urls
from enid.attendance.models import CreditWish, Dispute
from enid.core.links import hash_of
from enid.groups import invitations, life, observers, operations, roles
from enid.groups import urls as group_urls
from enid.groups.life_models import Import
from enid.groups.models import Group, Membership
from enid.meetings import operations as meetings
from enid.meetings import planning
from enid.meetings import urls as meeting_urls
from enid.meetings.calendar.occurrences import Plan
from enid.meetings.models import GuestPass, Meeting, Series
from enid.people.models import Person
from tests.cast import Cast, make_group, make_person

# name -> the answers of a leader and of a member to reading the page; everybody else meets 404.
PAGES = {
    "group": (200, 200),
    "group_settings": (200, 404),
    "group_format": (200, 404),
    "group_agreement": (200, 200),
    "group_agreement_edit": (200, 404),
    "group_agreements": (200, 200),
    "group_apart": (302, 302),
    "group_concern": (200, 200),
    "group_known": (200, 200),
    "group_leave": (200, 200),
    "group_lead": (200, 404),
    "group_stop_leading": (200, 404),
    "group_end": (200, 404),
    "group_member": (200, 404),
    "group_invite": (200, 404),
    "group_roles": (200, 200),
    "group_import": (200, 404),
    "group_observers": (200, 200),
    "group_life": (200, 200),
    "group_going_on": (200, 200),
    "group_waiting": (200, 404),
    "group_coordination": (404, 404),
    "group_flyer": (200, 404),
    "group_outside": (200, 200),
    "group_starting": (200, 404),
    "meeting_new": (200, 404),
    "group_dates": (200, 200),
    "group_dates_new": (200, 404),
    "series_leave_out": (200, 404),
    "series_file": (200, 200),
    "meeting": (200, 200),
    "meeting_move": (200, 404),
    "meeting_file": (200, 200),
    "meeting_cancel": (200, 404),
    "meeting_after": (200, 404),
    "guest_invite": (200, 404),
    "group_attendance": (200, 404),
    "meeting_screen": (302, 404),
    "here": (200, 200),
    "line_dispute": (404, 200),
    "cover_ask": (200, 404),
}
# Addresses that take a press only: reading them is refused before anything is looked up.
PRESSES = {
    "agreement_withdraw",
    "outside_link_make",
    "outside_link_withdraw",
    "coordination_end",
    "invitation_talked",
    "waiting_remove",
    "visit_answer",
    "import_undo",
    "invitation_withdraw",
    "guest_withdraw",
    "meeting_start",
    "meeting_answer",
    "group_least",
    "dispute_answer",
    "me_minutes",
    "cover_answer",
    "cover_withdraw",
}
# What opens to whoever looks after the dates, who does not belong.
COORDINATED = {
    "group_coordination",
    "group_dates_new",
    "meeting_new",
    "meeting_move",
    "meeting_cancel",
    "series_leave_out",
}
# A trainee says of themselves what a leader says; a line of the record opens to the one whose it is.
OF_ITS_OWN = {"group_lead": {"trainee": 200}, "line_dispute": {"trainee": 404, "interpreter": 404}}
# Addresses that belong to whoever holds a link, or to anyone signed in.
OPEN_DOORS = {
    "watch",
    "agreement_link",
    "me_apart",
    "outside_link",
    "invitation",
    "invitation_carried",
    "guest",
    "group_new",
    "me_calendar",
    "calendar_feed",
    "answer_link",
    "here_code",
    "me_attendance",
    "me_proofs_drop",
    "me_statement",
}


@dataclass(frozen=True)
class World:
    """The circle with a meeting that is over, an invitation and a guest's pass; and who looks at it."""

    group: Group
    meeting: Meeting
    arguments: dict[str, list[object]]
    people: dict[str, Person | None]


@pytest.fixture
def world(cast: Cast, circle: Group) -> World:
    at = timezone.now()
    invitee = invitations.Invitee("Mei", "mei@example.org", "member")
    invitation, _secret = invitations.invite(group=circle, by=cast.marta, invitee=invitee, at=at)
    meeting = meetings.start_now(group=circle, person=cast.marta, at=at)
    meetings.record_closed(meeting_id=meeting.pk, present_seats=set(), at=at)
    meetings.confirm_attendance(meeting=meeting, person=cast.marta, present=set(), at=at)
    meeting.refresh_from_db()
    line = meeting.attendances.get(membership=cast.membership(cast.anna))
    disputed = attendance.dispute(line=line, reason="there", at=at)
    guest = GuestPass.objects.create(
        meeting=meeting, secret_hash=hash_of("x"), name="Guest", expires_at=at + timedelta(hours=1)
    )
    first = (at + timedelta(days=7)).date()
    plan = Plan(first, time(18, 30), "Europe/Vienna", "FREQ=WEEKLY;INTERVAL=1", first)
    series = planning.make_series(group=circle, plan=plan, length_min=75, at=at)
    operations.leave(membership=cast.membership(cast.priya), at=at)
    other = make_person("Otto")
    make_group("Thursday circle", [other], [])
    coordination = roles.begin_to_coordinate(group=circle, person=cast.karl, at=at)
    for name, role in (("Tomas", "trainee"), ("Ines", "interpreter")):
        Membership.objects.create(group=circle, person=make_person(name), role=role)
    Group.objects.filter(pk=circle.pk).update(term_number=2)
    next_week = (at + timedelta(days=7)).date()
    visit, _ = observers.ask(group=circle, name="Olga", first_day=next_week, last_day=next_week, at=at)
    arguments = {
        "import_undo": [circle.pk, Import.objects.create(group=circle).pk],
        "visit_answer": [circle.pk, visit.pk],
        "coordination_end": [circle.pk, coordination.pk],
        "invitation_talked": [circle.pk, invitation.pk],
        "waiting_remove": [circle.pk, life.let_wait(group=circle, name="Li", email="li@x.org", at=at).pk],
        "group_member": [circle.pk, cast.membership(cast.anna).pk],
        "invitation_withdraw": [circle.pk, invitation.pk],
        "meeting": [meeting.pk],
        "meeting_answer": [meeting.pk],
        "cover_ask": [meeting.pk],
        "cover_answer": [meeting.pk],
        "cover_withdraw": [meeting.pk, cast.membership(cast.anna).pk],
        "meeting_cancel": [meeting.pk],
        "meeting_after": [meeting.pk],
        "meeting_move": [series.meetings.get().pk],
        "meeting_file": [series.meetings.get().pk],
        "series_leave_out": [series.pk],
        "series_file": [series.pk],
        "guest_invite": [meeting.pk],
        "meeting_screen": [meeting.pk],
        "here": [meeting.pk],
        "line_dispute": [line.pk],
        "dispute_answer": [disputed.pk],
        "me_minutes": [cast.membership(cast.anna).pk],
        "guest_withdraw": [meeting.pk, guest.pk],
    }
    people = {
        "leader": cast.marta,
        "member": cast.anna,
        "trainee": Person.objects.get(display_name="Tomas"),
        "interpreter": Person.objects.get(display_name="Ines"),
        "coordinator": cast.karl,
        "administrator": make_person("Ada", is_administrator=True),
        "former member": cast.priya,
        "stranger": cast.zoe,
        "another group's leader": other,
        "nobody": None,
    }
    return World(circle, meeting, arguments, people)


def _names() -> set[str]:
    patterns = [*group_urls.urlpatterns, *meeting_urls.urlpatterns, *attendance_urls.urlpatterns]
    return {str(pattern.name) for pattern in patterns if isinstance(pattern, URLPattern)}


def _address(world: World, name: str) -> str:
    return reverse(name, args=world.arguments.get(name, [world.group.pk]))


def test_walk_knows_every_address() -> None:
    assert _names() == PAGES.keys() | PRESSES | OPEN_DOORS


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_opens_only_for_those_who_may_know(world: World, name: str) -> None:
    leader, member = PAGES[name]
    expected = {"leader": leader, "member": member, "trainee": member, "interpreter": member}
    expected["coordinator"] = 200 if name in COORDINATED else 404
    expected |= OF_ITS_OWN.get(name, {})
    for role, person in world.people.items():
        client = Client()
        if person:
            client.force_login(person)
        answer = client.get(_address(world, name))
        assert answer.status_code == (expected.get(role, 404) if person else 302), role
        if person and answer.status_code == 404:
            assert world.group.name not in answer.content.decode()


@pytest.mark.parametrize("name", sorted(PAGES.keys() | PRESSES))
def test_press_changes_nothing_for_those_who_may_not_know(world: World, name: str) -> None:
    before = _state(world.group)
    for role in ("former member", "stranger", "another group's leader", "administrator", "coordinator"):
        if role == "coordinator" and name in COORDINATED:
            continue
        client = Client()
        client.force_login(world.people[role])
        assert client.post(_address(world, name), {"do": "remove"}).status_code in (404, 405), role
    assert Client().post(_address(world, name)).status_code in (302, 405)
    assert _state(world.group) == before


def _state(group: Group) -> list[object]:
    places = Membership.objects.order_by("pk").values_list("pk", "role", "left_at", "asked_to_lead_at")
    passes = GuestPass.objects.values_list("pk", "withdrawn_at")
    letters = group.invitations.values_list("pk", "withdrawn_at")
    meetings = Meeting.objects.values_list("pk", "starts_at", "cancelled_at", "confirmed_at")
    series = Series.objects.values_list("pk", "first_date", "last_date", "sequence")
    disputes = Dispute.objects.values_list("pk", "answer")
    wishes = CreditWish.objects.values_list("pk", "membership")
    return [*places, *passes, *letters, *meetings, *series, *disputes, *wishes]


@pytest.mark.parametrize("name", sorted(PRESSES))
def test_press_is_not_an_address_to_read(world: World, client: Client, name: str) -> None:
    client.force_login(world.people["leader"])
    assert client.get(_address(world, name)).status_code == 405


@pytest.mark.parametrize("name", sorted(PAGES))
def test_visitor_learns_nothing_from_the_way_to_sign_in(world: World, client: Client, name: str) -> None:
    there = client.get(_address(world, name))
    first, *others = world.arguments.get(name, [world.group.pk])
    invented = [uuid4() if isinstance(first, UUID) else 10**9, *others]
    nowhere = client.get(reverse(name, args=invented))
    assert there.status_code == nowhere.status_code == 302
    assert there.headers.keys() == nowhere.headers.keys()
    assert there.url.split("?")[0] == nowhere.url.split("?")[0]


@pytest.mark.parametrize("pk", [0, 10**9, 2**63, 10**30])
def test_numbers_that_name_nobody_are_plain_404s(world: World, client: Client, pk: int) -> None:
    client.force_login(world.people["leader"])
    assert client.get(reverse("group_member", args=[world.group.pk, pk])).status_code == 404
    assert client.post(reverse("invitation_withdraw", args=[world.group.pk, pk])).status_code == 404
    assert client.post(reverse("guest_withdraw", args=[world.meeting.pk, pk])).status_code == 404


def test_nobody_leads_by_the_address_of_another_groups_member(world: World, client: Client) -> None:
    other = world.people["another group's leader"]
    foreign = Membership.objects.get(person=other).pk
    client.force_login(world.people["leader"])
    answer = client.post(reverse("group_member", args=[world.group.pk, foreign]), {"do": "remove"})
    assert answer.status_code == 404
    assert Membership.objects.get(pk=foreign).left_at is None


def test_ended_group_is_gone_for_everybody(world: World, client: Client) -> None:
    operations.end_group(group=world.group, at=timezone.now())
    for role in ("leader", "member"):
        client.force_login(world.people[role])
        assert client.get(_address(world, "group")).status_code == 404
        assert client.get(_address(world, "meeting")).status_code == 404
