"""Whole sessions over real sockets."""

import pytest

from tests.integration.room.house import House, Meeting
from tests.integration.room.voices import Voice, eventually
from tests.unit.room.mirror import FOR_LEADERS, TOLD_TO_LEADERS, keys_of


def test_session_goes_from_arriving_to_the_close(either_house: House) -> None:
    meeting = Meeting(either_house)
    marta, ruth, anna, jonas = everyone = meeting.enter_all("Marta Ruth Anna Jonas")
    marta.catches_up()
    while marta.stage != "call":
        marta.moves("move_on")
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    while marta.stage != "work":
        marta.moves("move_on")
    for voice in everyone:
        voice.hears_version(marta.v)
        assert voice.stage == "work"
        assert voice.state["presenter"] == meeting.seats["Anna"]
        assert voice.state["sits_back"]
    assert anna.state["audience"] == "presenter"
    anna.does("come_in")
    ruth.does("close_now")
    marta.catches_up().moves("end_meeting")
    for voice in everyone:
        voice.sees(phase="closed")
    assert jonas.state["presenter"] is None


def test_everyone_present_is_recorded_at_the_close(house: House) -> None:
    meeting = Meeting(house)
    marta, _, jonas = meeting.enter_all("Marta Anna Jonas")
    assert house.do("record", meeting=meeting.id) == {
        "opened": True,
        "closed": False,
        "present": [],
        "rows": 0,
    }
    marta.does("close_now")
    marta.moves("end_meeting")
    jonas.sees(phase="closed")
    eventually(lambda: house.do("record", meeting=meeting.id)["present"] == ["Anna", "Jonas", "Marta"])
    assert house.do("record", meeting=meeting.id)["rows"] == 4
    assert marta.is_refused("pause") == "closed"


def test_only_leaders_sockets_carry_what_is_for_leaders(either_house: House) -> None:
    meeting = Meeting(either_house, hands=True, empty_chair=True)
    marta, ruth, anna, jonas = meeting.enter_all("Marta Ruth Anna Jonas")
    table = meeting.enter("Marta", role="table")
    guest = either_house.do("guest", meeting=meeting.id, name="Gerda")
    gerda = either_house.line(meeting.id).join(guest["ticket"])
    marta.catches_up()
    marta.does("whisper", text="the corner is quiet tonight")
    marta.does("sign", sign="slower")
    jonas.does("word", word="recognise")
    jonas.does("alone", alone=False)
    gerda.does("word", word="moment")
    marta.does("touch", side="family", on=True)
    while marta.stage != "call":
        marta.moves("move_on")
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    marta.does("undo_mark")
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    marta.does("hand_over", to=meeting.seats["Ruth"])
    marta.does("ask_out", seat=meeting.seats["Jonas"])
    marta.does("take_back", seat=meeting.seats["Jonas"])
    marta.does("admit", seat=guest["seat"])
    ruth.catches_up().does("pause")
    outsiders = {"anna": anna, "jonas": jonas, "table": table, "gerda": gerda}
    for name, voice in outsiders.items():
        voice.catches_up()
        told = voice.kinds()
        assert not FOR_LEADERS & set(keys_of(voice.frames)), name
        assert not told & {*TOLD_TO_LEADERS, "sign", "whisper", "touch", "alone"}, name
        assert "word" not in told, name
        for said in ("corner", "slower", "recognise", "moment", "family"):
            assert said not in voice.everything(), name
    assert {"whisper", "sign", "word", "touch", "alone"} <= ruth.kinds()
    assert set(keys_of(ruth.frames)) >= FOR_LEADERS - {"keeper", "at"}  # these two stay in the log
    assert gerda.state["audience"] == "member"


def test_a_private_word_reaches_whoever_is_asked_outside_and_nobody_else(either_house: House) -> None:
    meeting = Meeting(either_house)
    marta, ruth, anna, jonas = meeting.enter_all("Marta Ruth Anna Jonas")
    phone = meeting.enter("Jonas")
    table = meeting.enter("Marta", role="table")
    guest = either_house.do("guest", meeting=meeting.id, name="Gerda")
    gerda = either_house.line(meeting.id).join(guest["ticket"])
    marta.does("ask_out", seat=meeting.seats["Jonas"], word="talk")
    for window in (jonas, phone):
        assert window.hears("aside") == {"t": "aside", "word": "talk"}
        assert window.seat(meeting.seats["Jonas"])["status"] == "outside"
    back = meeting.enter("Jonas")
    for voice in (marta, ruth, anna, table, gerda, back):
        assert "aside" not in voice.catches_up().kinds()
        assert "talk" not in voice.everything()


def test_whoever_is_asked_outside_without_a_word_is_told_that_they_were_asked(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    said = {"t": "ask_out", "id": "once", "seat": meeting.seats["Anna"]}
    for _twice in range(2):
        marta.raw(said)
        marta.hears("done", id="once")
    assert anna.hears("aside")["word"] is None
    anna.catches_up()
    assert len([frame for frame in anna.frames if frame.get("t") == "aside"]) == 1


def test_who_waits_hears_versions_only(house: House) -> None:
    meeting = Meeting(house)
    marta, _ = meeting.enter_all("Marta Anna")
    jonas = meeting.enter("Jonas", known=False)
    assert jonas.state.keys() == {"v", "audience", "seat", "because"}
    marta.catches_up().moves("move_on")
    jonas.catches_up()
    assert jonas.frames[-2] == {"v": marta.v}
    assert jonas.is_refused("pause") == "not_yours"
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    assert jonas.state["stage"] == 1
    jonas.hears("people")


def test_admitted_browser_need_not_knock_again(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    jonas = meeting.enter("Jonas", known=False, device="a" * 64)
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    eventually(lambda: house.do("devices", meeting=meeting.id, name="Jonas") == ["a" * 64])


def test_another_browser_of_a_seated_person_waits_and_hears_versions_only(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    other = meeting.enter("Jonas", known=False, device="b" * 64)
    assert other.state == {
        "v": other.v,
        "audience": "waiting",
        "seat": other.state["seat"],
        "because": "device",
    }
    marta.hears("knocked_beside")
    assert marta.seat(jonas.state["seat"])["knocks_beside"]
    assert "knocked_beside" not in anna.catches_up().kinds()
    assert other.is_refused("word", word="line") == "not_yours"
    assert other.is_refused("step_out") == "not_yours"
    marta.does("admit", seat=jonas.state["seat"])
    other.hears("snapshot")
    assert other.state["audience"] == "member"
    assert jonas.catches_up().state["audience"] == "member"


def test_admission_lets_in_the_browser_that_knocked_and_no_other(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    first = meeting.enter("Jonas", known=False, device="a" * 64)
    second = meeting.enter("Jonas", known=False, device="b" * 64)
    marta.does("admit", seat=first.state["seat"])
    first.hears("snapshot")
    marta.hears("knocked_beside")
    assert second.catches_up().state["audience"] == "waiting"
    eventually(lambda: house.do("devices", meeting=meeting.id, name="Jonas") == ["a" * 64])


def test_admitted_browser_comes_back_at_once_and_another_one_knocks(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    ticket = meeting.ticket("Jonas", known=False, device="a" * 64)
    jonas = house.line(meeting.id).join(ticket)
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    jonas.raw({"t": "leave"})
    marta.hears("went_away")
    other = meeting.enter("Jonas", known=False, device="b" * 64)
    assert other.state["because"] == "device"
    assert house.line(meeting.id).join(ticket).state["audience"] == "member"
    marta.hears("knocked_beside")
    other.raw({"t": "leave"})
    marta.hears("went_from_door")


def test_guest_comes_back_by_the_browser_that_was_let_in(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    gerda = meeting.enter_guest("Gerda", device="a" * 64)
    marta.does("admit", seat=gerda.state["seat"])
    gerda.hears("snapshot")
    gerda.raw({"t": "leave"})
    marta.hears("went_away")
    assert meeting.enter_guest("Gerda", device="b" * 64).state["because"] == "guest"
    assert meeting.enter_guest("Gerda", device="a" * 64).state["audience"] == "member"


def test_hands_are_heard_by_all_and_by_newcomers_until_lowered(house: House) -> None:
    meeting = Meeting(house, hands=True)
    marta, anna = meeting.enter_all("Marta Anna")
    anna.does("hand", on=True)
    marta.hears("hand", on=True, seat=meeting.seats["Anna"])
    jonas = meeting.enter("Jonas")
    jonas.hears("hand", on=True)
    anna.hang_up()
    jonas.hears("hand", on=False)


def test_option_switched_on_by_the_group_reaches_the_room(house: House) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    assert anna.is_refused("hand", on=True) == "off"
    house.do("switches_on", meeting=meeting.id, option="hands")
    assert anna.hears("hello")["options"]["hands"]
    anna.does("hand", on=True)


def test_marks_in_a_physical_room_need_no_line(house: House) -> None:
    meeting = Meeting(house, setting="room")
    table = meeting.enter("Marta", role="table")
    table.does("mark", seat=meeting.seats["Anna"], here=True)
    table.does("mark", seat=meeting.seats["Jonas"], here=True)
    ruth = meeting.enter("Ruth")
    ruth.hang_up()
    table.hears("dropped")  # the grace that a line has is over, and the marks still stand
    assert table.seat(meeting.seats["Anna"])["status"] == "here"
    assert table.seat(meeting.seats["Jonas"])["status"] == "here"


def test_whoever_first_comes_while_a_case_is_told_waits_until_a_leader_lets_them_in(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    to_the_call(marta)
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    jonas = meeting.enter("Jonas")
    assert jonas.state["because"] == "late"
    anna.catches_up()
    assert anna.seat(meeting.seats["Jonas"])["status"] == "away"  # that somebody waits is not for the circle
    assert marta.catches_up().seat(meeting.seats["Jonas"])["waits_because"] == "late"
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    assert jonas.state["presenter"] == meeting.seats["Anna"]


PASSING = {
    "sign": ({"sign": "slower"}, "Marta", {"Marta", "Ruth"}),
    "whisper": ({"text": "a moment"}, "Ruth", {"Marta", "Ruth"}),
    "touch": ({"side": "family", "on": True}, "Marta", {"Marta", "Ruth"}),
    "word": ({"word": "line"}, "Gerda", {"Marta", "Ruth"}),
    "alone": ({"alone": False}, "Jonas", {"Marta", "Ruth"}),
    "on_call": ({"on": True}, "Jonas", {"Marta", "Ruth", "Anna", "Jonas", "table"}),
    "weak": ({"on": True}, "Jonas", {"Marta", "Ruth"}),
    "hand": ({"on": True}, "Jonas", {"Marta", "Ruth", "Anna", "Jonas", "table"}),
    "chair": ({"on": True}, "Marta", {"Marta", "Ruth", "Anna", "Jonas", "table"}),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_is_passed_on_reaches_its_audience_alone(house: House, kind: str) -> None:
    fields, sender, audience = PASSING[kind]
    meeting = Meeting(house, hands=True, empty_chair=True)
    voices = {name: meeting.enter(name) for name in ("Marta", "Ruth", "Anna", "Jonas")}
    voices["table"] = meeting.enter("Marta", role="table")
    guest = house.do("guest", meeting=meeting.id, name="Gerda")
    voices["Gerda"] = house.line(meeting.id).join(guest["ticket"])
    to_the_call(voices["Marta"])
    voices["Marta"].moves("mark_presenter", seat=meeting.seats["Anna"])
    voices[sender].does(kind, **fields)
    heard = {name for name, voice in voices.items() if kind in voice.catches_up().kinds()}
    assert heard == audience


@pytest.mark.parametrize(
    ("kind", "fields", "who"),
    [
        ("sign", {"sign": "slower"}, "Anna"),
        ("whisper", {"text": "a moment"}, "Anna"),
        ("touch", {"side": "family", "on": True}, "Anna"),
        ("chair", {"on": True}, "Anna"),
        ("on_call", {"on": True}, "Gerda"),
        ("hand", {"on": True}, "Gerda"),
        ("weak", {"on": True}, "Gerda"),
    ],
)
def test_what_is_not_given_to_somebody_to_say_is_refused(
    house: House, kind: str, fields: dict[str, object], who: str
) -> None:
    meeting = Meeting(house, hands=True, empty_chair=True)
    marta, anna = meeting.enter_all("Marta Anna")
    guest = house.do("guest", meeting=meeting.id, name="Gerda")
    speaker = anna if who == "Anna" else house.line(meeting.id).join(guest["ticket"])
    assert speaker.is_refused(kind, **fields) == "not_yours"
    assert kind not in marta.catches_up().kinds()


def test_time_may_be_shown_to_members_and_never_to_whoever_tells(house: House) -> None:
    meeting = Meeting(house, members_see_time=True)
    marta, anna, jonas = meeting.enter_all("Marta Anna Jonas")
    table = meeting.enter("Marta", role="table")
    to_the_call(marta)
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    anna.hears("snapshot")
    assert anna.state["audience"] == "presenter"
    assert "minutes" in keys_of(jonas.catches_up().state)
    for voice in (anna, table):
        assert "minutes" not in keys_of(voice.catches_up().state)
    assert not {"clock", "spent", "since"} & set(keys_of(jonas.frames))


@pytest.mark.parametrize("last", [10_000, 2**53 - 1])
def test_version_that_the_room_never_reached_is_answered_with_the_whole_state(
    house: House, last: int
) -> None:
    meeting = Meeting(house)
    meeting.enter("Marta")
    line = house.line(meeting.id)
    line.raw({"t": "join", "ticket": meeting.ticket("Anna"), "v": last})
    line.hears("hello")


def test_whoever_became_somebody_else_meanwhile_gets_the_whole_state(house: House) -> None:
    meeting = Meeting(house)
    marta, anna, _ = meeting.enter_all("Marta Anna Jonas")
    to_the_call(marta)
    seen = anna.catches_up().v
    anna.hang_up()
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    back = house.line(meeting.id)
    back.raw({"t": "join", "ticket": anna.ticket, "v": seen})
    back.hears("hello")
    assert back.state["audience"] == "presenter"


def test_second_join_on_a_line_tells_the_state_again_and_changes_nothing(either_house: House) -> None:
    meeting = Meeting(either_house)
    marta, anna = meeting.enter_all("Marta Anna")
    before = marta.catches_up().v
    anna.raw({"t": "join", "ticket": meeting.ticket("Marta"), "v": 0})
    anna.hears("hello")
    assert anna.state["seat"] == meeting.seats["Anna"]  # whose ticket it shows does not matter any more
    assert marta.catches_up().v == before


def to_the_call(marta: Voice) -> None:
    marta.catches_up()
    while marta.stage != "call":
        marta.moves("move_on")
