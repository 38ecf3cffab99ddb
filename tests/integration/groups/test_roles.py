"""Roles with a beginning and an end, and whoever looks after dates without belonging."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations, operations, roles
from enid.groups.errors import NoDeclaration, NotThatRole
from enid.groups.models import Group, Membership
from enid.meetings import operations as meetings
from enid.meetings.models import Meeting
from enid.room import roster
from enid.room.session import Role
from tests.cast import NOON, Cast
from tests.together import begins_to_learn

DAY = timedelta(days=1)


def role_of(place: Membership) -> str:
    return Membership.objects.get(pk=place.pk).role


def coordinate(cast: Cast) -> None:
    roles.begin_to_coordinate(group=cast.circle, person=cast.karl, at=timezone.now())


def test_earlier_roles_are_kept_with_their_time(cast: Cast) -> None:
    anna = cast.membership(cast.anna)
    Membership.objects.filter(pk=anna.pk).update(role_since=NOON)
    anna.refresh_from_db()
    begins_to_learn(anna, at=NOON + DAY)
    roles.give(place=anna, role="interpreter", at=NOON + 3 * DAY)
    anna.refresh_from_db()
    spans = [(past.role, past.began_at, past.ended_at) for past in anna.past_roles.all()]
    assert spans == [("member", NOON, NOON + DAY), ("trainee", NOON + DAY, NOON + 3 * DAY)]
    assert (anna.role, anna.role_since) == ("interpreter", NOON + 3 * DAY)


def test_nobody_is_made_a_leader_or_unmade_one(cast: Cast) -> None:
    with pytest.raises(NotThatRole):
        roles.give(place=cast.membership(cast.anna), role="leader", at=NOON)
    with pytest.raises(NotThatRole):
        roles.give(place=cast.membership(cast.ruth), role="member", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_there_is_one_standing_deputy_and_the_room_knows(cast: Cast) -> None:
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    roles.name_deputy(place=cast.membership(cast.anna), at=NOON)
    roles.name_deputy(place=cast.membership(cast.jonas), at=NOON + DAY)
    assert cast.membership(cast.anna).deputy_since is None
    assert [past.role for past in cast.membership(cast.anna).past_roles.all()] == ["deputy"]
    known = roster.load(str(meeting.pk))
    assert known is not None
    assert known.deputy == cast.membership(cast.jonas).seat


@pytest.mark.django_db(transaction=True)
def test_room_seats_trainee_and_interpreter_as_such(cast: Cast) -> None:
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    begins_to_learn(cast.membership(cast.anna), at=NOON)
    roles.give(place=cast.membership(cast.jonas), role="interpreter", at=NOON)
    known = roster.load(str(meeting.pk))
    assert known is not None
    assert known.chairs[cast.membership(cast.anna).seat].role is Role.TRAINEE
    assert known.chairs[cast.membership(cast.jonas).seat].role is Role.INTERPRETER


def test_trainee_finds_the_leaders_desk_and_no_confirming_of_presence(client: Client, cast: Cast) -> None:
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    begins_to_learn(cast.membership(cast.anna), at=NOON)
    client.force_login(cast.anna)
    page = client.get(reverse("room", args=[meeting.pk])).content.decode()
    assert 'id="desk"' in page
    assert reverse("meeting_after", args=[meeting.pk]) not in page
    assert client.get(reverse("room_table", args=[meeting.pk])).status_code == 404


def test_leaders_overlap_until_the_day_that_was_said(cast: Cast) -> None:
    marta = cast.membership(cast.marta)
    roles.lead_until(leader=marta, day=NOON.date())
    roles.end_leading_due(NOON + timedelta(hours=12))
    assert role_of(marta) == "leader"
    roles.end_leading_due(NOON + 2 * DAY)
    assert role_of(marta) == "member"


def test_only_leader_stays_one_past_their_day(cast: Cast) -> None:
    operations.stop_leading(leader=cast.membership(cast.ruth), at=NOON)
    marta = cast.membership(cast.marta)
    roles.lead_until(leader=marta, day=NOON.date())
    roles.end_leading_due(NOON + 9 * DAY)
    assert role_of(marta) == "leader"


def test_page_says_that_the_only_leader_stays_one(client: Client, cast: Cast) -> None:
    roles.lead_until(leader=cast.membership(cast.marta), day=timezone.localdate() - 3 * DAY)
    client.force_login(cast.anna)
    page = reverse("group_roles", args=[cast.circle.pk])
    assert "stays, as nobody else leads yet" not in client.get(page).content.decode()
    operations.stop_leading(leader=cast.membership(cast.ruth), at=NOON)
    assert "stays, as nobody else leads yet" in client.get(page).content.decode()


def test_last_day_is_kept_and_taken_back_on_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    page, day = reverse("group_stop_leading", args=[cast.circle.pk]), timezone.localdate() + 30 * DAY
    assert client.post(page, {"do": "until", "day": "2020-01-01"}).status_code == 422
    client.post(page, {"do": "until", "day": day.isoformat()})
    assert cast.membership(cast.marta).leads_until == day
    client.post(page, {"do": "stay"})
    assert cast.membership(cast.marta).leads_until is None


def test_leader_gives_roles_on_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    anna = cast.membership(cast.anna)
    page = reverse("group_member", args=[cast.circle.pk, anna.pk])
    client.post(page, {"do": "deputy"})
    assert cast.membership(cast.anna).deputy_since
    for asks_for_a_yes in ("leader", "trainee"):
        client.post(page, {"do": "role", "role": asks_for_a_yes})
        assert role_of(anna) == "member"
    client.post(page, {"do": "role", "role": "interpreter"})
    assert (role_of(anna), cast.membership(cast.anna).deputy_since) == ("interpreter", None)
    assert "deputy" in client.get(page).content.decode()


def test_nobody_learns_to_lead_without_their_own_yes(client: Client, cast: Cast) -> None:
    anna, known = cast.membership(cast.anna), reverse("group_known", args=[cast.circle.pk])
    client.force_login(cast.marta)
    client.post(reverse("group_member", args=[cast.circle.pk, anna.pk]), {"do": "ask_trainee"})
    assert role_of(anna) == "member"
    client.force_login(cast.anna)
    assert "who learns to lead" not in client.get(known).content.decode()
    page = reverse("group_lead", args=[cast.circle.pk])
    assert "hear the words that members write to the leaders" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    client.post(page, {"independent": "no", "told": "I examine two of you."})
    assert role_of(anna) == "trainee"
    client.force_login(cast.jonas)
    seen = client.get(known).content.decode()
    assert "Anna, who learns to lead" in seen
    assert "I examine two of you." in seen


def test_whoever_says_no_stays_as_they_are(client: Client, cast: Cast) -> None:
    anna = cast.membership(cast.anna)
    operations.ask_to_lead(member=anna, at=NOON, role=Membership.Role.TRAINEE)
    client.force_login(cast.anna)
    client.post(reverse("group_lead", args=[cast.circle.pk]), {"do": "decline"})
    assert role_of(anna) == "member"


def test_whoever_is_invited_to_learn_reads_it_and_declares_too(client: Client, cast: Cast) -> None:
    invitee = invitations.Invitee("Zoe", "", "trainee")
    made, secret = invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=timezone.now())
    assert "Would you learn to lead" in client.get(reverse("invitation", args=[secret])).content.decode()
    with pytest.raises(NoDeclaration):
        invitations.accept(invitation=made, person=cast.zoe, number=1, declaration=None, at=timezone.now())
    client.force_login(cast.zoe)
    client.post(reverse("invitation", args=[secret]), {"answer": "gladly"})
    assert client.post(reverse("invitation_carried"), {"number": "1"}).status_code == 422
    client.post(reverse("invitation_carried"), {"number": "1", "independent": "yes"})
    assert role_of(cast.membership(cast.zoe)) == "trainee"


def test_invited_coordinator_finds_dates_and_neither_names_nor_room(
    client: Client, cast: Cast, circle: Group
) -> None:
    meeting = meetings.start_now(group=circle, person=cast.marta, at=timezone.now())
    invitee = invitations.Invitee("Karl", "", "coordinator")
    _made, secret = invitations.invite(group=circle, by=cast.marta, invitee=invitee, at=timezone.now())
    client.force_login(cast.karl)
    letter = client.get(reverse("invitation", args=[secret])).content.decode()
    assert not any(said in letter for said in ("What is said here stays here.", "Who leads", "Marta"))
    client.post(reverse("invitation", args=[secret]), {"answer": "gladly"})
    answer = client.post(reverse("invitation_carried"), follow=True)
    page = answer.content.decode()
    assert circle.name in page
    assert not any(name in page for name in ("Anna", "Jonas", "Priya", "Marta"))
    assert not circle.memberships.filter(person=cast.karl).exists()
    for name in ("group", "group_outside", "group_roles", "group_known"):
        assert client.get(reverse(name, args=[circle.pk])).status_code == 404
    for name in ("room", "room_table", "room_ticket", "meeting", "meeting_after"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
    assert circle.name in client.get(reverse("home")).content.decode()


def test_coordinator_plans_moves_and_cancels(client: Client, cast: Cast) -> None:
    coordinate(cast)
    client.force_login(cast.karl)
    home, day = reverse("group_coordination", args=[cast.circle.pk]), timezone.localdate() + 9 * DAY
    planned = {"day": day.isoformat(), "hour": "18:30", "length_min": "75"}
    assert client.post(reverse("meeting_new", args=[cast.circle.pk]), planned).url == home
    meeting = cast.circle.meetings.get()
    assert reverse("meeting_move", args=[meeting.pk]) in client.get(home).content.decode()
    assert client.post(reverse("meeting_cancel", args=[meeting.pk])).url == home
    meeting.refresh_from_db()
    assert meeting.cancelled_at


def test_coordinator_does_not_learn_that_the_group_met(client: Client, cast: Cast) -> None:
    coordinate(cast)
    client.force_login(cast.karl)
    home, now = reverse("group_coordination", args=[cast.circle.pk]), timezone.now()
    seen = []
    for opened_at, closed_at in ((None, None), (now, None), (now, now)):
        Meeting.objects.all().delete()
        meeting = Meeting.objects.create(
            group=cast.circle,
            starts_at=now - DAY / 24,
            length_min=75,
            opened_at=opened_at,
            closed_at=closed_at,
        )
        seen.append(client.get(home).content.decode().partition("<h2>Dates</h2>")[2].count("<li>"))
        page = client.post(reverse("meeting_cancel", args=[meeting.pk]), follow=True).content.decode()
        assert "until a quarter of an hour before they begin" in page
        moved = client.post(reverse("meeting_move", args=[meeting.pk]), follow=True).content.decode()
        assert "until a quarter of an hour before they begin" in moved
    assert seen == [0, 0, 0]


def test_coordinator_whose_part_has_ended_finds_nothing(client: Client, cast: Cast) -> None:
    coordinate(cast)
    pk = cast.circle.coordinations.get().pk
    client.force_login(cast.marta)
    client.post(reverse("coordination_end", args=[cast.circle.pk, pk]))
    client.force_login(cast.karl)
    for name in ("group_coordination", "group_dates_new", "meeting_new"):
        assert client.get(reverse(name, args=[cast.circle.pk])).status_code == 404


def test_coordinators_link_gives_no_place_in_the_circle(cast: Cast, circle: Group) -> None:
    invitee = invitations.Invitee("Karl", "", "coordinator")
    made, _ = invitations.invite(group=circle, by=cast.marta, invitee=invitee, at=NOON)
    with pytest.raises(invitations.InvitationGone):
        invitations.accept(invitation=made, person=cast.karl, number=1, declaration=None, at=NOON)


def test_coordinator_is_named_to_members_and_in_what_is_known(client: Client, cast: Cast) -> None:
    coordinate(cast)
    client.force_login(cast.anna)
    assert "Karl" in client.get(reverse("group_roles", args=[cast.circle.pk])).content.decode()
    assert "Whoever coordinates" in client.get(reverse("group_known", args=[cast.circle.pk])).content.decode()
