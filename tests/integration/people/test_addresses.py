"""Of django-allauth's own pages, only those that a house without passwords needs are there."""

from collections.abc import Iterator

import pytest
from allauth.urls import urlpatterns
from django.test import Client
from django.urls import URLPattern, URLResolver

from enid.people.urls import urlpatterns as ours
from tests.cast import Cast

pytestmark = pytest.mark.django_db

KEPT = {
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_request_login_code",
    "account_signup",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
}


def paths(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        path = f"{before}{each.pattern}".replace("<int:pk>", "1")
        if isinstance(each, URLResolver):
            yield from paths(each.url_patterns, path)
        else:
            yield path


ALLAUTHS = sorted(set(paths(urlpatterns)))
SAME_PATH = {"login/", "logout/", "inactive/", "signup/"}  # pages of ours at the same place


def test_only_the_pages_needed_are_there() -> None:
    theirs = {
        each.name
        for each in ours
        if each.name and each.name.startswith(("account_", "mfa_", "usersessions_"))
    }
    assert theirs == KEPT


@pytest.mark.parametrize("path", [path for path in ALLAUTHS if path not in SAME_PATH])
@pytest.mark.parametrize("signed_in", [False, True])
def test_allauths_other_places_are_empty(path: str, signed_in: bool, client: Client, cast: Cast) -> None:
    if signed_in:
        client.force_login(cast.anna)
    assert client.get(f"/account/{path}").status_code == 404 or path.startswith("login/code/")
    assert client.post(f"/account/{path}", {"oldpassword": "x"}).status_code == 404 or path.startswith(
        "login/code/"
    )


def test_the_list_walked_is_allauths_own() -> None:
    assert {"password/change/", "password/reset/", "2fa/", "reauthenticate/", "email/"} <= set(ALLAUTHS)
