"""A code that did not come: sent again, or to another address, and the way to the invitation is kept."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from enid.people.models import Letter, Person
from tests.cast import Cast
from tests.integration.people.test_signin import is_signed_in, last_code

pytestmark = pytest.mark.django_db
GOING = "/join/carried/"


@pytest.fixture
def newcomer(client: Client, settings: Any) -> Client:
    """Return a browser that may open an account, waiting for the code of a mistyped address."""
    settings.SIGNUP = "open"
    client.post("/account/signup/", {"email": "lena@exmaple.org", "next": GOING})
    return client


def letters(to: str) -> int:
    return Letter.objects.filter(to=to).count()


def test_a_code_to_sign_in_with_is_sent_again_and_replaces_the_one_before(client: Client, cast: Cast) -> None:
    anna = cast.anna.email
    client.post("/account/login/", {"email": anna, "next": GOING})
    first = last_code(anna)
    answer = client.post("/account/login/", {"email": anna, "next": GOING, "again": "yes"})
    assert "A new code takes the place" in client.get(answer.url).content.decode()
    client.post("/account/login/code/", {"code": first, "next": GOING})
    assert not is_signed_in(client)
    answer = client.post("/account/login/code/", {"code": last_code(anna), "next": GOING})
    assert answer.url == GOING
    assert is_signed_in(client)


def test_beyond_the_limit_the_newest_code_still_holds(client: Client, cast: Cast) -> None:
    anna = cast.anna.email
    client.post("/account/login/", {"email": anna, "next": GOING})
    for _press in range(6):
        page = client.post("/account/login/", {"email": anna, "next": GOING, "again": "yes"}, follow=True)
    assert "No further code was sent" in page.content.decode()
    assert letters(anna) == 4
    client.post("/account/login/code/", {"code": last_code(anna)})
    assert is_signed_in(client)


def test_sending_again_tells_nobody_whether_an_account_exists(cast: Cast) -> None:
    pages = []
    for email in (cast.anna.email, "nobody@example.org"):
        client = Client()
        client.post("/account/login/", {"email": email})
        page = client.post("/account/login/", {"email": email, "again": "yes"}, follow=True).content.decode()
        pages.append(re.sub(r"csrfmiddlewaretoken[^>]*>|nonce-\S+", "", page).replace(email, ""))
    assert pages[0] == pages[1]
    assert letters("nobody@example.org") == 0


def test_another_address_to_sign_in_with_is_asked_for_and_the_way_is_kept(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": "anna@exmaple.org", "next": GOING})
    answer = client.post("/account/another-address/")
    assert answer.url == "/account/login/?next=%2Fjoin%2Fcarried%2F"
    assert client.get(answer.url).status_code == 200


def test_a_newcomers_code_is_sent_again(newcomer: Client) -> None:
    first = last_code("lena@exmaple.org")
    cache.clear()  # the ten seconds between two letters are over
    page = newcomer.post("/account/signup/code/", {"action": "resend"}, follow=True)
    assert "A new code takes the place" in page.content.decode()
    newcomer.post("/account/signup/code/", {"code": first})
    assert not is_signed_in(newcomer)
    newcomer.post("/account/signup/code/", {"code": last_code("lena@exmaple.org")})
    assert is_signed_in(newcomer)


def test_a_newcomer_who_presses_at_once_keeps_the_code_they_have(newcomer: Client) -> None:
    page = newcomer.post("/account/signup/code/", {"action": "resend"}, follow=True)
    assert "No further code was sent" in page.content.decode()
    assert letters("lena@exmaple.org") == 1
    newcomer.post("/account/signup/code/", {"code": last_code("lena@exmaple.org")})
    assert is_signed_in(newcomer)


def test_a_newcomers_code_is_sent_again_three_times_at_most(newcomer: Client) -> None:
    for _press in range(5):
        cache.clear()
        page = newcomer.post("/account/signup/code/", {"action": "resend"}, follow=True)
    assert "No further code was sent" in page.content.decode()
    assert "Send it again" not in newcomer.get("/account/signup/code/").content.decode()
    assert letters("lena@exmaple.org") == 4


def test_a_newcomer_takes_another_address_and_reaches_the_invitation(newcomer: Client) -> None:
    answer = newcomer.post("/account/another-address/")
    assert not Person.objects.exists()
    assert 'value="/join/carried/"' in newcomer.get(answer.url).content.decode()
    newcomer.post("/account/signup/", {"email": "lena@example.org", "next": GOING})
    answer = newcomer.post("/account/signup/code/", {"code": last_code("lena@example.org")})
    assert answer.url.endswith("next=%2Fjoin%2Fcarried%2F")
    assert is_signed_in(newcomer)


def test_another_address_ends_no_account_that_is_in_use(newcomer: Client, cast: Cast) -> None:
    newcomer.post("/account/another-address/")
    cache.clear()
    newcomer.post("/account/signup/", {"email": cast.anna.email, "next": GOING})
    answer = newcomer.post("/account/another-address/")
    assert answer.url == "/account/signup/?next=%2Fjoin%2Fcarried%2F"
    assert Person.objects.filter(pk=cast.anna.pk).exists()


def test_opening_an_account_tells_nobody_whether_there_is_one(cast: Cast, settings: object) -> None:
    settings.SIGNUP = "open"  # type: ignore[attr-defined]
    pages = []
    for email in (cast.anna.email, "nobody@example.org"):
        client = Client()
        page = client.post("/account/signup/", {"email": email}, follow=True)
        assert page.request["PATH_INFO"] == "/account/signup/code/"
        text = page.content.decode() + client.post("/account/another-address/").url
        pages.append(re.sub(r"csrfmiddlewaretoken[^>]*>|nonce-\S+", "", text).replace(email, ""))
    assert pages[0] == pages[1]
    assert "There is one already" in Letter.objects.get(to=cast.anna.email).body


def test_after_four_wrong_codes_the_way_is_kept(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email, "next": GOING})
    for _try in range(4):
        answer = client.post("/account/login/code/", {"code": "WRONG1"})
    assert answer.url == "/account/login/?next=%2Fjoin%2Fcarried%2F"


def test_the_way_never_leads_to_another_host(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email, "next": "https://elsewhere.example/"})
    assert client.post("/account/another-address/").url == "/account/login/"


def test_changing_ones_mind_about_a_new_address_keeps_the_old_one(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    client.post("/account/login/code/", {"code": last_code(cast.anna.email)})
    client.post("/me/address/", {"email": "anna@new.example", "action_add": "1"})
    assert client.get("/account/signup/code/").status_code == 200
    assert client.post("/account/another-address/").url == "/me/address/"
    assert is_signed_in(client)
    assert Person.objects.get(pk=cast.anna.pk).email == cast.anna.email
