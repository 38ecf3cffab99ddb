"""Ways for sound and picture: what a page is handed, and to whom."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Setting
from enid.meetings import operations
from enid.meetings.models import Meeting
from enid.people.models import Person
from enid.room import ice, lock
from tests.cast import Cast
from tests.reading import read


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return operations.start_now(group=cast.circle, person=cast.marta, at=timezone.now())


@pytest.fixture
def relay(settings: LazySettings) -> None:
    settings.TURN_URLS = ("turn:turn.example.org", "turns:turn.example.org:443")
    settings.TURN_SECRET = "between the two of us"


def _open(person: Person, meeting: Meeting, name: str = "room") -> HttpResponse:
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=[meeting.pk]))


def handed(page: HttpResponse) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(read(page.content.decode()).json[0])
    return told


def test_credentials_are_signed_until_their_moment_and_name_nobody() -> None:
    until = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    (name, password), (other, _) = (ice.credentials("secret", until=until) for _time in range(2))
    moment, _, random = name.partition(":")
    assert int(moment) == int(until.timestamp())
    assert len(random) == 16
    assert name != other
    signed = hmac.new(b"secret", name.encode(), hashlib.sha1).digest()
    assert base64.b64decode(password) == signed


@pytest.mark.usefixtures("relay")
def test_page_and_fresh_ticket_carry_credentials_of_their_own(cast: Cast, meeting: Meeting) -> None:
    page = handed(_open(cast.anna, meeting))
    fresh = _open(cast.anna, meeting, "room_ticket").json()
    for told in (page, fresh):
        (server,) = told["ice"]
        assert server["urls"] == ["turn:turn.example.org", "turns:turn.example.org:443"]
        runs_out = datetime.fromtimestamp(int(server["username"].partition(":")[0]), tz=UTC)
        assert timedelta(hours=3) < runs_out - timezone.now() < timedelta(hours=5)
        assert told["relayOnly"] is False
    assert page["ice"][0]["username"] != fresh["ice"][0]["username"]


@pytest.mark.usefixtures("relay")
def test_secret_of_the_relay_reaches_no_page(cast: Cast, meeting: Meeting) -> None:
    for name in ("room", "room_ticket"):
        assert "between the two of us" not in _open(cast.marta, meeting, name).content.decode()


def test_without_settings_no_other_host_is_asked(cast: Cast, meeting: Meeting) -> None:
    assert handed(_open(cast.anna, meeting))["ice"] == []


@pytest.mark.usefixtures("relay")
def test_hidden_addresses_leave_only_the_relay(cast: Cast, meeting: Meeting, settings: LazySettings) -> None:
    settings.TURN_HIDES_ADDRESSES = True
    assert handed(_open(cast.anna, meeting))["relayOnly"] is True


@pytest.mark.usefixtures("relay")
@pytest.mark.parametrize("setting", [Setting.ROOM, Setting.BESIDE])
def test_where_enid_carries_no_sound_no_credentials_are_made(
    cast: Cast, meeting: Meeting, setting: Setting
) -> None:
    cast.circle.setting = setting
    cast.circle.save()
    assert not {"ice", "lock"} & set(handed(_open(cast.anna, meeting)))
    assert set(_open(cast.anna, meeting, "room_ticket").json()) == {"ticket"}


def test_circle_reads_its_words_in_the_language_of_its_first_leader(cast: Cast, meeting: Meeting) -> None:
    languages: dict[str, Any] = {"marta": "de", "ruth": "en", "anna": "en"}
    for name, language in languages.items():
        person = getattr(cast, name)
        person.language = language
        person.save()
    for person in (cast.marta, cast.ruth, cast.anna):
        assert handed(_open(person, meeting))["lock"]["language"] == "de"


def test_circle_without_a_leader_reads_its_words_in_the_servers_language(cast: Cast) -> None:
    cast.circle.memberships.filter(role="leader").update(left_at=timezone.now())
    assert lock.handed(cast.circle)["language"] == "en"
