"""Pages of the room: who may open them, and what each of them is handed."""

import json
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Agreement, Setting
from enid.meetings import operations
from enid.meetings.models import Meeting
from enid.people.models import Person
from enid.room.access import DEVICE_COOKIE
from tests.cast import Cast


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return operations.start_now(group=cast.circle, person=cast.marta, at=timezone.now())


def _open(person: Person, meeting: Meeting, name: str = "room") -> HttpResponse:
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=[meeting.pk]))


def _handed(page: HttpResponse) -> dict[str, object]:
    text = page.content.decode()
    begins = text.index('<script id="page" type="application/json">')
    body = text[text.index(">", begins) + 1 : text.index("</script>", begins)]
    return json.loads(body)


def test_member_and_leader_open_the_room(cast: Cast, meeting: Meeting) -> None:
    for person, role in ((cast.anna, "member"), (cast.marta, "leader")):
        handed = _handed(_open(person, meeting))
        assert handed["role"] == role
        assert handed["seat"] == cast.membership(person).seat
        assert handed["socket"] == f"/ws/room/{meeting.pk}/"


@pytest.mark.parametrize("name", ["room", "room_table", "room_ticket"])
def test_stranger_and_coordinator_find_no_room(cast: Cast, meeting: Meeting, name: str) -> None:
    for person in (cast.zoe, cast.karl):
        assert _open(person, meeting, name).status_code == 404
    assert Client().get(reverse(name, args=[meeting.pk])).status_code == 404


def test_removed_member_finds_no_room(cast: Cast, meeting: Meeting) -> None:
    place = cast.membership(cast.anna)
    place.left_at = timezone.now()
    place.save()
    assert _open(cast.anna, meeting).status_code == 404


def test_new_agreement_comes_before_the_room(cast: Cast, meeting: Meeting) -> None:
    Agreement.objects.create(group=cast.circle, number=2, text="What is said here stays here, always.")
    page = _open(cast.anna, meeting)
    assert page.status_code == 302
    assert page["Location"] == reverse("group_agreement", args=[cast.circle.pk])
    assert _open(cast.anna, meeting, "room_ticket").status_code == 409


def test_room_opens_a_quarter_of_an_hour_before_and_not_earlier(cast: Cast) -> None:
    now = timezone.now()
    later = Meeting.objects.create(group=cast.circle, starts_at=now + timedelta(minutes=40))
    soon = Meeting.objects.create(group=cast.circle, starts_at=now + timedelta(minutes=10))
    assert "The room is not open yet" in _open(cast.anna, later).content.decode()
    assert _handed(_open(cast.anna, soon))["role"] == "member"
    assert _open(cast.anna, later, "room_ticket").status_code == 409
    assert _open(cast.anna, soon, "room_ticket").status_code == 200


def test_closed_meeting_leads_its_leader_to_what_comes_after(cast: Cast, meeting: Meeting) -> None:
    operations.record_closed(meeting_id=meeting.pk, present_seats=set(), at=timezone.now())
    after = reverse("meeting_after", args=[meeting.pk])
    assert after in _open(cast.marta, meeting).content.decode()
    assert after not in _open(cast.anna, meeting).content.decode()


def test_prompts_signs_and_sides_are_handed_to_leaders_only(cast: Cast, meeting: Meeting) -> None:
    leader, member = (_open(person, meeting).content.decode() for person in (cast.marta, cast.anna))
    for words in (
        "Do nothing yet.",
        "Whose side has been imagined",
        'data-sign="slower"',
        "Someone is shaken",
    ):
        assert words in leader
        assert words not in member


def test_limits_of_the_group_are_shown_to_leaders_only(cast: Cast, meeting: Meeting) -> None:
    cast.circle.limits = "Crisis line 0800 000"
    cast.circle.save()
    assert "Crisis line 0800 000" in _open(cast.marta, meeting).content.decode()
    assert "Crisis line 0800 000" not in _open(cast.anna, meeting).content.decode()


def test_page_names_nobody_of_the_circle(cast: Cast, meeting: Meeting) -> None:
    page = _open(cast.anna, meeting).content.decode()
    for person in (cast.marta, cast.ruth, cast.jonas, cast.priya):
        assert person.display_name not in page


def test_guest_opens_the_room_with_a_pass_alone(cast: Cast, meeting: Meeting) -> None:
    guest = Client()
    secret = operations.make_guest_pass(meeting=meeting, name="Greta", at=timezone.now())[1]
    guest.post(reverse("guest", args=[secret]))
    page = guest.get(reverse("room", args=[meeting.pk]))
    assert _handed(page)["role"] == "guest"
    assert DEVICE_COOKIE in page.cookies  # by which the browser that a leader lets in comes back
    assert guest.get(reverse("room_table", args=[meeting.pk])).status_code == 404


def test_table_is_opened_by_leaders_only(cast: Cast, meeting: Meeting) -> None:
    assert _handed(_open(cast.ruth, meeting, "room_table"))["table"] is True
    assert _open(cast.anna, meeting, "room_table").status_code == 404


def test_fresh_ticket_is_never_cached(cast: Cast, meeting: Meeting) -> None:
    answer = _open(cast.anna, meeting, "room_ticket")
    assert set(answer.json()) == {"ticket"}
    assert "no-store" in answer["Cache-Control"]


def test_browser_gets_a_secret_once(cast: Cast, meeting: Meeting) -> None:
    client = Client()
    client.force_login(cast.anna)
    first = client.get(reverse("room", args=[meeting.pk]))
    assert first.cookies[DEVICE_COOKIE]["httponly"]
    assert DEVICE_COOKIE not in client.get(reverse("room", args=[meeting.pk])).cookies


def test_checklist_of_a_call_is_for_leaders(cast: Cast, meeting: Meeting) -> None:
    cast.circle.setting = Setting.BESIDE
    cast.circle.save()
    assert "Recording is off" in _open(cast.marta, meeting).content.decode()
    assert "Recording is off" not in _open(cast.anna, meeting).content.decode()


def test_camera_and_microphone_are_for_the_page_of_a_video_room_alone(cast: Cast, meeting: Meeting) -> None:
    page = _open(cast.anna, meeting)
    assert "camera=(self), microphone=(self)" in page["Permissions-Policy"]
    assert "display-capture=()" in page["Permissions-Policy"]
    assert "Turn on camera and microphone" in page.content.decode()
    cast.circle.setting = Setting.BESIDE
    cast.circle.save()
    beside = _open(cast.anna, meeting)
    assert "camera=(), microphone=()" in beside["Permissions-Policy"]
    assert "Turn on camera and microphone" not in beside.content.decode()


def test_words_of_the_group_stand_in_the_middle(cast: Cast, meeting: Meeting) -> None:
    cast.circle.clinician_word, cast.circle.patient_word = "chaplain", "family"
    cast.circle.save()
    texts = _handed(_open(cast.anna, meeting))["texts"]
    assert texts["stages"]["work"]["sentence"].startswith("The family, the chaplain")  # type: ignore[index]


def test_no_sentence_keeps_an_open_place(cast: Cast, meeting: Meeting) -> None:
    for person in (cast.marta, cast.anna):
        page = _open(person, meeting).content.decode()
        assert "$patient" not in page
        assert "$clinician" not in page


def test_every_stage_of_every_preset_has_its_words() -> None:
    from enid.groups.formats import STAGES
    from enid.room.phrases import STAGES as spoken

    assert set(STAGES) - {"debrief"} == set(spoken)


def test_first_card_is_always_to_do_nothing_yet(cast: Cast) -> None:
    from enid.groups.words import words_of
    from enid.room import prompts

    words = words_of(cast.circle)
    for part in (*prompts.by_stage(words), *prompts.astray(words)):
        assert part["cards"][0] == "Do nothing yet."  # type: ignore[index]
