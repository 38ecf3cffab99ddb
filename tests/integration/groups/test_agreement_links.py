"""The link in a mail that asks for a new version: read by anyone who has it, accepted once, and then it is spent."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.core.links import hash_of
from enid.groups import operations, queries
from enid.groups.models import AgreementLink
from tests.cast import Cast
from tests.together import everybody_accepts


@pytest.fixture
def link(cast: Cast) -> str:
    """Return the path in the mail by which Anna is asked for a new version."""
    operations.write_agreement(
        group=cast.circle,
        text="We meet on Tuesdays.",
        by=cast.membership(cast.marta),
        read_number=1,
        at=timezone.now(),
    )
    (letter,) = [each for each in mail.outbox if each.to == [cast.anna.email]]
    found = re.search(r"https?://[^/]+(/agree/\S+)", str(letter.body))
    assert found
    return found[1]


def _accepted(cast: Cast) -> bool:
    return queries.proposal_to_accept(cast.membership(cast.anna)) is None


def test_everybody_but_the_proposer_gets_one_mail(cast: Cast, link: str) -> None:
    receivers = sorted(letter.to[0] for letter in mail.outbox)
    assert receivers == sorted(each.email for each in (cast.ruth, cast.anna, cast.jonas, cast.priya))


def test_reading_by_the_link_accepts_nothing(cast: Cast, link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    assert "We meet on Tuesdays." in page
    assert "What is said here stays here." in page
    assert not _accepted(cast)


def test_press_accepts_without_signing_in(cast: Cast, link: str, client: Client) -> None:
    assert "It holds once everybody has accepted it." in client.post(link).content.decode()
    assert _accepted(cast)
    assert "_auth_user_id" not in client.session


def test_last_one_who_accepts_reads_that_it_holds(cast: Cast, link: str, client: Client) -> None:
    for person in (cast.ruth, cast.jonas, cast.priya):
        operations.accept_agreement(membership=cast.membership(person), number=2, at=timezone.now())
    assert "it holds from now on" in client.post(link).content.decode()
    assert queries.present_agreement(cast.circle).number == 2


def test_link_works_once(cast: Cast, link: str, client: Client) -> None:
    client.post(link)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 404
        assert "This link opens nothing" in answer.content.decode()
        assert cast.circle.name not in answer.content.decode()


def test_forged_link_opens_nothing(cast: Cast, link: str, client: Client) -> None:
    for forged in (f"{link[:-2]}x/", reverse("agreement_link", args=["x" * 32]), link.upper()):
        assert client.post(forged).status_code == 404
    assert not _accepted(cast)


def test_link_runs_out(cast: Cast, link: str, client: Client) -> None:
    AgreementLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == client.post(link).status_code == 404
    assert not _accepted(cast)


def test_link_opens_nothing_once_another_version_is_proposed(cast: Cast, link: str, client: Client) -> None:
    operations.write_agreement(
        group=cast.circle, text="Mondays.", by=cast.membership(cast.ruth), read_number=2, at=timezone.now()
    )
    assert client.post(link).status_code == 404
    assert not _accepted(cast)


def test_link_opens_nothing_once_the_version_holds_or_the_member_has_left(
    cast: Cast, link: str, client: Client
) -> None:
    operations.leave(membership=cast.membership(cast.anna), at=timezone.now())
    assert client.get(link).status_code == 404
    everybody_accepts(cast.circle, at=timezone.now())
    assert client.get(link).status_code == 404


def test_only_a_hash_of_the_secret_is_kept(link: str) -> None:
    secret = link.strip("/").split("/")[-1]
    assert AgreementLink.objects.filter(secret_hash=hash_of(secret)).count() == 1


def test_mail_is_in_the_members_language(cast: Cast) -> None:
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(language="de")
    operations.write_agreement(
        group=cast.circle, text="Neu.", by=cast.membership(cast.marta), read_number=1, at=timezone.now()
    )
    (letter,) = [each for each in mail.outbox if each.to == [cast.anna.email]]
    assert "Vereinbarung" in letter.subject
