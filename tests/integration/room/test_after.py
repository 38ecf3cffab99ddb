"""After the close: who may go to the leaders' debrief or stay at the door, who hears of it, and how it ends."""

from typing import Any

import pytest

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_media import hears_nothing, refusal, signals, speaks
from tests.integration.room.voices import Voice, eventually


def closes(meeting: Meeting, leader: Voice, *others: Voice) -> None:
    """End the session, and wait until everyone has heard it and it is written."""
    leader.does("close_now")
    leader.catches_up().moves("end_meeting")
    for voice in (leader, *others):
        voice.sees(phase="closed")
    eventually(lambda: meeting.house.do("record", meeting=meeting.id)["closed"])


def goes(voice: Voice, room: str | None) -> None:
    voice.does("after", room=room)


def of_after(voice: Voice) -> list[dict[str, Any]]:
    """Return all that this voice ever heard of the places after the close."""
    return [frame for frame in voice.catches_up().frames if frame.get("t") == "after"]


@pytest.fixture
def meeting(house: House) -> Meeting:
    return Meeting(house, setting="video", lingering=True)


def test_leaders_talk_in_the_debrief_and_members_hear_nothing_of_it(meeting: Meeting) -> None:
    marta, ruth, anna, jonas = voices = meeting.enter_all("Marta Ruth Anna Jonas")
    closes(meeting, *voices)
    goes(marta, "debrief")
    goes(ruth, "debrief")
    both = [meeting.seats["Marta"], meeting.seats["Ruth"]]
    assert marta.hears("after", seats=both) == {"t": "after", "room": "debrief", "seats": both, "stays": None}
    page = speaks(marta)
    assert ruth.hears("media", seat=meeting.seats["Marta"])["page"] == page
    other = speaks(ruth)
    signals(marta, meeting.seats["Ruth"], page, other)
    ruth.hears("signal", seat=meeting.seats["Marta"])
    assert refusal(marta, signals(marta, meeting.seats["Anna"], page)) == "unknown_seat"
    assert anna.is_refused("after", room="debrief") == "not_a_leader"
    assert refusal(anna, signals(anna, meeting.seats["Marta"], "p")) == "closed"
    for voice in (anna, jonas):
        hears_nothing(voice)
        assert of_after(voice) == []
        assert not [frame for frame in voice.frames if frame.get("t") == "media"]


def test_members_stay_with_the_leader_who_stays_and_it_ends_with_them(meeting: Meeting) -> None:
    marta, ruth, anna, jonas = voices = meeting.enter_all("Marta Ruth Anna Jonas")
    closes(meeting, *voices)
    assert anna.is_refused("after", room="door") == "no_leader"
    goes(ruth, "door")
    for voice in (marta, anna, jonas):
        assert voice.hears("after")["stays"] == meeting.seats["Ruth"]
    goes(anna, "door")
    there = [meeting.seats["Ruth"], meeting.seats["Anna"]]
    ruth.hears("after", room="door", seats=there)
    page, other = speaks(anna), speaks(ruth)
    signals(anna, meeting.seats["Ruth"], page, other)
    ruth.hears("signal", seat=meeting.seats["Anna"])
    hears_nothing(jonas)
    assert all(frame["seats"] == [] for frame in of_after(jonas))
    goes(ruth, None)
    for voice in (anna, jonas):
        voice.hears("after", room=None, seats=[], stays=None)
    assert refusal(anna, signals(anna, meeting.seats["Ruth"], page)) == "closed"


def test_whoever_goes_from_the_door_leaves_the_others_there(meeting: Meeting) -> None:
    marta, anna, jonas = voices = meeting.enter_all("Marta Anna Jonas")
    closes(meeting, *voices)
    for voice in (marta, anna, jonas):
        goes(voice, "door")
    goes(anna, None)
    marta.hears("after", seats=[meeting.seats["Marta"], meeting.seats["Jonas"]])
    assert of_after(anna)[-1]["room"] is None
    jonas.raw({"t": "leave"})
    marta.hears("after", seats=[meeting.seats["Marta"]])


def test_a_broken_line_ends_no_door(meeting: Meeting) -> None:
    marta, anna = meeting.enter_all("Marta Anna")
    closes(meeting, marta, anna)
    goes(marta, "door")
    goes(anna, "door")
    page = speaks(anna)
    marta.hang_up()
    again = meeting.enter("Marta")
    assert again.hears("after", room=None)["stays"] == meeting.seats["Marta"]
    goes(again, "door")
    assert page in again.catches_up().everything()
    assert all(frame["room"] == "door" for frame in of_after(anna)[1:])


def test_door_is_off_until_the_group_wants_it(house: House) -> None:
    meeting = Meeting(house, setting="video")
    marta, anna = meeting.enter_all("Marta Anna")
    assert marta.is_refused("after", room="debrief") == "not_closed"
    closes(meeting, marta, anna)
    assert marta.is_refused("after", room="door") == "off"
    goes(marta, "debrief")
    assert of_after(anna) == []


def test_nothing_of_it_exists_where_enid_carries_no_sound(house: House) -> None:
    meeting = Meeting(house, setting="beside", lingering=True)
    marta, anna = meeting.enter_all("Marta Anna")
    closes(meeting, marta, anna)
    assert marta.is_refused("after", room="debrief") == "off"


def test_whoever_was_never_let_in_or_was_asked_out_stays_outside(meeting: Meeting) -> None:
    marta, anna = meeting.enter_all("Marta Anna")
    stranger = meeting.enter("Jonas", known=False)
    marta.does("ask_out", seat=meeting.seats["Anna"])
    closes(meeting, marta, anna)
    goes(marta, "door")
    assert anna.is_refused("after", room="door") == "asked_out"
    assert stranger.is_refused("after", room="door") == "not_yours"
    assert of_after(stranger) == []


def test_debrief_goes_on_while_attendance_is_confirmed_and_ends_with_the_last_leader(
    meeting: Meeting,
) -> None:
    marta, ruth = meeting.enter_all("Marta Ruth")
    closes(meeting, marta, ruth)
    goes(marta, "debrief")
    goes(ruth, "debrief")
    meeting.house.do("confirms", meeting=meeting.id, leader="Marta")
    page, other = speaks(marta), speaks(ruth)
    signals(marta, meeting.seats["Ruth"], page, other)
    ruth.hears("signal", seat=meeting.seats["Marta"])
    assert meeting.house.do("record", meeting=meeting.id)["present"] == ["Marta", "Ruth"]


def test_whoever_is_no_longer_of_the_group_is_no_longer_there(meeting: Meeting) -> None:
    marta, anna = meeting.enter_all("Marta Anna")
    closes(meeting, marta, anna)
    goes(marta, "door")
    goes(anna, "door")
    meeting.house.do("leaves_the_group", meeting=meeting.id, name="Anna")
    marta.hears("after", seats=[meeting.seats["Marta"]])
    assert anna.is_closed() == 4404
