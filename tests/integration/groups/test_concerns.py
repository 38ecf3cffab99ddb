"""The way past the leaders, and the equal alternative of a group to which members have to come."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from enid.groups import invitations, operations, queries
from enid.groups.agreement import default_text
from enid.groups.models import Group
from enid.groups.operations import Declaration
from enid.people.models import Letter
from tests.cast import Cast
from tests.integration.groups.test_settings import GOOD
from tests.together import everybody_accepts

SAID = {"text": "I do not feel safe here.", "named": "no"}


@pytest.fixture
def named(cast: Cast, settings: Settings) -> Iterator[Cast]:
    """Return the cast as their group has named the ombudswoman, on a server that sends mail."""
    settings.SMTP_URL = "smtp://mail.example.org:25"
    Group.objects.update(concerns_to="the ombudswoman", concerns_email="ombuds@example.org")
    cache.clear()
    yield cast
    cache.clear()


def _write(client: Client, cast: Cast, **changed: str) -> str:
    page = client.post(reverse("group_concern", args=[cast.circle.pk]), {**SAID, **changed})
    return page.content.decode()


def test_message_goes_to_whom_the_agreement_names_and_to_no_leader(named: Cast, client: Client) -> None:
    client.force_login(named.anna)
    assert "on its way" in _write(client, named)
    (letter,) = mail.outbox
    assert letter.recipients() == ["ombuds@example.org"]
    assert "I do not feel safe here." in letter.body
    assert "Anna" not in f"{letter.body} {letter.reply_to} {letter.from_email}"


def test_letter_tells_nothing_of_its_sender_by_its_language_or_subject(named: Cast, client: Client) -> None:
    named.anna.language = "de"
    named.anna.save()
    client.force_login(named.anna)
    client.post(reverse("group_concern", args=[named.circle.pk]), SAID, headers={"accept-language": "de"})
    (letter,) = mail.outbox
    assert "writes to you past its leaders" in letter.body
    assert "did not give a name" in letter.body
    assert letter.subject == "About your Balint group"


def test_name_goes_with_it_only_as_the_member_wishes(named: Cast, client: Client) -> None:
    client.force_login(named.anna)
    _write(client, named, named="yes")
    (letter,) = mail.outbox
    assert "From Anna; please answer to anna@example.org." in letter.body
    assert letter.reply_to == []  # the head of a letter is kept a week, its text is not


def test_nothing_of_it_is_kept_but_the_letter_on_its_way(
    named: Cast, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"
    client.force_login(named.anna)
    _write(client, named, named="yes")
    Letter.objects.update(body="")  # as sending leaves it
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_letter")
        left = str(cursor.fetchall())
    assert "ombuds@example.org" in left
    assert "anna" not in left.lower()
    assert "safe" not in left


@pytest.mark.parametrize("bad", [{"text": ""}, {"text": "x" * 4001}, {"named": ""}, {"named": "perhaps"}])
def test_unusable_message_is_not_sent_and_stays(named: Cast, client: Client, bad: dict[str, str]) -> None:
    client.force_login(named.anna)
    page = _write(client, named, **bad)
    assert mail.outbox == []
    assert bad.get("text", "I do not feel safe here.")[:100] in page


def test_flood_is_stopped_and_what_was_written_stays(named: Cast, client: Client) -> None:
    client.force_login(named.anna)
    pages = [_write(client, named) for _ in range(6)]
    assert len(mail.outbox) == 5
    assert "I do not feel safe here." in pages[-1]


def test_no_message_waits_here_where_no_mail_leaves(named: Cast, client: Client, settings: Settings) -> None:
    settings.SMTP_URL = ""
    client.force_login(named.anna)
    assert "Please write to ombuds@example.org from your own mail program." in _write(client, named)
    assert mail.outbox == []


def test_address_that_a_leader_has_meanwhile_is_no_way_past_them(named: Cast, client: Client) -> None:
    EmailAddress.objects.create(user=named.ruth, email="Ombuds@example.org", verified=True)
    client.force_login(named.anna)
    assert "no e-mail address that leads past its leaders" in _write(client, named)
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["ruth@example.org", "Marta@Example.org"])
def test_address_of_a_leader_is_refused(cast: Cast, client: Client, email: str) -> None:
    client.force_login(cast.marta)
    form = {**GOOD, "concerns_email": email}
    page = client.post(reverse("group_settings", args=[cast.circle.pk]), form)
    assert page.status_code == 422
    assert "somebody who leads here" in page.content.decode()


def test_compulsory_group_names_an_equal_alternative(cast: Cast, client: Client) -> None:
    client.force_login(cast.marta)
    address = reverse("group_settings", args=[cast.circle.pk])
    assert client.post(address, {**GOOD, "compulsory": "on"}).status_code == 422
    client.post(address, {**GOOD, "compulsory": "on", "alternative": "a seminar of the same hours"})
    everybody_accepts(cast.circle, at=timezone.now())
    assert "may instead: a seminar of the same hours. No reason" in _text(cast)
    client.post(address, GOOD)
    everybody_accepts(cast.circle, at=timezone.now())
    assert "seminar" not in _text(cast)
    assert "\n\n\n" not in _text(cast)


def _text(cast: Cast) -> str:
    return queries.present_agreement(Group.objects.get(pk=cast.circle.pk)).text


def test_agreement_names_the_alternative_from_the_start(circle: Group) -> None:
    assert "No reason is asked" not in default_text(circle)
    circle.compulsory, circle.alternative = True, "a seminar."
    assert "may instead: a seminar. No reason is asked." in default_text(circle)


def _invited(cast: Cast) -> str:
    invitee = invitations.Invitee("Zoe", "", "member")
    at = timezone.now()
    return invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=at)[1]


def test_invited_person_reads_the_alternative_before_they_accept(cast: Cast, client: Client) -> None:
    Group.objects.update(compulsory=True, alternative="a seminar of the same hours")
    secret = _invited(cast)
    client.force_login(cast.zoe)
    letter = client.get(reverse("invitation", args=[secret])).content.decode()
    client.post(reverse("invitation", args=[secret]), {"answer": "gladly"})
    before = client.get(reverse("invitation_carried")).content.decode()
    for page in (letter, before):
        assert "a seminar of the same hours. You choose, and no reason is asked." in page


def test_invited_person_reads_what_leaders_say_of_themselves_today(cast: Cast, client: Client) -> None:
    secret = _invited(cast)
    before = client.get(reverse("invitation", args=[secret])).content.decode()
    said = Declaration("", independent=False, told="I now head Anna’s practice.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    after = client.get(reverse("invitation", args=[secret])).content.decode()
    assert before.count("does not assess, appoint or manage anyone here") == 2
    assert after.count("does not assess, appoint or manage anyone here") == 1
    assert "I now head Anna’s practice." in after
