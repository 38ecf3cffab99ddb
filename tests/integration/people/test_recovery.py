"""Somebody who lost their address comes back by a link that an administrator made, and names a new one."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enid.people import operations
from enid.people.models import Letter, OneTimeLink, Person
from tests.cast import Cast, make_person
from tests.integration.people.test_signin import is_signed_in, last_code, sign_in

pytestmark = pytest.mark.django_db

NEW = "anna@new.example"


def come_back(person: Person) -> Client:
    client = Client()
    client.post(operations.recovery_link(person=person, at=timezone.now()))
    return client


def test_the_new_address_signs_in_and_the_old_one_is_unknown(cast: Cast) -> None:
    anna = come_back(cast.anna)
    anna.post("/me/address/", {"email": NEW, "action_add": ""})
    anna.post("/account/signup/code/", {"code": last_code(NEW)})
    later = Client()
    sign_in(later, NEW)
    assert is_signed_in(later)
    before = Letter.objects.filter(to="anna@example.org").count()
    Client().post("/account/login/", {"email": "anna@example.org"})
    assert Letter.objects.filter(to="anna@example.org").count() == before


def test_coming_back_counts_as_fresh_and_ends_what_was_open(cast: Cast) -> None:
    stranger = Client()
    sign_in(stranger, cast.anna.email)
    anna = come_back(cast.anna)
    assert anna.get("/me/address/").status_code == 200
    assert not is_signed_in(stranger)


def test_a_link_runs_out(cast: Cast) -> None:
    path = operations.recovery_link(person=cast.anna, at=timezone.now() - timedelta(days=2, minutes=1))
    assert Client().post(path).status_code == 404


def test_a_newer_link_ends_the_older_one(cast: Cast) -> None:
    older = operations.recovery_link(person=cast.anna, at=timezone.now())
    newer = operations.recovery_link(person=cast.anna, at=timezone.now())
    assert Client().post(older).status_code == 404
    assert Client().post(newer).status_code == 302


def test_a_link_of_one_kind_opens_nothing_of_the_other(cast: Cast) -> None:
    first = operations.first_administrator_link(at=timezone.now())
    back = operations.recovery_link(person=cast.anna, at=timezone.now())
    said = {"email": "eve@example.org", "display_name": "Eve"}
    assert Client().post(back.replace("recovery", "first"), said).status_code == 404
    assert Client().post(first.replace("first", "recovery")).status_code == 404
    assert OneTimeLink.objects.filter(used_at=None).count() == 2


def test_the_first_administrator_cannot_take_an_address_and_the_link_stays_good(cast: Cast) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    said = {"email": "ANNA@example.org", "display_name": "Eve"}
    answer = Client().post(path, said)
    assert answer.status_code == 422
    assert "An account has this address already." in answer.content.decode()
    assert not Person.objects.filter(is_administrator=True).exists()
    assert Client().post(path, {**said, "email": "ada@example.org"}).status_code == 302


def test_two_presses_use_a_link_once(cast: Cast) -> None:
    path = operations.recovery_link(person=cast.anna, at=timezone.now())
    link = OneTimeLink.objects.get()
    operations.come_back(link=link, at=timezone.now())
    with pytest.raises(operations.LinkSpent):
        operations.come_back(link=link, at=timezone.now())  # read before the first press was written
    assert Client().post(path).status_code == 404


def test_the_sign_in_page_says_what_to_do(client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert "My address no longer works" in page
    assert re.search(r'<a href="/contact/">Contact</a></p></details>', page)


@pytest.mark.parametrize("email", ["nobody@example.org", "no address", ""])
def test_help_for_no_account_makes_no_link(email: str, client: Client) -> None:
    sign_in(client, make_person("Ada", is_administrator=True).email)
    answer = client.post("/help-back/", {"email": email})
    assert answer.status_code == 422
    assert OneTimeLink.objects.count() == 0


def test_an_account_at_rest_is_not_let_back_in(client: Client, cast: Cast) -> None:
    path = operations.recovery_link(person=cast.anna, at=timezone.now())
    Person.objects.filter(pk=cast.anna.pk).update(is_active=False)
    client.post(path)
    assert not is_signed_in(client)
