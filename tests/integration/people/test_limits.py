"""Whatever lets somebody in can be tried a few times only, counted for all processes together."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.utils import timezone
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from enid.people import operations
from tests.cast import Cast
from tests.integration.people.device import Device
from tests.integration.people.test_passkeys import add
from tests.integration.people.test_signin import is_signed_in, last_code, sign_in

pytestmark = pytest.mark.django_db

SLOWER = "A little slower"


def tries(do: Callable[[], int], most: int = 40) -> int:
    """Return how many tries are answered before one is refused."""
    for done in range(most):
        if do() == 429:
            return done
    return most


def wrong_code(client: Client, path: str) -> int:
    return client.post(path, {"code": "WRONG1"}).status_code


def test_counts_are_kept_where_every_process_sees_them() -> None:
    assert isinstance(caches["default"], DatabaseCache)


def test_codes_typed_in_one_browser_are_limited(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    assert tries(lambda: wrong_code(client, "/account/login/code/")) == 12
    assert SLOWER in client.post("/account/login/code/", {"code": "WRONG1"}).content.decode()


def test_tries_sent_at_the_same_moment_count_too(client: Client, cast: Cast) -> None:
    """Each try brings the session as it was before the first one, as if all were read at once."""
    client.post("/account/login/", {"email": cast.anna.email})
    before = dict(client.session.items())

    def at_the_same_moment() -> int:
        session = client.session
        session.update(before)
        session.save()
        return wrong_code(client, "/account/login/code/")

    assert tries(at_the_same_moment) == 12
    session = client.session
    session.update(before)
    session.save()
    client.post("/account/login/code/", {"code": last_code(cast.anna.email)})
    assert not is_signed_in(client)


def test_codes_typed_from_one_address_on_the_net_are_limited(cast: Cast) -> None:
    assert tries(lambda: wrong_code(Client(), "/account/login/code/")) == 30


def test_another_address_on_the_net_is_not_held_up(cast: Cast) -> None:
    tries(lambda: wrong_code(Client(), "/account/login/code/"))
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert wrong_code(elsewhere, "/account/login/code/") != 429


@pytest.mark.parametrize("path", ["/account/signup/code/", "/me/confirm/"])
def test_every_page_that_takes_a_code_is_limited(path: str, client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert tries(lambda: wrong_code(client, path)) == 12


def test_a_visitor_cannot_name_another_address_on_the_net_themselves(cast: Cast) -> None:
    """What a header claims counts only behind a proxy, where the server has read it before Django does."""
    claimed = (f"192.0.2.{n}" for n in range(100))
    sent = tries(
        lambda: (
            Client()
            .post("/account/login/code/", {"code": "WRONG1"}, headers={"x-forwarded-for": next(claimed)})
            .status_code
        )
    )
    assert sent == 30


@pytest.mark.parametrize(
    ("claimed", "proxies", "counted"),
    [
        ("203.0.113.5", settings.PROXIES, "203.0.113.5"),
        ("198.51.100.1, 203.0.113.5", settings.PROXIES, "203.0.113.5"),  # the left one is an invention
        ("198.51.100.1, 10.0.0.4", settings.PROXIES, "10.0.0.4"),  # no proxy that this server was told of
        ("203.0.113.5, 10.0.0.4", f"{settings.PROXIES},10.0.0.0/8", "203.0.113.5"),
    ],
)
def test_behind_a_proxy_the_visitors_own_address_is_counted(claimed: str, proxies: str, counted: str) -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: object, send: object) -> None:
        seen.append(scope["client"][0])

    scope = {"type": "http", "client": ("127.0.0.1", 4), "headers": [(b"x-forwarded-for", claimed.encode())]}
    asyncio.run(ProxyHeadersMiddleware(app, trusted_hosts=proxies)(scope, None, None))  # type: ignore[arg-type]
    assert seen == [counted]


def test_reading_a_page_that_takes_a_code_counts_nothing(client: Client, cast: Cast) -> None:
    client.post("/account/login/", {"email": cast.anna.email})
    assert tries(lambda: client.get("/account/login/code/").status_code) == 40


@pytest.mark.parametrize("path", ["/first/", "/recovery/"])
def test_guessed_links_are_limited(path: str) -> None:
    guesses = iter(range(100))
    assert tries(lambda: Client().get(f"{path}guess{next(guesses)}/").status_code) == 20


def test_passkey_answers_are_limited(cast: Cast) -> None:
    refused = tries(lambda: Client().post("/account/login/passkey/", {"credential": "{}"}).status_code)
    assert refused == 10


def test_passkey_confirmations_are_limited(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    add(client, Device())
    refused = tries(lambda: client.post("/me/confirm/passkey/", {"credential": "{}"}).status_code)
    assert refused == 10


def test_a_good_link_works_after_a_few_bad_ones(client: Client) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    for guess in range(5):
        client.get(f"/first/guess{guess}/")
    client.post(path, {"email": "ada@example.org", "display_name": "Ada"})
    assert is_signed_in(client)
