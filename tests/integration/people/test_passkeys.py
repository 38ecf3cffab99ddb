"""Passkeys: adding, signing in, confirming; and what forged answers do, which is nothing."""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.webauthn import AuthenticatorData

from enid.people.models import Letter, Person
from tests.cast import Cast
from tests.integration.people.device import Device
from tests.integration.people.test_signin import is_signed_in, sign_in

pytestmark = pytest.mark.django_db

TOUCHED_ONLY = AuthenticatorData.FLAG.UP


def options_on(page: str) -> dict[str, Any]:
    """Return what the page asks of the device."""
    found = re.search(r'<script id="passkey-data" type="application/json">(.*?)</script>', page)
    assert found
    asked: dict[str, Any] = json.loads(found[1])
    return asked["creation_options"] if "creation_options" in asked else asked["request_options"]


def add(client: Client, device: Device, name: str = "my telephone", flags: int | None = None) -> int:
    options = options_on(client.get("/me/passkeys/add/").content.decode())
    made = device.made(options) if flags is None else device.made(options, flags)
    return client.post("/me/passkeys/add/", {"name": name, "credential": made}).status_code


def to_sign_in(client: Client) -> dict[str, Any]:
    answer = client.get("/account/login/passkey/", headers={"accept": "application/json"}).json()
    options: dict[str, Any] = answer["request_options"]
    return options


def sign_in_by(client: Client, credential: str, **more: str) -> str:
    answer = client.post("/account/login/passkey/", {"credential": credential, **more})
    return answer.headers.get("Location", "")


@pytest.fixture
def device(cast: Cast) -> Device:
    """Return Anna's telephone, with a passkey on it."""
    client, device = Client(), Device()
    sign_in(client, cast.anna.email)
    assert add(client, device) == 302
    return device


def test_a_passkey_alone_signs_in_and_leads_on(device: Device, client: Client, cast: Cast) -> None:
    where = sign_in_by(client, device.signed(to_sign_in(client)), next="/groups/new")
    assert where == "/groups/new"
    assert is_signed_in(client)
    assert client.get("/me/export/").status_code == 200  # and counts as fresh


def test_a_code_stays_enough_for_somebody_whose_device_is_lost(
    device: Device, client: Client, cast: Cast
) -> None:
    sign_in(client, cast.anna.email)
    assert is_signed_in(client)


def test_the_person_is_told_of_a_new_passkey(device: Device, cast: Cast) -> None:
    assert "passkey" in Letter.objects.filter(to=cast.anna.email).latest("pk").body


def test_a_passkey_confirms_who_it_is(device: Device, client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    assert "/me/confirm/passkey/" in client.get("/me/confirm/?next=/me/export/").content.decode()
    page = client.get("/me/confirm/passkey/?next=/me/export/")
    answer = client.post(
        "/me/confirm/passkey/",
        {"credential": device.signed(options_on(page.content.decode())), "next": "/me/export/"},
    )
    assert answer["Location"] == "/me/export/"
    assert client.get("/me/export/").status_code == 200


def test_somebody_elses_passkey_confirms_nothing(device: Device, client: Client, cast: Cast) -> None:
    other = Client()
    sign_in(other, cast.zoe.email)
    zoes = Device()
    add(other, zoes)
    client.force_login(cast.anna)
    page = client.get("/me/confirm/passkey/?next=/me/export/")
    answer = client.post(
        "/me/confirm/passkey/",
        {"credential": zoes.signed(options_on(page.content.decode())), "next": "/me/export/"},
    )
    assert answer["Location"] == "/me/confirm/?next=%2Fme%2Fexport%2F"
    assert client.get("/me/export/").status_code == 302


def test_without_a_passkey_the_confirmation_leads_to_codes(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    answer = client.get("/me/confirm/passkey/?next=/me/export/")
    assert answer["Location"] == "/me/confirm/?next=%2Fme%2Fexport%2F"


def test_an_answer_works_once(device: Device, client: Client, cast: Cast) -> None:
    answer = device.signed(to_sign_in(client))
    assert sign_in_by(client, answer) == "/"
    again = Client()
    to_sign_in(again)
    sign_in_by(again, answer)
    assert not is_signed_in(again)


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://elsewhere.example"},
        {"flags": TOUCHED_ONLY},  # touched by whoever holds it, its owner not recognised
    ],
)
def test_an_answer_for_another_site_or_by_an_unknown_hand_signs_nobody_in(
    forged: dict[str, Any], device: Device, client: Client
) -> None:
    sign_in_by(client, device.signed(to_sign_in(client), **forged))
    assert not is_signed_in(client)


def test_an_answer_in_another_persons_name_signs_nobody_in(
    device: Device, client: Client, cast: Cast
) -> None:
    answer = json.loads(device.signed(to_sign_in(client)))
    answer["response"]["userHandle"] = "Mg"
    sign_in_by(client, json.dumps(answer))
    assert not is_signed_in(client)


def test_a_passkey_that_does_not_recognise_its_owner_is_not_added(client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    assert add(client, Device(), flags=TOUCHED_ONLY) == 200
    assert not Authenticator.objects.exists()


FORGED = [
    "",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"response": null}',
    '{"id": 1, "rawId": 1, "response": {"clientDataJSON": 1}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"userHandle": "/w", "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}',
    "[" * 19_000,
    '"' + "x" * 900_000 + '"',
]


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
@pytest.mark.parametrize("path", ["/account/login/passkey/", "/me/passkeys/add/", "/me/confirm/passkey/"])
def test_forged_answers_change_nothing(forged: str, path: str, device: Device, cast: Cast) -> None:
    client = Client()
    if path.startswith("/me/"):
        sign_in(client, cast.anna.email)
    client.get(path, headers={"accept": "application/json"})
    assert client.post(path, {"credential": forged, "name": "x"}).status_code in (200, 302)
    assert Authenticator.objects.count() == 1
    assert is_signed_in(client) == path.startswith("/me/")


def the_passkey(person: Person) -> Authenticator:
    found: Authenticator = Authenticator.objects.get(user=person)
    return found


def test_a_passkey_is_renamed_and_removed(device: Device, client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    place = f"/me/passkeys/{the_passkey(cast.anna).pk}/"
    client.post(place, {"name": "the old\u202e telephone"})
    assert "the old telephone" in client.get("/me/passkeys/").content.decode()
    client.post(f"{place}remove/")
    assert not Authenticator.objects.exists()
    sign_in_by(browser := Client(), device.signed(to_sign_in(browser)))
    assert not is_signed_in(browser)


def test_a_passkeys_name_has_an_end(device: Device, client: Client, cast: Cast) -> None:
    sign_in(client, cast.anna.email)
    client.post(f"/me/passkeys/{the_passkey(cast.anna).pk}/", {"name": "x" * 61})
    assert the_passkey(cast.anna).data["name"] == "my telephone"


def test_nobody_reaches_somebody_elses_passkey(device: Device, client: Client, cast: Cast) -> None:
    place = f"/me/passkeys/{the_passkey(cast.anna).pk}/"
    sign_in(client, cast.zoe.email)
    assert client.get(place).status_code == 404
    assert client.post(f"{place}remove/").status_code == 404
    assert Authenticator.objects.exists()
