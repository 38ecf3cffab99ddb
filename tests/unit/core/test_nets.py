import pytest

from enid.core.nets import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:7:5::1", "2001:db8:7::/48"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("a socket", "a socket"),
    ],
)
def test_neighbours_share_a_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_network_may_be_as_small_as_one_client() -> None:
    assert network_of("198.51.100.7", v4=32, v6=64) == "198.51.100.7/32"
    assert network_of("2001:db8:7:5::1", v4=32, v6=64) == "2001:db8:7:5::/64"
