"""Who may stand in the lobby."""

import pytest

from enid.room import lobby
from enid.room.lobby import Lobby, network_of


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


@pytest.mark.parametrize(
    ("client", "network"),
    [
        (("192.0.2.7", 4711), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 4711), "2001:db8:1:2"),
        (("2001:db8:1:2:9:9:9:9", 4712), "2001:db8:1:2"),
        (None, ""),
    ],
)
def test_addresses_of_one_visitor_are_one_network(client: tuple[str, int] | None, network: str) -> None:
    assert network_of(client) == network
