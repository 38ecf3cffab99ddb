"""Who belongs and who leads."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from enid.groups import invitations, operations, roles
from enid.groups.errors import InvitationGone, LastLeader, NoDeclaration, NotAsked, NotThatRole
from enid.groups.models import Group, Membership
from enid.groups.operations import Declaration
from enid.groups.signals import roster_changed
from enid.people.signals import person_renamed
from tests.cast import Cast

INDEPENDENT = Declaration("accredited", independent=True)


def test_member_leaves_and_the_group_is_gone_for_them(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna)
    client.post(reverse("group_leave", args=[cast.circle.pk]))
    assert client.get(reverse("group", args=[cast.circle.pk])).status_code == 404
    assert cast.circle.name not in client.get(reverse("home")).content.decode()


def test_last_leader_is_refused_in_a_sentence(cast: Cast, client: Client) -> None:
    client.force_login(cast.marta)
    operations.leave(membership=cast.membership(cast.ruth), at=timezone.now())
    page = client.post(reverse("group_leave", args=[cast.circle.pk]))
    assert page.status_code == 200
    assert "A group keeps at least one leader." in page.content.decode()
    page = client.post(reverse("group_stop_leading", args=[cast.circle.pk]))
    assert "A group keeps at least one leader." in page.content.decode()
    assert cast.membership(cast.marta).is_leader


def test_two_leaders_cannot_both_stop(cast: Cast) -> None:
    operations.stop_leading(leader=cast.membership(cast.marta), at=timezone.now())
    with pytest.raises(LastLeader):
        operations.stop_leading(leader=cast.membership(cast.ruth), at=timezone.now())


def test_stale_page_of_a_leader_does_not_leave_the_group_without_one(cast: Cast) -> None:
    marta, ruth = cast.membership(cast.marta), cast.membership(cast.ruth)
    operations.remove(membership=ruth, at=timezone.now())
    with pytest.raises(LastLeader):
        operations.remove(membership=marta, at=timezone.now())


def test_removed_member_learns_it_by_mail(cast: Cast, client: Client) -> None:
    client.force_login(cast.marta)
    address = reverse("group_member", args=[cast.circle.pk, cast.membership(cast.jonas).pk])
    client.post(address, {"do": "remove"})
    assert [letter.to for letter in mail.outbox] == [["jonas@example.org"]]
    client.force_login(cast.jonas)
    assert client.get(reverse("group", args=[cast.circle.pk])).status_code == 404


def test_member_leads_only_by_their_own_yes(cast: Cast, client: Client) -> None:
    anna = cast.membership(cast.anna)
    with pytest.raises(NotAsked):
        operations.begin_to_lead(member=anna, declaration=INDEPENDENT, at=timezone.now())
    client.force_login(cast.marta)
    client.post(reverse("group_member", args=[cast.circle.pk, anna.pk]), {"do": "ask"})
    assert not cast.membership(cast.anna).is_leader
    client.force_login(cast.anna)
    assert "would lead" in client.get(reverse("group", args=[cast.circle.pk])).content.decode()
    lead = reverse("group_lead", args=[cast.circle.pk])
    assert client.post(lead, {"credential": "", "independent": ""}).status_code == 422
    client.post(lead, {"credential": "in training", "independent": "yes", "told": ""})
    place = cast.membership(cast.anna)
    assert (place.is_leader, place.credential, place.independent) == (True, "in training", True)


def test_member_may_decline_to_lead(cast: Cast, client: Client) -> None:
    operations.ask_to_lead(member=cast.membership(cast.anna), at=timezone.now())
    client.force_login(cast.anna)
    lead = reverse("group_lead", args=[cast.circle.pk])
    client.post(lead, {"do": "decline"})
    assert not cast.membership(cast.anna).is_leader
    assert client.get(lead).status_code == 404


def test_leader_says_what_is_so_or_is_independent(cast: Cast) -> None:
    with pytest.raises(NoDeclaration):
        operations.change_declaration(
            leader=cast.membership(cast.marta),
            declaration=Declaration("", independent=False),
            at=timezone.now(),
        )


def test_ended_group_takes_its_open_links_with_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.marta)
    client.post(reverse("group_invite", args=[cast.circle.pk]), {"name": "Mei", "role": "member"})
    client.post(reverse("group_end", args=[cast.circle.pk]))
    assert not cast.circle.invitations.filter(withdrawn_at=None).exists()
    assert not cast.circle.memberships.filter(left_at=None).exists()


def test_room_hears_of_every_change_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard = []

    def listen(sender: object, group_id: object, **_: object) -> None:
        heard.append(group_id)

    roster_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        operations.leave(membership=cast.membership(cast.anna), at=timezone.now())
        assert heard == []
    assert heard == [cast.circle.pk]


def test_new_name_is_news_of_every_circle(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard = []

    def listen(sender: object, group_id: object, **_: object) -> None:
        heard.append(group_id)

    roster_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        person_renamed.send(None, person_id=cast.anna.pk)
        person_renamed.send(None, person_id=cast.zoe.pk)
    assert heard == [cast.circle.pk]


def test_who_left_has_left_and_comes_back_to_a_new_seat(cast: Cast, circle: Group) -> None:
    anna = cast.membership(cast.anna)
    operations.leave(membership=anna, at=timezone.now() - timedelta(days=1))
    assert not circle.memberships.filter(person=cast.anna, left_at=None).exists()


def test_leader_who_goes_leaves_no_way_back(cast: Cast) -> None:
    group, at = cast.membership(cast.ruth).group, timezone.now()
    invitee = invitations.Invitee("", "", "leader")
    _invitation, secret = invitations.invite(group=group, by=cast.ruth, invitee=invitee, at=at)
    invitee = invitations.Invitee("Mei", "mei@example.org", "member")
    of_marta, _secret = invitations.invite(group=group, by=cast.marta, invitee=invitee, at=at)
    operations.remove(membership=cast.membership(cast.ruth), at=at)
    with pytest.raises(InvitationGone):
        invitations.find(secret, at=at)
    of_marta.refresh_from_db()
    assert of_marta.withdrawn_at is None


def test_page_read_before_a_removal_brings_nobody_back(cast: Cast) -> None:
    read_before = cast.membership(cast.ruth)
    operations.remove(membership=cast.membership(cast.ruth), at=timezone.now())
    with pytest.raises(NotThatRole):
        operations.change_declaration(leader=read_before, declaration=INDEPENDENT, at=timezone.now())
    with pytest.raises(NotThatRole):
        roles.give(place=read_before, role="interpreter", at=timezone.now())
    assert not Membership.objects.filter(pk=read_before.pk, left_at=None).exists()
