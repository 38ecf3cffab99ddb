"""Whoever learns to lead, interprets or watches, over a socket; and those who have no seat at all."""

import pytest

from enid.room import protocol
from tests.integration.room.house import House, Meeting
from tests.integration.room.voices import Voice

SHAPES = {**{t: shape for t, (_, shape) in protocol.ACTS.items()}, **protocol.EPHEMERAL, **protocol.MEDIA}


@pytest.fixture
def meeting(house: House) -> Meeting:
    made = Meeting(house, members="Anna Jonas Tomas Ines", setting="video")
    for name, role in (("Tomas", "trainee"), ("Ines", "interpreter")):
        house.do("takes_role", meeting=made.id, name=name, role=role)
    return made


def watch(meeting: Meeting) -> tuple[Voice, dict[str, object]]:
    facts = meeting.house.do("watches", meeting=meeting.id, name="Olga")
    return meeting.house.line(meeting.id).join(facts["ticket"]), facts


def test_trainee_sees_what_leaders_see_and_moves_once_handed_the_frame(meeting: Meeting) -> None:
    marta, tomas = meeting.enter_all("Marta Tomas")
    assert tomas.state["audience"] == "leader"
    assert tomas.asks("move_on", v=tomas.v, anyway=True)["code"] == "not_a_leader"
    marta.does("hand_over", to=meeting.seats["Tomas"])
    tomas.sees(holder=meeting.seats["Tomas"]).moves("move_on")
    marta.does("take_frame")
    tomas.sees(holder=meeting.seats["Marta"])
    assert tomas.asks("move_on", v=tomas.v, anyway=True)["code"] == "not_a_leader"


def test_interpreter_is_a_member_to_the_wire(meeting: Meeting) -> None:
    ines = meeting.enter("Ines")
    assert ines.state["audience"] == "member"
    assert ines.seat(meeting.seats["Ines"])["role"] == "interpreter"


def test_observer_is_seen_by_all_and_hears_what_observers_may(meeting: Meeting) -> None:
    marta, anna = meeting.enter_all("Marta Anna")
    olga, facts = watch(meeting)
    assert olga.state["audience"] == "observer"
    assert "holder" not in olga.state
    for voice in (marta, anna):
        voice.catches_up()
        assert voice.seat(str(facts["seat"]))["role"] == "observer"
    for t in ("pause", "take_frame"):
        assert olga.is_refused(t) == "not_a_leader"
    assert olga.is_refused("hand", on=True) == "not_yours"
    olga.does("word", word="recognise")


def test_observer_gets_sound_and_picture_of_the_others(meeting: Meeting) -> None:
    marta = meeting.enter("Marta")
    olga, _ = watch(meeting)
    olga.does("ways")
    olga.does("voice", page="p1", take=True, mic=False, camera=False)
    marta.hears("media")


def test_observer_is_gone_at_once_when_anyone_stops_it(meeting: Meeting) -> None:
    marta = meeting.enter("Marta")
    olga, facts = watch(meeting)
    meeting.house.do("is_watched_no_more", visit=facts["visit"])
    assert olga.is_closed() == 4404
    while any(seat["id"] == facts["seat"] for seat in marta.state["seats"]):
        marta.next()


def test_new_role_gives_a_new_ticket_its_place_and_voids_the_old(meeting: Meeting) -> None:
    anna = meeting.enter("Anna")
    meeting.house.do("takes_role", meeting=meeting.id, name="Anna", role="trainee")
    assert anna.is_closed() == 4403
    assert meeting.enter("Anna").state["audience"] == "leader"


def test_nobody_without_a_seat_is_told_anything_whatever_they_say(meeting: Meeting) -> None:
    for t, shape in SHAPES.items():
        line = meeting.house.line(meeting.id)
        line.raw({"t": t, **dict.fromkeys(shape.fields, "x")})
        assert line.is_closed() in (4400, 4403), t
        assert not any("state" in frame for frame in line.frames), t


def test_former_member_is_turned_away_with_a_ticket_they_still_hold(meeting: Meeting) -> None:
    ticket = meeting.ticket("Jonas")
    meeting.house.do("leaves_the_group", meeting=meeting.id, name="Jonas")
    line = meeting.house.line(meeting.id)
    line.raw({"t": "join", "ticket": ticket, "v": 0})
    assert line.is_closed() == 4404
