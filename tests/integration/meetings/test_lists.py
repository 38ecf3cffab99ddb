"""Pages with lists ask the database as often for three rows as for one."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations
from enid.groups.models import Group, Membership
from enid.meetings import operations, planning
from enid.meetings.calendar.occurrences import Plan
from enid.meetings.models import Meeting
from tests.cast import Cast, make_group, make_person


def _row(cast: Cast, circle: Group, number: int) -> None:
    """Add one more of everything that a list shows."""
    at = timezone.now()
    person = make_person(f"Person{number}")
    Membership.objects.create(group=circle, person=person)
    make_group(f"Circle {number}", [cast.marta], [person])
    starts = at + timedelta(days=number)
    coming = operations.plan(group=circle, person=cast.marta, starts_at=starts, length_min=75, at=at)
    operations.make_guest_pass(meeting=coming, name=f"Guest {number}", at=at)
    operations.make_guest_pass(
        meeting=Meeting.objects.filter(closed_at=None).earliest("starts_at"), name="Guest", at=at
    )
    past = Meeting.objects.create(group=circle, starts_at=at - timedelta(days=number), opened_at=at)
    operations.record_closed(meeting_id=past.pk, present_seats=set(), at=at)
    operations.confirm_attendance(meeting=past, person=cast.marta, present=set(), at=at)
    first = (at + timedelta(days=40 + number)).date()
    plan = Plan(
        first, time(2 * number), "Europe/Vienna", "FREQ=WEEKLY;INTERVAL=1", first + timedelta(days=14)
    )
    planning.make_series(group=circle, plan=plan, length_min=75, at=at)
    invitee = invitations.Invitee(f"Invitee {number}", "", "member")
    made, _secret = invitations.invite(group=circle, by=cast.marta, invitee=invitee, at=at)
    invitations.answer(invitation=made, answer="gladly")


NAMES = ("group", "group_dates", "group_agreement", "group_invite", "group_known")


def _addresses(circle: Group) -> list[str]:
    here, past = [circle.pk], [Meeting.objects.exclude(closed_at=None).latest("starts_at").pk]
    coming = [Meeting.objects.filter(closed_at=None).earliest("starts_at").pk]
    return [
        reverse("home"),
        *(reverse(name, args=here) for name in NAMES),
        reverse("group_outside", args=here),
        *(reverse(name, args=coming) for name in ("meeting", "guest_invite")),
        *(reverse(name, args=past) for name in ("meeting", "meeting_after")),
    ]


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["marta", "anna"])
def test_lists_cost_the_same_for_three_rows_as_for_one(cast: Cast, client: Client, who: str) -> None:
    circle = cast.circle
    circle.outsiders = "present"
    circle.outsiders_since = timezone.now() - timedelta(days=30)
    circle.save()
    client.force_login(getattr(cast, who))
    _row(cast, circle, 1)
    addresses = [each for each in _addresses(circle) if who == "marta" or client.get(each).status_code == 200]
    first = {address: _queries(client, address) for address in addresses}
    _row(cast, circle, 2)
    _row(cast, circle, 3)
    assert {address: _queries(client, address) for address in addresses} == first


def test_home_shows_groups_with_their_next_meeting_and_answers(cast: Cast, client: Client) -> None:
    _row(cast, cast.circle, 1)
    client.force_login(cast.marta)
    page = client.get(reverse("home")).content.decode()
    assert page.index("Tuesday circle") < page.index("Circle 1")
    assert "Invitee 1 answers for “Tuesday circle”: gladly." in page


def test_home_of_somebody_new_says_how_to_begin(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    page = client.get(reverse("home")).content.decode()
    assert reverse("group_new") in page
    assert "Tuesday circle" not in page


def test_members_are_not_told_who_was_invited(cast: Cast, client: Client) -> None:
    _row(cast, cast.circle, 1)
    client.force_login(cast.anna)
    assert "Invitee" not in client.get(reverse("home")).content.decode()
