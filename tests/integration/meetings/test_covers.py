"""A member leads one meeting in a leader's place: asked, by their own yes, and for that evening alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Group, Membership
from enid.meetings import covers, operations
from enid.meetings.models import Attendance, Cover, Meeting
from enid.people.models import Person
from enid.room import roster
from enid.room.session import Role
from tests.cast import Cast


@pytest.fixture
def meeting(cast: Cast, circle: Group) -> Meeting:
    at = timezone.now()
    return operations.plan(
        group=circle, person=cast.marta, starts_at=at + timedelta(days=5), length_min=75, at=at
    )


def ask(cast: Cast, meeting: Meeting, client: Client, person: Person) -> int:
    client.force_login(cast.marta)
    form = {"member": cast.membership(person).pk}
    return client.post(reverse("cover_ask", args=[meeting.pk]), form).status_code


def say(client: Client, person: Person, meeting: Meeting, do: str) -> None:
    client.force_login(person)
    client.post(reverse("cover_answer", args=[meeting.pk]), {"do": do})


def role_in(meeting: Meeting, place: Membership) -> Role:
    seats = roster.load(str(meeting.pk))
    assert seats
    return seats.chairs[place.seat].role


def invites(client: Client, person: Person, meeting: Meeting) -> int:
    client.force_login(person)
    return client.get(reverse("guest_invite", args=[meeting.pk])).status_code


def test_nothing_changes_before_their_yes(
    cast: Cast, meeting: Meeting, client: Client, mailoutbox: list[object]
) -> None:
    assert ask(cast, meeting, client, cast.anna) == 302
    (letter,) = mail.outbox
    assert letter.to == [cast.anna.email]
    assert f"/meetings/{meeting.pk}/" in letter.body
    assert role_in(meeting, cast.membership(cast.anna)) is Role.MEMBER
    assert invites(client, cast.anna, meeting) == 404


def test_who_said_yes_leads_that_meeting_and_no_other(
    cast: Cast, meeting: Meeting, circle: Group, client: Client
) -> None:
    starts = meeting.starts_at + timedelta(days=7)
    other = operations.plan(
        group=circle, person=cast.marta, starts_at=starts, length_min=75, at=timezone.now()
    )
    ask(cast, meeting, client, cast.anna)
    say(client, cast.anna, meeting, "accept")
    assert role_in(meeting, cast.membership(cast.anna)) is Role.LEADER
    assert role_in(other, cast.membership(cast.anna)) is Role.MEMBER
    assert (invites(client, cast.anna, meeting), invites(client, cast.anna, other)) == (200, 404)
    assert cast.membership(cast.anna).role == Membership.Role.MEMBER
    for name in ("meeting_cancel", "meeting_move"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
    assert client.get(reverse("group_dates_new", args=[circle.pk])).status_code == 404


def test_evening_is_kept_with_the_role_that_was_held_and_the_right_ends_with_it(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    ask(cast, meeting, client, cast.anna)
    say(client, cast.anna, meeting, "accept")
    anna, at = cast.membership(cast.anna), meeting.starts_at + timedelta(hours=1)
    operations.record_closed(meeting_id=meeting.pk, present_seats={anna.seat}, at=at)
    assert Attendance.objects.get(membership=anna).role == Membership.Role.LEADER
    client.force_login(cast.anna)
    assert client.get(reverse("meeting_after", args=[meeting.pk])).status_code == 200
    client.post(reverse("meeting_after", args=[meeting.pk]), {"present": [anna.pk]})
    assert client.get(reverse("meeting_after", args=[meeting.pk])).status_code == 404


def test_right_ends_a_day_after_and_is_forgotten(cast: Cast, meeting: Meeting, client: Client) -> None:
    ask(cast, meeting, client, cast.anna)
    say(client, cast.anna, meeting, "accept")
    after = meeting.starts_at + covers.LASTS
    assert covers.leading(meeting, at=after) == set()
    covers.sweep(after + timedelta(minutes=1))
    assert not Cover.objects.exists()


def test_they_may_decline_and_leaders_may_take_it_back(cast: Cast, meeting: Meeting, client: Client) -> None:
    ask(cast, meeting, client, cast.anna)
    say(client, cast.anna, meeting, "decline")
    assert not Cover.objects.exists()
    ask(cast, meeting, client, cast.anna)
    say(client, cast.anna, meeting, "accept")
    client.force_login(cast.ruth)
    client.post(reverse("cover_withdraw", args=[meeting.pk, cast.membership(cast.anna).pk]))
    assert role_in(meeting, cast.membership(cast.anna)) is Role.MEMBER


@pytest.mark.parametrize("name", ["jonas", "zoe"])
def test_nobody_leads_who_was_not_asked(cast: Cast, meeting: Meeting, client: Client, name: str) -> None:
    ask(cast, meeting, client, cast.anna)
    say(client, getattr(cast, name), meeting, "accept")
    assert covers.leading(meeting, at=timezone.now()) == set()


def test_only_leaders_ask_and_only_members_of_the_group(cast: Cast, meeting: Meeting, client: Client) -> None:
    client.force_login(cast.anna)
    form = {"member": cast.membership(cast.jonas).pk}
    assert client.post(reverse("cover_ask", args=[meeting.pk]), form).status_code == 404
    assert ask(cast, meeting, client, cast.ruth) == 422  # leads anyway
    assert not Cover.objects.exists()


def test_everybody_sees_who_leads(cast: Cast, meeting: Meeting, client: Client) -> None:
    ask(cast, meeting, client, cast.anna)
    path = reverse("meeting", args=[meeting.pk])
    client.force_login(cast.jonas)
    assert "Anna" not in client.get(path).content.decode()  # asked, and perhaps declines
    say(client, cast.anna, meeting, "accept")
    client.force_login(cast.jonas)
    assert "Anna leads this meeting." in client.get(path).content.decode()
