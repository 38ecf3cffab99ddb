"""An invitation opens one account, and only while it can still be accepted."""

from datetime import timedelta

import pytest
from allauth.core.context import request_context
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations
from enid.groups.models import Invitation
from enid.people.entering import OpenAccountForm
from enid.people.models import Letter, Person
from tests.cast import Cast
from tests.integration.people.test_signin import is_signed_in, last_code

pytestmark = pytest.mark.django_db
CLOSED = "has opened an account already, or it is no longer open"


@pytest.fixture(autouse=True)
def real_outbox(settings: object) -> None:
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"  # type: ignore[attr-defined]


@pytest.fixture
def secret(cast: Cast) -> str:
    invitee = invitations.Invitee("Nora", "", "member")
    return invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=timezone.now())[1]


def invited(secret: str) -> Client:
    """Return a browser in which somebody answered “gladly”."""
    client = Client()
    client.post(reverse("invitation", args=[secret]), {"answer": "gladly"})
    return client


def sign_up(client: Client, email: str) -> str:
    return client.post("/account/signup/", {"email": email}, follow=True).content.decode()


def confirm(client: Client, email: str) -> None:
    client.post("/account/signup/code/", {"code": last_code(email)})


def has_account(email: str) -> bool:
    return Person.objects.filter(email=email).exists()


def test_invitation_opens_an_account(secret: str) -> None:
    nora = invited(secret)
    sign_up(nora, "nora@example.org")
    confirm(nora, "nora@example.org")
    assert is_signed_in(nora)


def test_it_opens_no_second_one(secret: str) -> None:
    first, second = invited(secret), invited(secret)
    sign_up(first, "nora@example.org")
    confirm(first, "nora@example.org")
    assert CLOSED in sign_up(second, "nils@example.org")
    assert not has_account("nils@example.org")


def test_what_holds_when_the_account_is_made_counts_not_what_the_page_said(secret: str, cast: Cast) -> None:
    request = invited(secret).get("/account/signup/").wsgi_request
    form = OpenAccountForm({"email": "nils@example.org"})
    assert form.is_valid()
    Invitation.objects.update(account=cast.zoe)
    with request_context(request):
        person, page = form.try_save(request)
    assert (person, page.status_code) == (None, 403)
    assert CLOSED in page.content.decode()
    assert not has_account("nils@example.org")


@pytest.mark.parametrize(
    "end",
    [
        lambda: {"withdrawn_at": timezone.now()},
        lambda: {"used_at": timezone.now()},
        lambda: {"expires_at": timezone.now() - timedelta(minutes=1)},
    ],
    ids=["withdrawn", "used", "expired"],
)
def test_invitation_that_ended_opens_none(secret: str, end: object) -> None:
    nora = invited(secret)
    Invitation.objects.update(**end())  # type: ignore[operator]
    assert CLOSED in sign_up(nora, "nora@example.org")
    assert not has_account("nora@example.org")


def test_mistyped_address_does_not_use_the_invitation_up(secret: str) -> None:
    sign_up(invited(secret), "nroa@example.org")
    again = invited(secret)
    sign_up(again, "nora@example.org")
    confirm(again, "nora@example.org")
    assert is_signed_in(again)
    assert not has_account("nroa@example.org")


def test_codes_to_mistyped_addresses_are_limited(secret: str) -> None:
    for number in range(8):
        sign_up(invited(secret), f"stranger{number}@example.org")
    assert Letter.objects.filter(to__startswith="stranger").count() == 5


def test_address_with_an_account_is_answered_like_any_other(secret: str, cast: Cast) -> None:
    pages = []
    for email in (cast.anna.email, "nora@example.org"):
        page = invited(secret).post("/account/signup/", {"email": email}, follow=True)
        pages.append((page.status_code, page.request["PATH_INFO"]))
        assert CLOSED not in sign_up(invited(secret), cast.jonas.email)
    assert pages[0] == pages[1]


def test_mistyped_address_costs_the_invitation_nothing(secret: str) -> None:
    nora = invited(secret)
    sign_up(nora, "nroa@example.org")
    nora.post("/account/another-address/")
    assert not has_account("nroa@example.org")
    sign_up(nora, "nora@example.org")
    confirm(nora, "nora@example.org")
    assert is_signed_in(nora)
