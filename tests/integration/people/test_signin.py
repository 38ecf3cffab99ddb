"""Signing in by a code, opening an account, confirming that it is you."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from enid.core.links import hash_of
from enid.people import operations
from enid.people.models import Letter, OneTimeLink, Person
from tests.cast import Cast, make_person

pytestmark = pytest.mark.django_db


def last_code(to: str) -> str:
    """Return the code in the last letter to an address."""
    found = re.search(r"code is (\S+)\.", Letter.objects.filter(to=to).latest("pk").body)
    assert found
    return found[1]


def sign_in(client: Client, email: str) -> None:
    client.post("/account/login/", {"email": email})
    client.post("/account/login/code/", {"code": last_code(email)})


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_code_by_mail_signs_in(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    assert is_signed_in(client)


def test_a_signed_in_browser_stays_so_for_sixty_days_and_a_visitors_session_ends_in_one(
    client: Client, cast: Cast
) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    assert client.session.get_expiry_age() == 60 * 60 * 24
    client.post("/account/login/code/", {"code": last_code(cast.anna.email)})
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 60


def test_capitals_in_an_address_do_not_matter(client: Client) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    Client().post(path, {"email": "Ada@Example.ORG", "display_name": "Ada"})
    client.post("/account/login/", {"email": "ADA@example.org"})
    client.post("/account/login/code/", {"code": last_code("ada@example.org")})
    assert is_signed_in(client)


def test_a_wrong_code_does_not(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    client.post("/account/login/code/", {"code": "WRONG1"})
    assert not is_signed_in(client)


def test_after_four_wrong_codes_the_right_one_is_too_late(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    code = last_code(cast.anna.email)
    for _try in range(4):
        client.post("/account/login/code/", {"code": "WRONG1"})
    client.post("/account/login/code/", {"code": code})
    assert not is_signed_in(client)


def test_unknown_address_is_answered_like_a_known_one(cast: Cast) -> None:
    answers = []
    for email in (cast.anna.email, "nobody@example.org"):
        client = Client()
        page = client.post("/account/login/", {"email": email}, follow=True)
        text = re.sub(r"csrfmiddlewaretoken[^>]*>|nonce-\S+", "", page.content.decode()).replace(email, "")
        answers.append((page.status_code, page.request["PATH_INFO"], text))
    assert answers[0] == answers[1]
    assert Letter.objects.filter(to="nobody@example.org").count() == 0


def test_codes_to_one_address_from_one_network_are_limited(cast: Cast) -> None:
    for number in range(8):
        stranger = Client(REMOTE_ADDR=f"198.51.100.{number}")
        page = stranger.post("/account/login/", {"email": cast.anna.email}, follow=True)
    assert Letter.objects.filter(to=cast.anna.email).count() == 4
    assert "Several codes are on their way already." in page.content.decode()


def test_a_stranger_who_asks_for_codes_keeps_no_member_out(client: Client, cast: Cast) -> None:
    for number in range(8):
        Client(REMOTE_ADDR=f"2001:db8:7:{number}::1").post("/account/login/", {"email": cast.anna.email})
    sign_in(client, cast.anna.email)
    assert is_signed_in(client)


def test_codes_asked_from_one_network_are_limited_for_all_addresses_together(cast: Cast) -> None:
    for number in range(61):
        asking = Client(REMOTE_ADDR=f"198.51.100.{number}")
        asking.post("/account/login/", {"email": f"nobody{number}@example.org"})
    asking.post("/account/login/", {"email": cast.anna.email})
    assert not Letter.objects.exists()
    Client(REMOTE_ADDR="203.0.113.9").post("/account/login/", {"email": cast.anna.email})
    assert Letter.objects.get().to == cast.anna.email


def test_a_code_asked_again_while_one_lives_sends_nothing_and_says_the_same(
    client: Client, cast: Cast
) -> None:
    pages = [
        client.post("/account/login/", {"email": email}, follow=True).content.decode()
        for email in (cast.anna.email, cast.anna.email.upper())
    ]
    assert Letter.objects.count() == 1
    assert all(f"the address {cast.anna.email}, a code is on its way" in page for page in pages)
    client.post("/account/login/code/", {"code": last_code(cast.anna.email)})
    assert is_signed_in(client)


def test_whoever_mistyped_their_address_can_give_another_one(client: Client, cast: Cast) -> None:
    page = client.post("/account/login/", {"email": "anan@example.org"}, follow=True).content.decode()
    other = re.search(r'action="([^"]+)">.*Use another address', page)[1]  # type: ignore[index]
    assert 'name="email"' in client.post(other, follow=True).content.decode()
    sign_in(client, cast.anna.email)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "/account/password/change/",
        "/account/password/reset/",
        "/account/password/set/",
        "/account/email/",
        "/accounts/login/",
        "/admin/",
    ],
)
def test_there_is_no_password_page(client: Client, path: str, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert client.get(path).status_code == 404


def test_strangers_cannot_open_an_account(client: Client) -> None:
    assert "By invitation" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", {"email": "new@example.org"})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_open_server_lets_accounts_be_opened(client: Client, settings: object) -> None:
    settings.SIGNUP = "open"  # type: ignore[attr-defined]
    client.post("/account/signup/", {"email": "new@example.org"})
    client.post("/account/signup/code/", {"code": last_code("new@example.org")})
    assert is_signed_in(client)


GUARDED = ["/me/address/", "/me/passkeys/add/", "/me/export/", "/me/erase/", "/help-back/"]


@pytest.mark.parametrize("path", GUARDED)
def test_what_matters_asks_again_who_it_is(path: str, client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)  # signed in, but without a code or passkey of the last ten minutes
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/me/confirm/?next=")


def test_a_fresh_code_opens_what_matters(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    client.post("/me/confirm/", {"send": "1", "next": "/me/export/"})
    answer = client.post("/me/confirm/", {"code": last_code(cast.anna.email), "next": "/me/export/"})
    assert answer["Location"] == "/me/export/"
    assert client.get("/me/export/").status_code == 200


def test_a_wrong_code_opens_nothing_and_four_end_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    client.post("/me/confirm/", {"send": "1"})
    code = last_code(cast.anna.email)
    for _try in range(4):
        client.post("/me/confirm/", {"code": "BCDF-GHJK"})
    client.post("/me/confirm/", {"code": code})
    assert client.get("/me/export/").status_code == 302


def test_a_sign_in_is_fresh_for_ten_minutes(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    assert client.get("/me/export/").status_code == 200
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 601
    session.save()
    assert client.get("/me/export/").status_code == 302


def test_confirming_leads_to_no_other_host(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    client.post("/me/confirm/", {"send": "1"})
    answer = client.post(
        "/me/confirm/", {"code": last_code(cast.anna.email), "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/me/"


def test_a_new_address_is_used_once_its_code_was_typed_and_the_old_one_is_told(
    client: Client, cast: Cast
) -> None:
    sign_in(client, cast.anna.email)
    client.post("/me/address/", {"email": "anna@new.example", "action_add": ""})
    cast.anna.refresh_from_db()
    assert cast.anna.email == "anna@example.org"
    client.post("/account/signup/code/", {"code": last_code("anna@new.example")})
    cast.anna.refresh_from_db()
    assert cast.anna.email == "anna@new.example"
    assert "anna@new.example" in Letter.objects.filter(to="anna@example.org").latest("pk").body


def test_the_first_administrators_link_works_once(client: Client) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    assert client.get(path).status_code == 200
    client.post(path, {"email": "ada@example.org", "display_name": "Ada"})
    assert is_signed_in(client)
    assert Person.objects.get().is_administrator
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"email": "eve@example.org", "display_name": "Eve"}).status_code == 404
    assert Person.objects.count() == 1


def test_links_run_out(client: Client) -> None:
    path = operations.first_administrator_link(at=timezone.now() - timedelta(days=2))
    assert client.get(path).status_code == 404


def test_links_are_kept_as_hashes_only(db: None) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    secret = path.strip("/").split("/")[1]
    assert OneTimeLink.objects.get().secret_hash == hash_of(secret)
    assert secret not in str(OneTimeLink.objects.values())


def test_a_lost_address_has_a_way_back(client: Client, cast: Cast) -> None:
    ada = make_person("Ada", is_administrator=True)
    sign_in(client, ada.email)
    page = client.post("/help-back/", {"email": cast.anna.email}).content.decode()
    path = re.search(r"/recovery/[^/]+/", page)[0]  # type: ignore[index]
    anna = Client()
    assert anna.get(path).status_code == 200
    assert not is_signed_in(anna)  # a mail scanner that opens the link changes nothing
    assert anna.post(path)["Location"] == "/me/address/"
    assert anna.get("/me/address/").status_code == 200
    assert Client().post(path).status_code == 404
    assert anna.get("/me/sessions/").content.decode().count("/end/") == 2
    anna.post("/me/sessions/end/")
    assert not is_signed_in(anna)


def test_the_address_said_to_be_lost_is_told_who_came_in(
    client: Client, cast: Cast, settings: object
) -> None:
    settings.CONTACT = "help@example.org"  # type: ignore[attr-defined]
    Person.objects.filter(pk=cast.anna.pk).update(language="de")
    client.post(operations.recovery_link(person=cast.anna, at=timezone.now()))
    told = Letter.objects.get(to=cast.anna.email)
    assert "help@example.org" in told.body
    assert "angemeldet" in told.body


def test_an_address_that_has_an_account_cannot_be_taken(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    client.post("/me/address/", {"email": "JONAS@example.org", "action_add": ""})
    code = last_code("jonas@example.org")
    client.post("/account/signup/code/", {"code": code})
    cast.anna.refresh_from_db()
    assert cast.anna.email == "anna@example.org"
    sign_in(jonas := Client(), "jonas@example.org")
    assert "jonas@example.org" in jonas.get("/me/").content.decode()


def test_a_browser_that_no_list_knows_is_signed_out_too(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    UserSession.objects.all().delete()
    operations.sign_out_everywhere(person=Person.objects.get(pk=cast.anna.pk), at=timezone.now())
    assert not is_signed_in(client)


def test_only_administrators_help_back(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    assert client.get("/help-back/").status_code == 404


def test_sessions_are_listed_and_ended_one_by_one_or_all(cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, cast.anna.email)
        browser.get("/me/")
    page = here.get("/me/sessions/").content.decode()
    assert page.count("/end/") == 3
    _this, other = re.findall(r"/me/sessions/(\d+)/end/", page)
    here.post(f"/me/sessions/{other}/end/")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    here.post("/me/sessions/end/")
    assert not is_signed_in(here)
    cast.anna.refresh_from_db()
    assert cast.anna.tickets_from is not None


def test_nobody_ends_somebody_elses_session(cast: Cast) -> None:
    anna, zoe = Client(), Client()
    sign_in(anna, cast.anna.email)
    anna.get("/me/")
    pk = re.search(r"/me/sessions/(\d+)/end/", anna.get("/me/sessions/").content.decode())[1]  # type: ignore[index]
    zoe.force_login(cast.zoe)
    zoe.post(f"/me/sessions/{pk}/end/")
    assert is_signed_in(anna)


def test_signing_out_voids_room_tickets(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    client.post("/account/logout/")
    cast.anna.refresh_from_db()
    assert cast.anna.tickets_from is not None


def test_pages_of_somebody_are_kept_by_no_browser(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert client.get("/me/")["Cache-Control"] == "no-store, private"
    assert client.get("/")["Cache-Control"] == "no-store, private"
