"""Guests of one evening."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.meetings import access, operations
from enid.meetings.errors import NotOpen, TooManyGuests
from enid.meetings.models import GuestPass, Meeting
from tests.cast import Cast


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return operations.start_now(group=cast.circle, person=cast.marta, at=timezone.now())


def _pass(meeting: Meeting) -> str:
    return operations.make_guest_pass(meeting=meeting, name="Greta", at=timezone.now())[1]


def test_leader_makes_a_link_that_is_shown_once(cast: Cast, client: Client, meeting: Meeting) -> None:
    client.force_login(cast.marta)
    page = client.post(reverse("guest_invite", args=[meeting.pk]), {"name": "Greta"})
    secret = page.context["link"].rstrip("/").split("/")[-1]
    assert secret not in repr(list(GuestPass.objects.values()))
    assert Client().get(reverse("guest", args=[secret])).status_code == 200


def test_guest_reads_what_holds_and_learns_no_member(client: Client, meeting: Meeting) -> None:
    page = client.get(reverse("guest", args=[_pass(meeting)])).content.decode()
    assert "stays here" in page
    assert "Marta" in page
    assert "Anna" not in page


def test_guest_goes_to_the_door_only_by_a_press(client: Client, meeting: Meeting) -> None:
    secret = _pass(meeting)
    client.get(reverse("guest", args=[secret]))
    with pytest.raises(Http404):
        access.get_carried_pass(client.session, meeting.pk, at=timezone.now())
    client.post(reverse("guest", args=[secret]))
    carried = access.get_carried_pass(client.session, meeting.pk, at=timezone.now())
    assert carried.name == "Greta"
    assert secret not in repr(dict(client.session))


def test_withdrawn_pass_opens_nothing(cast: Cast, client: Client, meeting: Meeting) -> None:
    secret = _pass(meeting)
    guest = Client()
    guest.post(reverse("guest", args=[secret]))
    client.force_login(cast.ruth)
    client.post(reverse("guest_withdraw", args=[meeting.pk, GuestPass.objects.get().pk]))
    assert guest.get(reverse("guest", args=[secret])).status_code == 404
    with pytest.raises(Http404):
        access.get_carried_pass(guest.session, meeting.pk, at=timezone.now())


def test_pass_ends_with_the_evening(meeting: Meeting) -> None:
    secret = _pass(meeting)
    with pytest.raises(Http404):
        access.get_pass(secret, at=meeting.starts_at + timedelta(hours=13))
    operations.record_closed(meeting_id=meeting.pk, present_seats=set(), at=timezone.now())
    with pytest.raises(Http404):
        access.get_pass(secret, at=timezone.now())
    meeting.refresh_from_db()
    with pytest.raises(NotOpen):
        _pass(meeting)


def test_pass_of_one_meeting_opens_no_other(cast: Cast, client: Client, meeting: Meeting) -> None:
    client.post(reverse("guest", args=[_pass(meeting)]))
    other = Meeting.objects.create(group=cast.circle, starts_at=timezone.now() + timedelta(days=7))
    with pytest.raises(Http404):
        access.get_carried_pass(client.session, other.pk, at=timezone.now())


def test_circle_stays_a_circle(meeting: Meeting) -> None:
    for _ in range(operations.MOST_GUESTS):
        _pass(meeting)
    with pytest.raises(TooManyGuests):
        _pass(meeting)


@pytest.mark.parametrize("name", ["", "\u202e", "x" * 61, "x" * 900_000])
def test_bad_name_makes_no_pass(cast: Cast, client: Client, meeting: Meeting, name: str) -> None:
    client.force_login(cast.marta)
    assert client.post(reverse("guest_invite", args=[meeting.pk]), {"name": name}).status_code == 422
    assert not GuestPass.objects.exists()


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "é"])
def test_invented_link_opens_nothing(client: Client, db: None, secret: str) -> None:
    page = client.get(f"/guest/{secret}/")
    assert page.status_code == 404
    assert "This link opens nothing" in page.content.decode()
