"""Whole sessions over real sockets."""

from tests.integration.room.house import House, Meeting
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
        told = {frame.get("t", frame.get("e")) for frame in voice.frames}
        assert not FOR_LEADERS & set(keys_of(voice.frames)), name
        assert not told & {*TOLD_TO_LEADERS, "sign", "whisper", "touch", "alone"}, name
        assert not [f for f in voice.frames if f.get("t") == "word"], name
    assert {"whisper", "sign", "word", "touch", "alone"} <= {frame.get("t") for frame in ruth.frames}
    assert gerda.state["audience"] == "member"


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


def eventually(holds: object) -> None:
    from tests.integration.site.test_commands import until

    until(holds, "what was to follow")  # type: ignore[arg-type]
