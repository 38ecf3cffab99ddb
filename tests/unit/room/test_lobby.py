"""Who may stand in the lobby."""

from enid.room import lobby
from enid.room.lobby import Lobby


def test_lobby_has_room_again_when_somebody_goes_on() -> None:
    here = Lobby()
    assert all(here.enter("10.0.0.1") for _ in range(lobby.MOST_OF_ONE))
    assert not here.enter("10.0.0.1")
    assert here.enter("10.0.0.2")
    here.leave("10.0.0.1")
    assert here.enter("10.0.0.1")


def test_lobby_is_full_for_everyone_at_its_end() -> None:
    here = Lobby()
    assert all(here.enter(str(number)) for number in range(lobby.MOST))
    assert not here.enter("another")
