"""One's own data in groups and meetings: exported whole, erased whole, and no group left without a leader."""

import json

from django.utils import timezone

from enid.groups import invitations, operations
from enid.groups import own_data as group_data
from enid.groups.models import Acceptance, Invitation, Membership
from enid.meetings import operations as meetings
from enid.meetings import own_data as meeting_data
from enid.meetings.models import Attendance, CalendarFeed, KnownDevice
from tests.cast import NOON, Cast, make_group


def _live(cast: Cast) -> None:
    """Let Anna belong, be present, be known by a device and be invited elsewhere."""
    place = cast.membership(cast.anna)
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=NOON)
    meetings.record_closed(meeting_id=meeting.pk, present_seats={place.seat}, at=NOON)
    meetings.remember_device(membership=place, secret="browser", at=NOON)
    CalendarFeed.objects.create(person=cast.anna, secret_hash="a")
    other = make_group("Friday circle", [cast.karl], [])
    invitee = invitations.Invitee("Anna", "Anna@example.org", "member")
    invitations.invite(group=other, by=cast.karl, invitee=invitee, at=timezone.now())


def test_export_holds_everything_that_is_kept_of_a_person(cast: Cast) -> None:
    _live(cast)
    data = {**group_data.collect(cast.anna), **meeting_data.collect(cast.anna)}
    assert [place["group"] for place in data["memberships"]] == ["Tuesday circle"]
    assert data["memberships"][0]["accepted"][0]["version"] == 1
    assert [line["present"] for line in data["attendance"]] == [True]
    assert len(data["devices"]) == len(data["invitations"]) == len(data["calendar"]) == 1
    text = json.dumps(data)
    assert "Jonas" not in text
    assert "Friday circle" not in text


def test_erasure_leaves_no_row_of_the_person(cast: Cast) -> None:
    _live(cast)
    meeting_data.erase(cast.anna)
    group_data.erase(cast.anna)
    for rows in (
        Membership.objects.filter(person=cast.anna),
        Acceptance.objects.filter(membership__person=cast.anna),
        Attendance.objects.filter(membership__person=cast.anna),
        KnownDevice.objects.filter(membership__person=cast.anna),
        CalendarFeed.objects.filter(person=cast.anna),
        Invitation.objects.filter(email__iexact="anna@example.org"),
    ):
        assert not rows.exists()
    assert cast.circle.memberships.filter(left_at=None).count() == 4


def test_only_leader_of_others_is_asked_to_settle_that_first(cast: Cast) -> None:
    assert group_data.blocks(cast.marta) == []
    operations.leave(membership=cast.membership(cast.ruth), at=timezone.now())
    (sentence,) = group_data.blocks(cast.marta)
    assert "You are the only leader of “Tuesday circle”." in sentence


def test_group_of_one_ends_with_its_leader(cast: Cast) -> None:
    alone = make_group("Just begun", [cast.zoe], [])
    assert group_data.blocks(cast.zoe) == []
    group_data.erase(cast.zoe)
    alone.refresh_from_db()
    assert alone.ended_at is not None


def test_members_and_former_leaders_are_free_to_go(cast: Cast) -> None:
    operations.stop_leading(leader=cast.membership(cast.ruth), at=timezone.now())
    assert group_data.blocks(cast.ruth) == []
    assert group_data.blocks(cast.anna) == []
