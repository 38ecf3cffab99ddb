"""The steps from nothing to a group that is forming: what is done, and what is next."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations, operations
from enid.groups.formats import PRESETS
from enid.groups.models import Group
from enid.groups.operations import Declaration
from enid.meetings import operations as meetings
from enid.meetings import planning, starting
from enid.meetings.calendar.occurrences import Plan
from tests.cast import Cast


@pytest.fixture
def begun(cast: Cast) -> Group:
    """Return a group that Zoe has just started."""
    settings = {"name": "Wednesday circle", "rhythm": "every second Wednesday", "setting": "video"}
    said = Declaration("", independent=True)
    return operations.start_group(
        person=cast.zoe, settings=settings, format=PRESETS["first-75"], declaration=said, at=timezone.now()
    )


def _next(group: Group, *, has_dates: bool = False) -> str:
    group = Group.objects.get(pk=group.pk)
    step = starting.next_step(starting.facts_of(group, has_dates=has_dates, at=timezone.now()))
    return str(step.title) if step else ""


def _name_what_holds(group: Group) -> None:
    terms = {"limits": "Call 112.", "concerns_to": "the ombudswoman"}
    leader = group.memberships.get()
    operations.change_settings(group=group, settings=terms, by=leader, at=timezone.now())


def _invite(group: Group, many: int) -> None:
    leader = group.memberships.get().person
    for _ in range(many):
        invitee = invitations.Invitee("Mei", "", "member")
        invitations.invite(group=group, by=leader, invitee=invitee, at=timezone.now())


def test_steps_follow_each_other_until_the_group_is_forming(begun: Group) -> None:
    assert _next(begun) == "What the agreement names"
    _name_what_holds(begun)
    assert _next(begun) == "The dates"
    assert _next(begun, has_dates=True) == "Invitations"
    _invite(begun, 1)
    assert _next(begun, has_dates=True) == ""


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [("room", "place", "Room 3"), ("beside", "call_link", "https://call.example/circle")],
)
def test_group_needs_to_know_where_it_meets(begun: Group, setting: str, field: str, value: str) -> None:
    Group.objects.filter(pk=begun.pk).update(setting=setting)
    assert _next(begun) == "Where and when"
    Group.objects.filter(pk=begun.pk).update(**{field: value})
    assert _next(begun) != "Where and when"


def test_page_says_what_is_done_and_what_is_next(begun: Group, cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    address = reverse("group_starting", args=[begun.pk])
    page = client.get(address)
    assert str(page.context["next"].title) == "What the agreement names"
    assert page.content.decode().count(">done<") == 1
    _name_what_holds(begun)
    _invite(begun, 4)
    first = timezone.now().date() + timedelta(days=7)
    plan = Plan(first, time(18, 30), "Europe/Vienna", "FREQ=WEEKLY;INTERVAL=2", first + timedelta(days=28))
    planning.make_series(group=begun, plan=plan, length_min=75, at=timezone.now())
    assert "The group is forming: everything it needs is in place." in client.get(address).content.decode()


def test_groups_page_leads_to_the_next_step_until_it_has_met(
    begun: Group, cast: Cast, client: Client
) -> None:
    client.force_login(cast.zoe)
    address = reverse("group", args=[begun.pk])
    assert "Starting this group" in client.get(address).content.decode()
    meeting = meetings.start_now(group=begun, person=cast.zoe, at=timezone.now())
    meetings.record_closed(meeting_id=meeting.pk, present_seats=set(), at=timezone.now())
    assert "Starting this group" not in client.get(address).content.decode()


def test_member_is_led_nowhere(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna)
    assert "Starting" not in client.get(reverse("group", args=[cast.circle.pk])).content.decode()
