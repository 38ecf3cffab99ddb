"""Names that show nothing are refused wherever somebody is named, with a sentence that says why."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.meetings import operations
from enid.people import operations as people
from tests.cast import Cast
from tests.integration.groups.test_starting import GOOD as START

UNSEEN = "\u3164\u200d\u2800"
SENTENCE = "This name cannot be seen."


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


@pytest.mark.parametrize("name", [UNSEEN, "\u0301", "\u200d", "\u115f"])
def test_person_is_not_called_by_what_nobody_sees(leader: Client, cast: Cast, name: str) -> None:
    page = leader.post("/me/", {"display_name": name, "time_zone": "UTC", "language": ""})
    assert page.status_code == 422
    assert SENTENCE in page.content.decode()
    cast.marta.refresh_from_db()
    assert cast.marta.display_name == "Marta"


def test_first_administrator_is_not(client: Client, db: None) -> None:
    path = people.first_administrator_link(at=timezone.now())
    page = client.post(path, {"email": "ada@example.org", "display_name": UNSEEN})
    assert SENTENCE in page.content.decode()


def test_group_is_not(leader: Client, cast: Cast) -> None:
    started = leader.post(reverse("group_new"), {**START, "name": UNSEEN})
    changed = leader.post(reverse("group_settings", args=[cast.circle.pk]), {"name": UNSEEN})
    assert [SENTENCE in page.content.decode() for page in (started, changed)] == [True, True]


def test_invitee_and_guest_are_not(leader: Client, cast: Cast) -> None:
    meeting = operations.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    for path in (reverse("group_invite", args=[cast.circle.pk]), reverse("guest_invite", args=[meeting.pk])):
        page = leader.post(path, {"name": UNSEEN, "role": "member"})
        assert page.status_code == 422
        assert SENTENCE in page.content.decode()


def test_name_that_needs_a_joiner_keeps_it(leader: Client, cast: Cast) -> None:
    leader.post("/me/", {"display_name": "می\u200cنا", "time_zone": "UTC", "language": ""})
    cast.marta.refresh_from_db()
    assert cast.marta.display_name == "می\u200cنا"
