"""What one person may set going in a day, whoever they are."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations
from enid.groups.errors import TooManyOpen
from enid.groups.models import Group, Invitation
from enid.meetings.models import Meeting
from tests.cast import Cast
from tests.integration.groups.test_settings import GOOD as SETTINGS
from tests.integration.groups.test_starting import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture(params=["leader", "administrator"])
def leader(request: pytest.FixtureRequest, cast: Cast, client: Client) -> Client:
    cast.marta.is_administrator = request.param == "administrator"
    cast.marta.save()
    client.force_login(cast.marta)
    return client


def _letter(leader: Client, circle: Group, number: int, **changed: str) -> str:
    form = {"name": "Mei", "email": f"p{number}@example.org", "role": "member", "text": "Do come, Mei."}
    page = leader.post(reverse("group_invite", args=[circle.pk]), {**form, **changed})
    return page.content.decode()


def _invite_many(cast: Cast, many: int) -> None:
    for _ in range(many):
        invitee = invitations.Invitee("Mei", "", "member")
        invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=timezone.now())


def test_five_groups_a_day_and_what_was_written_stays(leader: Client) -> None:
    pages = [leader.post(reverse("group_new"), GOOD) for _ in range(6)]
    assert [page.status_code for page in pages] == [302] * 5 + [422]
    assert Group.objects.filter(name=GOOD["name"]).count() == 5
    last = pages[-1].content.decode()
    assert "come again tomorrow" in last
    assert GOOD["rhythm"] in last


def test_a_form_with_something_to_mend_counts_as_no_group(leader: Client) -> None:
    for _ in range(6):
        leader.post(reverse("group_new"), {**GOOD, "name": ""})
    assert leader.post(reverse("group_new"), GOOD).status_code == 302


def test_somebody_else_may_still_start_one(leader: Client, cast: Cast) -> None:
    for _ in range(6):
        leader.post(reverse("group_new"), GOOD)
    zoe = Client()
    zoe.force_login(cast.zoe)
    assert zoe.post(reverse("group_new"), GOOD).status_code == 302


def test_sixty_letters_a_day_and_then_a_link_to_hand_over(leader: Client, cast: Cast) -> None:
    for number in range(60):
        _letter(leader, cast.circle, number)
        Invitation.objects.update(withdrawn_at=timezone.now())
    page = _letter(leader, cast.circle, 60)
    assert len(mail.outbox) == 60
    assert "come again tomorrow" in page
    assert "Do come, Mei." in page
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    assert "/join/" in _letter(leader, cast.circle, 61, email="")


def test_letter_that_was_refused_is_not_counted(leader: Client, cast: Cast) -> None:
    for _ in range(61):
        _letter(leader, cast.circle, 0, email=cast.anna.email)
    _letter(leader, cast.circle, 1)
    assert len(mail.outbox) == 1


def test_sixty_invitations_are_open_at_once(leader: Client, cast: Cast) -> None:
    _invite_many(cast, 60)
    page = _letter(leader, cast.circle, 60)
    assert "Take one back below" in page
    assert (len(mail.outbox), Invitation.objects.count()) == (0, 60)
    invitations.withdraw(invitation=Invitation.objects.latest("pk"), at=timezone.now())
    _letter(leader, cast.circle, 60)
    assert len(mail.outbox) == 1


def test_answered_and_expired_invitations_make_room(cast: Cast) -> None:
    _invite_many(cast, 60)
    with pytest.raises(TooManyOpen):
        _invite_many(cast, 1)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    _invite_many(cast, 1)
    assert Invitation.objects.count() == 61


def test_dates_change_forty_times_a_day(leader: Client, cast: Cast) -> None:
    at = timezone.now() + timedelta(days=9)
    made = [Meeting.objects.create(group=cast.circle, starts_at=at, length_min=75) for _ in range(41)]
    for meeting in made:
        page = leader.post(reverse("meeting_cancel", args=[meeting.pk]), follow=True).content.decode()
    assert "come again tomorrow" in page
    assert Meeting.objects.filter(cancelled_at=None).count() == 1
    planned = {"day": at.date().isoformat(), "hour": "08:30", "length_min": "75"}
    kept = leader.post(reverse("meeting_new", args=[cast.circle.pk]), planned)
    assert kept.status_code == 422
    assert "come again tomorrow" in kept.content.decode()


def test_agreement_is_proposed_twenty_times_a_day(leader: Client, cast: Cast) -> None:
    page = reverse("group_agreement_edit", args=[cast.circle.pk])
    for number in range(1, 22):
        last = leader.post(page, {"text": f"We meet, {number}.", "number": str(number)})
    assert last.status_code == 422
    assert "come again tomorrow" in last.content.decode()
    assert cast.circle.agreements.count() == 21
    settings_page = leader.post(reverse("group_settings", args=[cast.circle.pk]), SETTINGS)
    assert settings_page.status_code == 422
