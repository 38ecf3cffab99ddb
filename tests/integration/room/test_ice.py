"""Ways for sound and picture: what a page is handed, and to whom."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
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
from tests.integration.room.house import House
from tests.integration.room.house import Meeting as Circle
from tests.reading import read

BYE: dict[str, Any] = {"page": None, "from": "p1", "data": {"kind": "bye", "link": None}}


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


def lasts(server: dict[str, Any]) -> timedelta:
    """Return how long a name for the relay is still good."""
    return datetime.fromtimestamp(int(server["username"].partition(":")[0]), tz=UTC) - timezone.now()


@pytest.mark.usefixtures("relay")
def test_at_the_door_a_name_for_the_relay_lasts_only_for_a_trial(cast: Cast, meeting: Meeting) -> None:
    first, second = (_open(cast.anna, meeting, "room_ways").json()["ice"] for _time in range(2))
    for (server,) in (first, second):
        assert server["urls"] == ["turn:turn.example.org", "turns:turn.example.org:443"]
        assert timedelta(minutes=1) < lasts(server) <= ice.TRIAL_LASTS
    assert first[0]["username"] != second[0]["username"]


@pytest.mark.usefixtures("relay")
def test_neither_page_nor_ticket_holds_a_name_for_the_relay(cast: Cast, meeting: Meeting) -> None:
    for person in (cast.marta, cast.anna):
        for name in ("room", "room_ticket"):
            found = _open(person, meeting, name).content.decode()
            assert "turn.example.org" not in found
            assert '"credential"' not in found


@pytest.mark.usefixtures("relay")
def test_secret_of_the_relay_reaches_no_page(cast: Cast, meeting: Meeting) -> None:
    for name in ("room", "room_ticket", "room_ways"):
        assert "between the two of us" not in _open(cast.marta, meeting, name).content.decode()


@pytest.mark.usefixtures("relay")
def test_stranger_gets_no_name_for_the_relay(cast: Cast, meeting: Meeting) -> None:
    assert _open(cast.zoe, meeting, "room_ways").status_code == 404


def test_without_settings_no_other_host_is_asked(cast: Cast, meeting: Meeting) -> None:
    assert _open(cast.anna, meeting, "room_ways").json() == {"ice": []}


@pytest.mark.usefixtures("relay")
def test_hidden_addresses_leave_only_the_relay(cast: Cast, meeting: Meeting, settings: LazySettings) -> None:
    assert handed(_open(cast.anna, meeting))["relayOnly"] is False
    settings.TURN_HIDES_ADDRESSES = True
    assert handed(_open(cast.anna, meeting))["relayOnly"] is True


RELAY = {"ENID_TURN_URLS": "turn:turn.example.org", "ENID_TURN_SECRET": "between the two of us"}


def test_whoever_waits_at_the_door_hears_no_name_for_the_relay_until_let_in(
    own_house: Callable[..., House],
) -> None:
    circle = Circle(own_house(**RELAY))
    marta = circle.enter("Marta")
    told = marta.hears("ways")
    assert timedelta(hours=3) < lasts(told["ice"][0]) <= ice.CREDENTIALS_LIVE
    guest = circle.enter_guest("Gast", device="b1")
    assert guest.state["audience"] == "waiting"
    assert guest.is_refused("ways") == "not_yours"
    assert guest.is_refused("signal", **BYE, to=circle.seats["Marta"]) == "not_yours"
    guest.catches_up()
    assert "credential" not in guest.everything()
    assert "turn" not in guest.everything()
    marta.does("admit", seat=guest.state["seat"])
    (server,) = guest.hears("ways")["ice"]
    assert timedelta(hours=3) < lasts(server) <= ice.CREDENTIALS_LIVE
    assert server["username"] != told["ice"][0]["username"]


def test_known_browser_that_comes_late_hears_no_name_before_it_is_let_in(
    own_house: Callable[..., House],
) -> None:
    circle = Circle(own_house(**RELAY))
    marta, _ = circle.enter_all("Marta Jonas")
    for _step in range(3):
        marta.moves("move_on")
    marta.moves("mark_presenter", seat=circle.seats["Jonas"])
    anna = circle.enter("Anna")
    assert anna.state["because"] == "late"
    assert anna.is_refused("ways") == "not_yours"
    assert "credential" not in anna.catches_up().everything()
    marta.does("admit", seat=circle.seats["Anna"])
    assert anna.hears("ways")["ice"]


def test_page_that_stays_asks_for_a_fresh_name(own_house: Callable[..., House]) -> None:
    anna = Circle(own_house(**RELAY)).enter("Anna")
    first = anna.hears("ways")
    anna.say("ways")
    assert anna.hears("ways")["ice"][0]["username"] != first["ice"][0]["username"]


def test_where_enid_carries_no_sound_the_room_names_no_relay(own_house: Callable[..., House]) -> None:
    beside = Circle(own_house(**RELAY), setting="beside")
    anna = beside.enter("Anna")
    assert anna.is_refused("ways") == "off"
    assert "credential" not in anna.catches_up().everything()


@pytest.mark.usefixtures("relay")
@pytest.mark.parametrize("setting", [Setting.ROOM, Setting.BESIDE])
def test_where_enid_carries_no_sound_no_credentials_are_made(
    cast: Cast, meeting: Meeting, setting: Setting
) -> None:
    cast.circle.setting = setting
    cast.circle.save()
    assert not {"waysUrl", "relayOnly", "lock"} & set(handed(_open(cast.anna, meeting)))
    answer = _open(cast.anna, meeting, "room_ways")
    assert (answer.status_code, answer.json()) == (409, {"code": "off"})


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
