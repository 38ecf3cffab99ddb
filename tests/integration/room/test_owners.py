"""Two processes share the rooms through PostgreSQL. The test is the proxy: it knows two ports."""

import time
from collections.abc import Callable

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed

from tests import postgres
from tests.integration.room.house import House, Meeting
from tests.integration.room.voices import Voice

Build = Callable[..., House]
Two = tuple[House, House]


@pytest.fixture
def two(own_house: Build) -> Two:
    """Return two servers on one database."""
    first = own_house(on_postgres=True, ENID_SECRET_KEY="shared by both", ENID_LINE_GRACE_S="20")
    second = own_house(
        url=first.settings["ENID_DATABASE_URL"], ENID_SECRET_KEY="shared by both", ENID_LINE_GRACE_S="20"
    )
    return first, second


def knocks(house: House, meeting: Meeting, ticket: str) -> int:
    """Try to join once; return the close code, or 0 when the room was told."""
    line = house.line(meeting.id)
    line.raw({"t": "join", "ticket": ticket, "v": 0})
    try:
        line.hears("hello")
    except ConnectionClosed:
        return line.is_closed()
    finally:
        line.hang_up()
    return 0


def comes_in_sooner_or_later(house: House, meeting: Meeting, ticket: str) -> Voice:
    """Come again and again, as a browser does, until the lease of the other has run out."""
    while (code := knocks(house, meeting, ticket)) != 0:
        assert code in (4409, 1012)
        time.sleep(0.3)
    return house.line(meeting.id).join(ticket)


def test_browser_at_the_wrong_process_is_sent_to_the_right_one(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    marta = meeting.enter("Marta")
    wrong = second.line(meeting.id)
    wrong.raw({"t": "join", "ticket": meeting.ticket("Anna"), "v": 0})
    assert wrong.is_closed() == 4409
    assert len(wrong.reason) == 8  # the owner's name, which says nothing else
    meeting.enter("Anna", at=first)
    marta.hears("arrived")


def test_rooms_of_a_killed_process_live_on_in_the_other(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    marta, anna = meeting.enter_all("Marta Anna")
    marta.catches_up().moves("move_on")
    anna.hears_version(marta.v)
    tickets = {name: meeting.ticket(name) for name in ("Marta", "Anna")}
    first.kill()
    marta_again = comes_in_sooner_or_later(second, meeting, tickets["Marta"])
    anna_again = second.line(meeting.id).join(tickets["Anna"])
    assert anna_again.state == anna.state
    marta_again.moves("move_on")
    anna_again.sees(stage=2)


def test_rooms_of_a_stopped_process_are_free_at_once(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    meeting.enter("Marta")
    ticket = meeting.ticket("Marta")
    first.stop()
    assert knocks(second, meeting, ticket) == 0


def test_process_that_hung_steps_down_and_nothing_is_lost(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    marta, anna = meeting.enter_all("Marta Anna")
    marta.catches_up().moves("move_on")
    tickets = {name: meeting.ticket(name) for name in ("Marta", "Anna")}
    first.hang()
    marta_again = comes_in_sooner_or_later(second, meeting, tickets["Marta"])
    marta_again.moves("move_on")
    anna.raw({"t": "step_out", "id": "into the void"})
    first.wake()
    assert anna.is_closed() == 4409
    assert [frame.get("id") for frame in anna.frames if frame.get("t") == "done"] == []
    anna_again = second.line(meeting.id).join(tickets["Anna"])
    assert anna_again.state["stage"] == 2
    assert anna_again.seat(meeting.seats["Anna"])["status"] == "here"


def test_hung_process_with_a_quiet_room_steps_down_too(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    anna = meeting.enter("Anna")
    ticket = meeting.ticket("Anna")
    first.hang()
    comes_in_sooner_or_later(second, meeting, ticket)
    first.wake()
    assert anna.is_closed() == 4409


def test_news_from_a_page_of_one_process_reach_the_rooms_of_the_other(two: Two) -> None:
    first, second = two
    meeting = Meeting(first)
    anna = meeting.enter("Anna")
    second.do("leaves_the_group", meeting=meeting.id, name="Anna")
    assert anna.is_closed() == 4404


def test_lost_database_refuses_and_the_room_goes_on_when_it_is_back(own_house: Build) -> None:
    house = own_house(on_postgres=True)
    meeting = Meeting(house)
    marta = meeting.enter("Marta").catches_up()
    name = postgres.name_of(house.settings["ENID_DATABASE_URL"])
    with psycopg.connect(postgres.server_url(), autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    answers = [marta.asks("move_on", v=marta.v)]
    while answers[-1]["t"] == "refused":
        assert answers[-1]["code"] == "try_again"
        time.sleep(0.2)
        answers.append(marta.asks("move_on", v=marta.v))
    assert marta.catches_up().state["stage"] == 1
