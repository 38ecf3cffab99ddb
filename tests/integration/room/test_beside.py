"""A browser that no leader has let in, beside its person's seat: what it hears, says, and can take from them."""

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_session import to_the_call
from tests.integration.room.voices import Voice

STRANGE = {"known": False, "device": "b" * 64}


def late(house: House) -> tuple[Meeting, Voice, Voice]:
    """Have Jonas come while a case is told; return the leader and him."""
    meeting = Meeting(house)
    marta, _anna = meeting.enter_all("Marta Anna")
    to_the_call(marta)
    marta.moves("mark_presenter", seat=meeting.seats["Anna"])
    jonas = meeting.enter("Jonas")
    assert jonas.state["because"] == "late"
    return meeting, marta, jonas


def test_fetching_who_is_late_lets_in_no_other_browser_of_theirs(house: House) -> None:
    meeting, marta, jonas = late(house)
    other = meeting.enter("Jonas", **STRANGE)
    marta.hears("knocked_beside")
    marta.does("admit", seat=meeting.seats["Jonas"])
    jonas.hears("snapshot")
    assert other.catches_up().state["audience"] == "waiting"
    assert marta.seat(meeting.seats["Jonas"])["knocks_beside"]
    assert house.do("devices", meeting=meeting.id, name="Jonas") == []
    marta.does("admit", seat=meeting.seats["Jonas"])
    assert other.hears("snapshot")["state"]["audience"] == "member"
