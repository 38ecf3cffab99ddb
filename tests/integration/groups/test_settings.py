"""A group's options, for its leaders alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Group
from tests.cast import Cast
from tests.together import everybody_accepts

GOOD = {
    "name": "Tuesday circle",
    "setting": "beside",
    "place": "",
    "call_link": "https://call.example/circle",
    "telephone": "+43 1 2345",
    "clinician_word": "doctor",
    "patient_word": "patient",
    "time_zone": "Europe/Vienna",
    "size": "8",
    "rhythm": "",
    "term": "",
    "cameras": "on",
    "outsiders": "nothing",
    "outsiders_who": "",
    "concerns_to": "the ombudswoman",
    "limits": "Call 112.",
}


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


def _save(client: Client, circle: Group, **changed: Any) -> Any:
    return client.post(reverse("group_settings", args=[circle.pk]), {**GOOD, **changed}, follow=True)


def test_leader_changes_every_option(leader: Client, circle: Group) -> None:
    _save(leader, circle, hands="on", members_see_time="on", empty_chair="on", lingering="on")
    circle.refresh_from_db()
    assert (circle.call_link, circle.telephone) == ("https://call.example/circle", "+43 1 2345")
    assert (circle.hands, circle.members_see_time, circle.empty_chair, circle.lingering) == (True,) * 4


def test_options_are_off_until_switched_on(leader: Client, circle: Group) -> None:
    _save(leader, circle)
    circle.refresh_from_db()
    assert (circle.hands, circle.members_see_time, circle.empty_chair, circle.lingering) == (False,) * 4


def test_what_the_agreement_names_is_proposed_and_told(leader: Client, circle: Group) -> None:
    page = _save(leader, circle, outsiders="met", outsiders_who="The hospital")
    assert "is proposed to everybody" in page.content.decode()
    known = leader.get(reverse("group_known", args=[circle.pk])).content.decode()
    assert "The hospital" not in known
    everybody_accepts(circle, at=timezone.now())
    known = leader.get(reverse("group_known", args=[circle.pk])).content.decode()
    assert "The hospital" in known
    assert "that the group met" in known


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "\u202e"},
        {"name": "x" * 900_000},
        {"setting": "call"},
        {"call_link": "javascript:alert(1)"},
        {"call_link": "ftp://call.example"},
        {"call_link": "not a link"},
        {"call_link": "https://call.example/" + "x" * 500},
        {"telephone": "1" * 41},
        {"time_zone": "Mars/Olympus"},
        {"size": "-3"},
        {"outsiders": "everything"},
        {"outsiders": ""},
        {"limits": "x" * 2001},
        {"clinician_word": ""},
    ],
)
def test_bad_option_changes_nothing(leader: Client, circle: Group, bad: dict[str, str]) -> None:
    page = _save(leader, circle, **bad)
    assert page.status_code == 422
    before = Group.objects.filter(pk=circle.pk).values().get()
    assert before["telephone"] == ""
    assert before["outsiders"] == "nothing"


@pytest.mark.parametrize(
    ("cameras", "sentence"),
    [
        ("on", "Cameras are on here if we can; nobody has to."),
        ("free", "Camera on or off: as each likes."),
        ("off", "Cameras are off while the group imagines"),
    ],
)
def test_what_the_group_wishes_of_cameras_stands_on_its_page(
    leader: Client, circle: Group, cameras: str, sentence: str
) -> None:
    _save(leader, circle, setting="video", cameras=cameras)
    assert sentence in leader.get(reverse("group", args=[circle.pk])).content.decode()


def test_cameras_are_no_matter_where_enid_shows_no_pictures(leader: Client, circle: Group) -> None:
    _save(leader, circle, setting="room")
    assert "Camera" not in leader.get(reverse("group", args=[circle.pk])).content.decode()
