"""Not with …, which only whoever wished learns of; and who assesses or manages whom, which both do."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from enid.groups import invitations, operations, own_data, relations
from enid.groups.errors import KeptApart, Oneself, TooManyNamed
from enid.groups.models import Group, Membership
from enid.groups.operations import Declaration
from enid.groups.relation_models import Relation, Wish
from enid.people.models import Person
from tests.cast import Cast

OVER, UNDER = Relation.Side.OVER, Relation.Side.UNDER
LINE = "For you alone: somebody you would rather not be placed with belongs to this group."
ASKED = "I still wish to join"


@pytest.fixture(autouse=True)
def server_sends_mail(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://mail.example.org:25"


def _wish(person: Person, about: Person) -> None:
    relations.wish(person=person, email=about.email.upper(), at=timezone.now())


def _declare(person: Person, about: Person, side: str) -> None:
    relations.declare(person=person, email=about.email, side=side, at=timezone.now())


def _invite(cast: Cast, role: str = "member") -> tuple[invitations.Invitation, str]:
    invitee = invitations.Invitee("Zoe", "", role)
    return invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=timezone.now())


def _join(cast: Cast, person: Person) -> Membership:
    made, _secret = _invite(cast)
    return invitations.accept(invitation=made, person=person, number=1, declaration=None, at=timezone.now())


def _carry(client: Client, cast: Cast, person: Person) -> str:
    _made, secret = _invite(cast)
    client.force_login(person)
    client.post(reverse("invitation", args=[secret]), {"answer": "gladly"})
    return client.get(reverse("invitation_carried")).content.decode()


def _belongs(person: Person, group: Group) -> bool:
    return group.memberships.filter(person=person, left_at=None).exists()


def _group_page(cast: Cast, person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("group", args=[cast.circle.pk])).content.decode()


def test_whoever_wished_is_asked_before_joining_and_joins_all_the_same(cast: Cast, client: Client) -> None:
    _wish(cast.zoe, cast.anna)
    assert ASKED in _carry(client, cast, cast.zoe)
    assert client.post(reverse("invitation_carried"), {"number": "1"}).status_code == 422
    assert not _belongs(cast.zoe, cast.circle)
    client.post(reverse("invitation_carried"), {"number": "1", "still": "on"})
    assert _belongs(cast.zoe, cast.circle)
    assert LINE not in _group_page(cast, cast.zoe)


def test_nobody_else_is_asked(cast: Cast, client: Client) -> None:
    _wish(cast.anna, cast.zoe)
    assert ASKED not in _carry(client, cast, cast.zoe)
    client.post(reverse("invitation_carried"), {"number": "1"})
    assert _belongs(cast.zoe, cast.circle)


def test_invitation_alone_tells_nobody(cast: Cast) -> None:
    _wish(cast.anna, cast.zoe)
    _invite(cast)
    assert LINE not in _group_page(cast, cast.anna)


def test_whoever_wished_learns_that_the_other_joined_and_nobody_else_does(cast: Cast) -> None:
    _wish(cast.anna, cast.zoe)
    mail.outbox.clear()
    _join(cast, cast.zoe)
    (letter,) = mail.outbox
    assert letter.recipients() == [cast.anna.email]
    assert "Zoe" not in letter.body
    shown = {person.name: LINE in _group_page(cast, person) for person in (cast.anna, cast.marta, cast.zoe)}
    assert shown == {"Anna": True, "Marta": False, "Zoe": False}


def test_whoever_wished_stays_and_is_asked_no_more(cast: Cast, client: Client) -> None:
    _wish(cast.anna, cast.zoe)
    _join(cast, cast.zoe)
    client.force_login(cast.anna)
    page = reverse("group_apart", args=[cast.circle.pk])
    assert "Nobody but you is told or asked." in client.get(page).content.decode()
    client.post(page)
    assert LINE not in _group_page(cast, cast.anna)


def test_naming_addresses_tells_an_invitee_nothing_of_who_belongs(cast: Cast, client: Client) -> None:
    _carry(client, cast, cast.zoe)
    for email in (cast.anna.email, "nobody@example.org"):
        client.post(reverse("me_apart"), {"do": "wish", "wish-email": email})
        said = {"do": "declare", "relation-email": email, "relation-side": "over"}
        client.post(reverse("me_apart"), said)
        assert ASKED not in client.get(reverse("invitation_carried")).content.decode()
    client.post(reverse("invitation_carried"), {"number": "1"})
    assert _belongs(cast.zoe, cast.circle)
    assert LINE in _group_page(cast, cast.zoe)


def test_twenty_addresses_a_day_are_named_by_both_forms_together(cast: Cast, client: Client) -> None:
    cache.clear()
    client.force_login(cast.zoe)
    for number in range(10):
        wished = {"do": "wish", "wish-email": f"p{number}@example.org"}
        declared = {"do": "declare", "relation-email": f"q{number}@example.org", "relation-side": "over"}
        for form in (wished, declared):
            assert client.post(reverse("me_apart"), form).status_code == 302
    page = client.post(reverse("me_apart"), {"do": "wish", "wish-email": "more@example.org"})
    assert page.status_code == 422
    assert "please come again tomorrow" in page.content.decode()
    assert Wish.objects.count() == 10
    cache.clear()


def test_only_an_address_that_was_shown_to_be_theirs_counts(cast: Cast, client: Client) -> None:
    EmailAddress.objects.create(user=cast.anna, email="elsewhere@example.org", verified=False)
    relations.wish(person=cast.zoe, email="elsewhere@example.org", at=timezone.now())
    assert ASKED not in _carry(client, cast, cast.zoe)


def test_wishes_stand_on_nobody_elses_page_or_export(cast: Cast, client: Client) -> None:
    _wish(cast.zoe, cast.anna)
    client.force_login(cast.zoe)
    assert "anna@example.org" in client.get(reverse("me_apart")).content.decode()
    client.force_login(cast.anna)
    assert "zoe@" not in client.get(reverse("me_apart")).content.decode()
    assert "anna@example.org" in json.dumps(own_data.collect(cast.zoe))
    assert "zoe@" not in json.dumps(own_data.collect(cast.anna))


def test_wish_of_another_is_not_taken_back(cast: Cast, client: Client) -> None:
    _wish(cast.zoe, cast.anna)
    client.force_login(cast.anna)
    for which in (str(Wish.objects.get().pk), "", "x", "9" * 5000):
        client.post(reverse("me_apart"), {"do": "take_back", "which": which})
    assert Wish.objects.count() == 1


@pytest.mark.parametrize("gone", ["zoe", "anna"])
def test_erasure_of_either_erases_wishes_and_relations(cast: Cast, gone: str) -> None:
    _wish(cast.zoe, cast.anna)
    _declare(cast.zoe, cast.anna, OVER)
    own_data.erase(getattr(cast, gone))
    assert not Wish.objects.exists()
    assert not Relation.objects.exists()


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("Zoe@example.org", "This address is your own."), ("no address", "valid email"), ("", "required")],
)
def test_unusable_address_is_refused_in_a_sentence(
    cast: Cast, client: Client, email: str, sentence: str
) -> None:
    client.force_login(cast.zoe)
    page = client.post(reverse("me_apart"), {"do": "wish", "wish-email": email})
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_address_of_nobody_is_taken_like_any_other(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    for email in ("anna@example.org", "nobody@example.org"):
        assert client.post(reverse("me_apart"), {"do": "wish", "wish-email": email}).status_code == 302
    assert Wish.objects.count() == 2


def test_twenty_people_are_enough(cast: Cast) -> None:
    for number in range(20):
        relations.wish(person=cast.zoe, email=f"p{number}@example.org", at=timezone.now())
    with pytest.raises(TooManyNamed):
        relations.wish(person=cast.zoe, email="more@example.org", at=timezone.now())
    with pytest.raises(Oneself):
        _wish(cast.zoe, cast.zoe)


def test_relation_is_shown_to_both_and_only_whoever_declared_it_ends_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.zoe)
    said = {"do": "declare", "relation-email": "anna@example.org", "relation-side": "over"}
    client.post(reverse("me_apart"), said)
    client.force_login(cast.jonas)
    client.post(reverse("me_apart"), {"do": "end", "which": str(Relation.objects.get().pk)})
    assert "assess, appoint or manage you" not in client.get(reverse("me_apart")).content.decode()
    client.force_login(cast.anna)
    assert "says: I assess, appoint or manage you" in client.get(reverse("me_apart")).content.decode()
    client.post(reverse("me_apart"), {"do": "end", "which": str(Relation.objects.get().pk)})
    assert Relation.objects.exists()
    client.force_login(cast.zoe)
    client.post(reverse("me_apart"), {"do": "end", "which": str(Relation.objects.get().pk)})
    assert not Relation.objects.exists()


def test_contested_relation_holds_and_whoever_declared_it_is_asked_once(cast: Cast, client: Client) -> None:
    _declare(cast.anna, cast.zoe, UNDER)
    which = str(Relation.objects.get().pk)
    for person in (cast.jonas, cast.zoe, cast.zoe):
        client.force_login(person)
        client.post(reverse("me_apart"), {"do": "contest", "which": which})
    (letter,) = mail.outbox
    assert letter.recipients() == [cast.anna.email]
    assert "Zoe" not in f"{letter.subject} {letter.body}"
    assert "You said that this is not so." in client.get(reverse("me_apart")).content.decode()
    client.force_login(cast.anna)
    assert "They say that this is not so." in client.get(reverse("me_apart")).content.decode()
    with pytest.raises(KeptApart):
        _join(cast, cast.zoe)


def test_where_no_mail_leaves_nothing_waits_that_tells_who_wished(cast: Cast, settings: Settings) -> None:
    settings.SMTP_URL = ""
    _wish(cast.anna, cast.zoe)
    mail.outbox.clear()
    _join(cast, cast.zoe)
    assert mail.outbox == []
    assert LINE in _group_page(cast, cast.anna)


@pytest.mark.parametrize("side", [OVER, UNDER])
@pytest.mark.parametrize("declared_by", ["who joins", "who is there"])
def test_those_who_assess_or_manage_one_another_are_kept_apart(
    cast: Cast, side: str, declared_by: str
) -> None:
    pair = (cast.zoe, cast.anna) if declared_by == "who joins" else (cast.anna, cast.zoe)
    _declare(*pair, side)
    with pytest.raises(KeptApart):
        _join(cast, cast.zoe)
    Relation.objects.all().delete()
    assert _join(cast, cast.zoe)


def test_whoever_is_kept_apart_reads_why_and_keeps_the_invitation(cast: Cast, client: Client) -> None:
    _declare(cast.zoe, cast.anna, UNDER)
    _carry(client, cast, cast.zoe)
    page = client.post(reverse("invitation_carried"), {"number": "1"}, follow=True).content.decode()
    assert "Such people are kept apart." in page
    assert "I accept this agreement and join" in page


def _apart_page(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("me_apart")).content.decode()


def test_two_who_share_a_group_already_both_read_so_and_stay(cast: Cast) -> None:
    _declare(cast.anna, cast.jonas, UNDER)
    for person in (cast.anna, cast.jonas):
        page = _apart_page(person)
        assert "You both belong to “Tuesday circle”." in page
        assert reverse("group_leave", args=[cast.circle.pk]) in page
        assert _belongs(person, cast.circle)
    operations.leave(membership=cast.membership(cast.jonas), at=timezone.now())
    assert "You both belong" not in _apart_page(cast.anna)


def test_page_names_no_group_of_only_one_of_them(cast: Cast) -> None:
    _declare(cast.zoe, cast.anna, OVER)
    assert "Tuesday circle" not in _apart_page(cast.zoe) + _apart_page(cast.anna)


def test_group_that_was_told_is_not_named_as_shared(cast: Cast) -> None:
    _declare(cast.ruth, cast.anna, OVER)
    assert "You both belong" in _apart_page(cast.anna)
    said = Declaration("", independent=False, told="I head Anna’s practice.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    assert "You both belong" not in _apart_page(cast.anna)


def test_leader_who_told_the_group_is_not_kept_apart(cast: Cast) -> None:
    _declare(cast.zoe, cast.ruth, UNDER)
    said = Declaration("", independent=False, told="I head Zoe’s clinic.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    assert _join(cast, cast.zoe)


def test_leader_who_joins_and_tells_the_group_is_not_kept_apart(cast: Cast) -> None:
    _declare(cast.zoe, cast.anna, OVER)
    made, _secret = _invite(cast, role="leader")
    silent = Declaration("", independent=True)
    with pytest.raises(KeptApart):
        invitations.accept(invitation=made, person=cast.zoe, number=1, declaration=silent, at=timezone.now())
    told = Declaration("", independent=False, told="I head Anna’s practice.")
    place = invitations.accept(
        invitation=made, person=cast.zoe, number=1, declaration=told, at=timezone.now()
    )
    assert place.is_leader
