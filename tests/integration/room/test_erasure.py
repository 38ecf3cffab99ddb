"""Whoever erases their account while they sit in a room."""

from tests.integration.room.house import House, Meeting


def test_whoever_erased_their_account_is_out_and_their_ticket_is_void(house: House) -> None:
    meeting = Meeting(house, members="Anna Odile")
    marta, odile = meeting.enter_all("Marta Odile")
    given = meeting.ticket("Odile")
    house.do("erases_the_account", name="Odile")
    assert odile.is_closed() in (4403, 4404)
    marta.hears("seat_removed", gone=meeting.seats["Odile"])
    again = house.line(meeting.id)
    again.raw({"t": "join", "ticket": given, "v": 0})
    assert again.is_closed() in (4403, 4404)
    anna = meeting.enter("Anna").catches_up()
    assert "Anna" in str(anna.frames)
    assert "Odile" not in str(anna.frames)
