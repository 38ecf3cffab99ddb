"""Invitations: written by leaders, answered by anyone who holds the link, used once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations, operations, queries
from enid.groups.errors import AlreadyHere, GroupFull, InvitationGone
from enid.groups.models import Group, Invitation, Membership
from enid.people.models import Person
from tests.cast import Cast, make_person
from tests.together import everybody_accepts

GONE = "This link opens nothing"


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


def _invite(cast: Cast, role: str = "member", email: str = "", at: datetime | None = None) -> str:
    invitee = invitations.Invitee("Zoe", email, role)
    made = invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=at or timezone.now())
    return made[1]


def _post(client: Client, secret: str, answer: str, **data: str) -> Any:
    return client.post(reverse("invitation", args=[secret]), {"answer": answer, **data})


def _accept(client: Client, circle: Group, **data: str) -> Any:
    number = str(queries.present_agreement(circle).number)
    return client.post(reverse("invitation_carried"), {"number": number, **data}, follow=True)


def _belongs(person: Person, circle: Group) -> bool:
    return circle.memberships.filter(person=person, left_at=None).exists()


def test_mail_carries_the_leaders_text_and_a_link_that_opens(leader: Client, circle: Group) -> None:
    form = {"name": "Mei", "email": "mei@example.org", "role": "member", "text": "Dear {name}, do come."}
    leader.post(reverse("group_invite", args=[circle.pk]), form)
    (letter,) = mail.outbox
    assert letter.to == ["mei@example.org"]
    assert letter.reply_to == ["marta@example.org"]
    assert letter.body.startswith("Dear Mei, do come.")
    link = next(line for line in letter.body.splitlines() if "/join/" in line)
    assert Client().get("/join/" + link.split("/join/")[1]).status_code == 200


def test_without_an_address_the_leaders_text_stands_ready_with_its_link(
    leader: Client, circle: Group
) -> None:
    form = {"name": "Mei", "role": "member", "text": "Dear {name}, do come."}
    page = leader.post(reverse("group_invite", args=[circle.pk]), form)
    assert page.context["text"].startswith("Dear Mei, do come.")
    assert page.context["link"] in page.context["text"]
    assert page.context["text"] in page.content.decode()
    assert mail.outbox == []


def test_letter_says_what_practice_asks_for(circle: Group, cast: Cast) -> None:
    text = invitations.letter(circle, at=timezone.now())
    for part in (
        "some patients stay with us",
        "8 clinicians",
        "Marta",
        "Ruth",
        "learns nothing",
        "not this time",
    ):
        assert part in text


def test_link_is_shown_once_and_kept_only_as_a_hash(leader: Client, circle: Group) -> None:
    page = leader.post(reverse("group_invite", args=[circle.pk]), {"name": "Mei", "role": "member"})
    link = page.context["link"]
    assert link in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    secret = link.rstrip("/").split("/")[-1]
    assert secret not in repr(list(Invitation.objects.values()))
    assert secret not in leader.get(reverse("group_invite", args=[circle.pk])).content.decode()


def test_invitee_reads_everything_before_joining(cast: Cast, client: Client) -> None:
    leader = cast.membership(cast.ruth)
    leader.credential, leader.independent, leader.dependence_told = "accredited", False, "I head the ward."
    leader.save()
    page = client.get(reverse("invitation", args=[_invite(cast)])).content.decode()
    for part in ("accredited", "I head the ward.", "does not assess", "What will be known", "stays here"):
        assert part in page
    assert "Anna" not in page
    assert "noindex" in page


def test_reading_the_link_changes_nothing(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    client.force_login(cast.zoe)
    for _ in range(3):
        assert client.get(reverse("invitation", args=[secret])).status_code == 200
    assert not _belongs(cast.zoe, cast.circle)
    assert Invitation.objects.get().answer == ""


def test_stranger_joins_by_accepting_the_agreement(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    assert _post(client, _invite(cast), "gladly").url == reverse("invitation_carried")
    assert not _belongs(cast.zoe, cast.circle)
    page = _accept(client, cast.circle)
    assert page.redirect_chain[-1][0] == reverse("group", args=[cast.circle.pk])
    place = cast.membership(cast.zoe)
    assert place.role == Membership.Role.MEMBER
    assert queries.agreement_to_accept(place) is None


def test_invitation_waits_while_somebody_signs_in(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    _post(client, secret, "gladly")
    page = client.get(reverse("invitation_carried")).content.decode()
    assert "/account/signup/?next=/join/" in page
    assert secret not in page
    assert secret not in repr(dict(client.session))
    client.force_login(cast.zoe)  # keeps what a visitor's session carried, as signing in does
    _accept(client, cast.circle)
    assert _belongs(cast.zoe, cast.circle)


def test_nobody_joins_without_signing_in(cast: Cast, client: Client) -> None:
    _post(client, _invite(cast), "gladly")
    before = Membership.objects.count()
    _accept(client, cast.circle)
    assert Membership.objects.count() == before


def test_link_serves_once(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    client.force_login(cast.zoe)
    _post(client, secret, "gladly")
    _accept(client, cast.circle)
    copied = Client()
    copied.force_login(cast.karl)
    page = copied.get(reverse("invitation", args=[secret]))
    assert page.status_code == 404
    assert GONE in page.content.decode()
    assert cast.circle.name not in page.content.decode()
    assert _post(copied, secret, "gladly").status_code == 404
    assert copied.get(reverse("invitation_carried")).status_code == 404


def test_two_who_hold_the_same_link_get_one_place(cast: Cast) -> None:
    secret = _invite(cast)
    first, second = Client(), Client()
    for client, person in ((first, cast.zoe), (second, cast.karl)):
        client.force_login(person)
        _post(client, secret, "gladly")
    _accept(first, cast.circle)
    late = _accept(second, cast.circle)
    assert late.status_code == 404
    assert GONE in late.content.decode()
    assert not _belongs(cast.karl, cast.circle)


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "..", "é‮", "' OR 1=1"])
def test_invented_link_opens_the_same_page(client: Client, db: None, secret: str) -> None:
    page = client.get(f"/join/{secret}/")
    assert page.status_code == 404


def test_expired_withdrawn_and_used_look_alike(cast: Cast, client: Client) -> None:
    expired = _invite(cast, at=timezone.now() - timedelta(days=15))
    withdrawn = _invite(cast)
    invitations.withdraw(invitation=invitations.find(withdrawn, at=timezone.now()), at=timezone.now())
    pages = [client.get(reverse("invitation", args=[secret])) for secret in (expired, withdrawn, "invented")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_invitation_withdrawn_during_sign_in_is_gone(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    client.force_login(cast.zoe)
    _post(client, secret, "gladly")
    invitations.withdraw(invitation=Invitation.objects.get(), at=timezone.now())
    assert _accept(client, cast.circle).status_code == 404
    assert not _belongs(cast.zoe, cast.circle)


def test_leader_withdraws(leader: Client, cast: Cast) -> None:
    secret = _invite(cast)
    leader.post(reverse("invitation_withdraw", args=[cast.circle.pk, Invitation.objects.get().pk]))
    with pytest.raises(InvitationGone):
        invitations.find(secret, at=timezone.now())


def test_not_this_time_needs_no_account_and_leaves_the_door_open(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    assert _post(client, secret, "not_now").status_code == 200
    client.force_login(cast.marta)
    assert "not this time" in client.get(reverse("home")).content.decode()
    assert Client().get(reverse("invitation", args=[secret])).status_code == 200


def test_question_goes_to_the_leaders_by_mail_and_nowhere_else(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    asked = {"question": "Is it far from the station?", "email": "zoe@home.example"}
    assert _post(client, secret, "question", **asked).status_code == 200
    assert sorted(letter.to[0] for letter in mail.outbox) == ["marta@example.org", "ruth@example.org"]
    assert all(letter.reply_to == ["zoe@home.example"] for letter in mail.outbox)
    assert "station" not in repr(list(Invitation.objects.values()))


def test_second_question_is_refused(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    asked = {"question": "Is it far?", "email": "zoe@home.example"}
    _post(client, secret, "question", **asked)
    again = _post(client, secret, "question", **asked)
    assert "Your question is with the leaders." in again.content.decode()
    assert len(mail.outbox) == 2


def test_answers_in_turn_write_to_the_leaders_once_and_the_last_one_is_shown(
    cast: Cast, client: Client
) -> None:
    secret = _invite(cast)
    asked = {"question": "Is it far?", "email": "zoe@home.example"}
    shown = []
    for answer in ("question", "not_now", "question", "not_now", "question"):
        _post(client, secret, answer, **asked)
        shown.append(Invitation.objects.get().answer)
    assert len(mail.outbox) == 2  # one letter to each leader
    assert shown == ["question", "not_now", "question", "not_now", "question"]


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"question": "Is it far?", "email": "nobody"},
        {"question": "", "email": "zoe@home.example"},
        {"question": "x" * 2001, "email": "zoe@home.example"},
        {"question": "Is it far?", "email": "zoe@home.example\nBcc: all@example.org"},
    ],
)
def test_bad_question_is_not_sent(cast: Cast, client: Client, bad: dict[str, str]) -> None:
    assert _post(client, _invite(cast), "question", **bad).status_code == 422
    assert not mail.outbox


def test_name_with_line_breaks_writes_no_mail_headers(leader: Client, circle: Group) -> None:
    form = {
        "name": "Mei\r\nBcc: all@example.org",
        "email": "mei@example.org",
        "role": "member",
        "text": "Come.",
    }
    leader.post(reverse("group_invite", args=[circle.pk]), form)
    assert all(letter.recipients() == ["mei@example.org"] for letter in mail.outbox)


def test_unknown_answer_changes_nothing(cast: Cast, client: Client) -> None:
    assert _post(client, _invite(cast), "x" * 100_000).status_code == 422
    assert Invitation.objects.get().answer == ""


def test_agreement_changed_meanwhile_is_shown_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    _post(client, _invite(cast), "gladly")
    operations.write_agreement(
        group=cast.circle, text="New.", by=cast.membership(cast.marta), read_number=1, at=timezone.now()
    )
    everybody_accepts(cast.circle, at=timezone.now())
    page = client.post(reverse("invitation_carried"), {"number": "1"}, follow=True)
    assert "The agreement changed while you were reading." in page.content.decode()
    assert not _belongs(cast.zoe, cast.circle)


def test_invited_leader_declares_before_joining(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    _post(client, _invite(cast, role="leader"), "gladly")
    assert _accept(client, cast.circle).status_code == 422
    _accept(client, cast.circle, credential="accredited", independent="no", told="I teach Anna.")
    place = cast.membership(cast.zoe)
    assert (place.is_leader, place.dependence_told) == (True, "I teach Anna.")
    proposal = queries.proposal_to_accept(cast.membership(cast.anna))
    assert proposal
    assert "I teach Anna." in proposal.text


def test_member_who_opens_a_link_stays_and_the_link_too(cast: Cast, client: Client) -> None:
    secret = _invite(cast)
    client.force_login(cast.anna)
    _post(client, secret, "gladly")
    page = _accept(client, cast.circle)
    assert "You belong to this group already." in page.content.decode()
    assert invitations.find(secret, at=timezone.now())


def test_address_of_a_member_is_not_invited_again(leader: Client, circle: Group) -> None:
    form = {"name": "Anna", "email": "ANNA@example.org", "role": "member", "text": "Come."}
    page = leader.post(reverse("group_invite", args=[circle.pk]), form)
    assert page.status_code == 422
    assert not mail.outbox


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"role": "owner"},
        {"role": ""},
        {"email": "not an address"},
        {"email": "x" * 400 + "@example.org"},
        {"text": "x" * 900_000},
    ],
)
def test_bad_invitation_is_not_written(leader: Client, circle: Group, bad: dict[str, str]) -> None:
    form = {"name": "Mei", "email": "mei@example.org", "role": "member", "text": "Come.", **bad}
    assert leader.post(reverse("group_invite", args=[circle.pk]), form).status_code == 422
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_full_circle_takes_nobody_more(cast: Cast) -> None:
    secret = _invite(cast)
    for number in range(invitations.MOST_PEOPLE - 5):
        Membership.objects.create(group=cast.circle, person=make_person(f"P{number}"))
    with pytest.raises(GroupFull):
        _invite(cast)
    found = invitations.find(secret, at=timezone.now())
    with pytest.raises(GroupFull):
        invitations.accept(invitation=found, person=cast.zoe, number=1, declaration=None, at=timezone.now())


def test_somebody_who_left_can_be_invited_again(cast: Cast, client: Client) -> None:
    operations.leave(membership=cast.membership(cast.anna), at=timezone.now())
    client.force_login(cast.anna)
    _post(client, _invite(cast), "gladly")
    _accept(client, cast.circle)
    assert _belongs(cast.anna, cast.circle)
    with pytest.raises(AlreadyHere):
        _invite(cast, email="anna@example.org")


def test_carried_invitation_is_a_404_for_those_who_carry_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    assert client.get(reverse("invitation_carried")).status_code == 404
    assert client.post(reverse("invitation_carried"), {"number": "1"}).status_code == 404


def test_link_never_travels_to_another_host(cast: Cast, client: Client) -> None:
    page = client.get(reverse("invitation", args=[_invite(cast)]))
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_no_log_line_holds_a_link(cast: Cast, client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    secret = _invite(cast)
    invitations.withdraw(invitation=Invitation.objects.get(), at=timezone.now())
    assert client.get(reverse("invitation", args=[secret])).status_code == 404
    assert client.post(reverse("invitation", args=[secret])).status_code == 404
    shown = capfd.readouterr()
    assert secret not in shown.out + shown.err


def test_spent_link_leads_whoever_joined_by_it_to_the_group(cast: Cast) -> None:
    secret = _invite(cast)
    Invitation.objects.update(used_at=timezone.now())
    anna, zoe = Client(), Client()
    anna.force_login(cast.anna)
    zoe.force_login(cast.zoe)
    assert anna.get(f"/join/{secret}/")["Location"] == f"/groups/{cast.circle.pk}/"
    assert zoe.get(f"/join/{secret}/").status_code == 404
    assert Client().get(f"/join/{secret}/").status_code == 404
