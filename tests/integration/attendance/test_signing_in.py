"""Signing in at the screen of a group in one room: only members, only there, only then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.attendance import codes, operations
from enid.attendance.errors import NotNow
from enid.meetings import operations as meetings
from enid.meetings.models import Attendance, Meeting
from tests.cast import NOON, Cast
from tests.integration.attendance.evenings import HOUR, line
from tests.reading import read

pytestmark = pytest.mark.django_db
WINDOW = timedelta(seconds=codes.WINDOW_S)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    cast.circle.setting = "room"
    cast.circle.save()
    return Meeting.objects.create(group=cast.circle, starts_at=timezone.now())


def link(meeting: Meeting, back: timedelta = timedelta()) -> str:
    code = codes.code_at(meeting.pk, timezone.now() - back)
    return reverse("here_code", args=[meeting.pk, code])


def press(client: Client, meeting: Meeting) -> int:
    return client.post(reverse("here", args=[meeting.pk])).status_code


def test_code_is_good_in_its_window_and_the_next(meeting: Meeting) -> None:
    start = NOON.replace(second=0)
    code = codes.code_at(meeting.pk, start)
    assert codes.is_good(code, meeting.pk, start + 2 * WINDOW - timedelta(seconds=1))
    assert not codes.is_good(code, meeting.pk, start + 2 * WINDOW)
    assert not codes.is_good(code, meeting.pk, start - timedelta(seconds=1))


def test_code_of_one_meeting_is_worth_nothing_at_another(cast: Cast, meeting: Meeting) -> None:
    other = Meeting.objects.create(group=cast.circle, starts_at=NOON)
    assert not codes.is_good(codes.code_at(other.pk, NOON), meeting.pk, NOON)


def test_member_reads_the_code_and_presses_once(cast: Cast, meeting: Meeting, client: Client) -> None:
    client.force_login(cast.anna)
    page = client.get(link(meeting), follow=True).content.decode()
    assert "I am here" in page
    assert not Attendance.objects.exists()  # reading a link is not yet a word
    client.post(reverse("here", args=[meeting.pk]))
    assert line(cast, meeting, cast.anna).present
    assert line(cast, meeting, cast.anna).setting == "room"
    assert "You are here." in client.get(reverse("here", args=[meeting.pk])).content.decode()


def test_screen_shows_the_same_address_as_picture_and_as_link(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    client.force_login(cast.marta)
    page = client.get(reverse("meeting_screen", args=[meeting.pk])).content.decode()
    address = next(one for one in read(page).links if "/here/" in one)
    assert "<svg" in page
    client.force_login(cast.anna)
    client.get(address.removeprefix("http://localhost:8000"))
    assert press(client, meeting) == 302


def test_who_signs_in_after_reading_the_code_may_still_press(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    asked = client.get(link(meeting), follow=True)
    assert "/account/login/" in asked.redirect_chain[-1][0]
    client.force_login(cast.anna)
    assert press(client, meeting) == 302
    assert line(cast, meeting, cast.anna).present


@pytest.mark.parametrize("windows", [2, 5, 100])
def test_old_code_opens_nothing(cast: Cast, meeting: Meeting, client: Client, windows: int) -> None:
    client.force_login(cast.anna)
    page = client.get(link(meeting, windows * WINDOW + timedelta(seconds=1)), follow=True).content.decode()
    assert "point your phone at the screen once more" in page
    assert press(client, meeting) == 422
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("code", ["aaaaaaaaaaaaaaaa", "x", "é", "0" * 200])
def test_forged_code_opens_nothing(cast: Cast, meeting: Meeting, client: Client, code: str) -> None:
    client.force_login(cast.anna)
    client.get(reverse("here_code", args=[meeting.pk, code]))
    assert press(client, meeting) == 422
    assert not Attendance.objects.exists()


def test_good_code_is_useless_to_whoever_does_not_belong(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    for person in (cast.zoe, cast.karl):
        client.force_login(person)
        assert client.get(link(meeting), follow=True).status_code == 404
        assert press(client, meeting) == 404
    assert not Attendance.objects.exists()


def test_code_read_for_one_meeting_signs_nobody_in_at_another(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    client.force_login(cast.anna)
    client.get(link(meeting))
    other = Meeting.objects.create(group=cast.circle, starts_at=timezone.now())
    assert press(client, other) == 422


def test_nobody_signs_in_before_after_or_at_a_cancelled_meeting(cast: Cast) -> None:
    place = cast.membership(cast.anna)
    far = Meeting.objects.create(group=cast.circle, starts_at=NOON + HOUR)
    over = Meeting.objects.create(group=cast.circle, starts_at=NOON, closed_at=NOON)
    off = Meeting.objects.create(group=cast.circle, starts_at=NOON, cancelled_at=NOON)
    for meeting in (far, over, off):
        with pytest.raises(NotNow):
            operations.sign_in(meeting=meeting, place=place, at=NOON)
    assert not Attendance.objects.exists()


def test_who_signed_in_stays_present_at_the_close_and_others_are_as_marked(
    cast: Cast, meeting: Meeting
) -> None:
    at = timezone.now()
    operations.sign_in(meeting=meeting, place=cast.membership(cast.anna), at=at)
    seats = {cast.membership(cast.jonas).seat}
    meetings.record_closed(meeting_id=meeting.pk, present_seats=seats, at=at + HOUR)
    assert [line(cast, meeting, one).present for one in (cast.anna, cast.jonas, cast.priya)] == [
        True,
        True,
        False,
    ]


def test_screen_is_for_leaders_while_the_meeting_lasts(cast: Cast, meeting: Meeting, client: Client) -> None:
    client.force_login(cast.anna)
    assert client.get(reverse("meeting_screen", args=[meeting.pk])).status_code == 404
    client.force_login(cast.marta)
    meetings.record_closed(meeting_id=meeting.pk, present_seats=set(), at=timezone.now())
    assert client.get(reverse("meeting_screen", args=[meeting.pk])).status_code == 302
