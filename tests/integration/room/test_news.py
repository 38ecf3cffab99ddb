"""What pages do while people sit in a room."""

from tests.integration.room.house import House, Meeting


def test_removed_member_with_an_open_tab_is_out(house: House) -> None:
    meeting = Meeting(house)
    marta, anna = meeting.enter_all("Marta Anna")
    given = meeting.ticket("Anna")
    house.do("leaves_the_group", meeting=meeting.id, name="Anna")
    assert anna.is_closed() == 4404
    marta.hears("seat_removed", gone=meeting.seats["Anna"])
    again = house.line(meeting.id)
    again.raw({"t": "join", "ticket": given, "v": 0})
    assert again.is_closed() == 4404


def test_new_member_finds_a_chair_at_once(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    seat = house.do("joins_the_group", meeting=meeting.id, name=f"Nora{house.port}")
    nora = meeting.enter(f"Nora{house.port}")
    marta.hears("arrived")
    assert nora.seat(seat)["status"] == "here"


def test_whoever_signed_out_everywhere_is_cut_off_and_old_tickets_are_void(house: House) -> None:
    meeting = Meeting(house, members="Anna Silvia")
    anna, silvia = meeting.enter_all("Anna Silvia")
    given = meeting.ticket("Silvia")
    house.do("signs_out_everywhere", name="Silvia")
    assert silvia.is_closed() == 4403
    again = house.line(meeting.id)
    again.raw({"t": "join", "ticket": given, "v": 0})
    assert again.is_closed() == 4403
    meeting.enter("Silvia")
    anna.catches_up()


def test_new_name_is_told_to_the_circle(house: House) -> None:
    meeting = Meeting(house, members="Anna Renate")
    anna = meeting.enter("Anna")
    house.do("is_renamed", name="Renate", to="Renata")
    assert anna.until(lambda frame: "Renata" in frame.get("people", {}).values())


def test_guest_knocks_and_is_let_in(house: House) -> None:
    meeting = Meeting(house)
    marta = meeting.enter("Marta")
    guest = house.do("guest", meeting=meeting.id, name="Gerda")
    gerda = house.line(meeting.id).join(guest["ticket"])
    assert gerda.state["because"] == "guest"
    marta.hears("knocked")
    marta.does("admit", seat=guest["seat"])
    gerda.hears("people")
    assert gerda.state["audience"] == "member"


def test_cancelled_meeting_has_no_room(house: House) -> None:
    meeting = Meeting(house)
    anna = meeting.enter("Anna")
    house.do("is_cancelled", meeting=meeting.id)
    assert anna.is_closed() == 4404
