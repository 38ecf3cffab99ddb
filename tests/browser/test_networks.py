"""Networks that change, swallow or block: sound goes on, nobody is dropped, and where nothing else is let through, a relay is."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests import relay
from tests.browser.conftest import CHROMIUM_ARGS, DEVICES, Crowd, House
from tests.browser.media import WATCHED, again, hears, until
from tests.browser.nets import FIRST, SECOND, SERVER, Nets, nets
from tests.browser.signals import OVERHEARD
from tests.browser.staging import relay_settings, staged

FLAGS = [flag for flag in DEVICES if "loopback" not in flag]
FLAGS += [f"--host-resolver-rules=MAP *.localhost {SERVER}", "--ignore-certificate-errors"]
"""Every person's address leads to the server; the relay's certificate signs itself."""

WAY = """async () => {
  const ways = [];
  for (const connection of connections) {
    const parts = await connection.getStats();
    const open = [...parts.values()].find(({ type, selectedCandidatePairId }) => type === "transport" && selectedCandidatePairId);
    const pair = connection.connectionState === "connected" && open && parts.get(open.selectedCandidatePairId);
    const own = pair && parts.get(pair.localCandidateId);
    if (own) ways.push(`${own.candidateType} ${own.relayProtocol ?? own.protocol} ${own.relatedAddress ?? own.address}`);
  }
  return ways;
}"""
"""How each open line of a page goes: what kind, over what, from which own address."""

THE_ONE = """() => {
  const others = connections.filter(({ remoteDescription }) => remoteDescription);
  const open = others.filter(({ connectionState }) => connectionState === "connected");
  return [others.length, ...open.map((connection) => connections.indexOf(connection))];
}"""
"""How many connections to others a page has ever made, and which of them is open."""

ROUND = """() => connections.filter(({ connectionState }) => connectionState !== "closed")
  .map(({ localDescription }) => /a=ice-ufrag:(\\S+)/.exec(localDescription?.sdp ?? "")?.[1] ?? "")"""
"""The name of each connection's present search for ways: another one each time that it looks anew."""


@pytest.fixture(scope="module")
def networks() -> Iterator[Nets]:
    with nets() as made:
        yield made


@pytest.fixture(scope="module")
def turn(networks: Nets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[relay.Relay | None]:
    """Run a relay beside the server, where coturn is installed."""
    with ExitStack() as stack:
        there = shutil.which("turnserver") is not None
        folder = tmp_path_factory.mktemp("relay")
        yield (
            stack.enter_context(relay.running(folder, between_ourselves=True, nets=networks))
            if there
            else None
        )


@pytest.fixture(scope="module")
def far_house(
    networks: Nets, turn: relay.Relay | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    settings = relay_settings(relay.SECRET, *turn.ways.values()) if turn else {}
    with staged(tmp_path_factory.mktemp("far"), nets=networks, settings=settings) as house:
        yield house


@pytest.fixture(scope="module")
def homes(
    networks: Nets, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Browser]]:
    """Start a browser in Anna's home, and one in the others'."""
    folder = tmp_path_factory.mktemp("homes")
    browsers = {
        place: playwright.chromium.launch(
            executable_path=networks.chromium(place, folder), args=[*CHROMIUM_ARGS, *FLAGS]
        )
        for place in (networks.anna, networks.others)
    }
    yield browsers
    for browser in browsers.values():
        browser.close()


class Call:
    """Anna at her home and Marta at hers, in a circle."""

    def __init__(self, house: House, networks: Nets, homes: dict[str, Browser]) -> None:
        self.crowds = {place: Crowd(house, browser) for place, browser in homes.items()}
        self.meeting, self.house = house.meeting(), house
        self.marta = self.comes("marta", networks.others)
        self.anna = self.comes("anna", networks.anna)
        self.both_hear()

    def comes(self, who: str, place: str) -> Page:
        page = self.crowds[place].window(who)
        page.add_init_script(OVERHEARD + WATCHED)
        again(page, self.house, who, self.meeting)
        return page

    def both_hear(self) -> None:
        hears(self.marta, "Anna")
        hears(self.anna, "Marta")

    def nobody_was_dropped(self) -> None:
        assert self.marta.evaluate("heard.filter(({ e }) => e === 'dropped' || e === 'work_stopped')") == []

    def ends(self) -> None:
        for crowd in self.crowds.values():
            for window in crowd.windows:
                window.close()
            assert crowd.problems == []


@pytest.fixture
def call(far_house: House, networks: Nets, homes: dict[str, Browser]) -> Iterator[Call]:
    call = Call(far_house, networks, homes)
    yield call
    call.ends()


def test_change_of_network_drops_nobody_and_the_same_connection_goes_on(call: Call, networks: Nets) -> None:
    assert all(way.endswith(FIRST) for way in call.anna.evaluate(WAY))
    before = call.anna.evaluate(ROUND)
    the_one = [page.evaluate(THE_ONE) for page in (call.anna, call.marta)]
    networks.change_network()
    try:
        until(
            call.anna,
            lambda: bool(ways := call.anna.evaluate(WAY)) and all(way.endswith(SECOND) for way in ways),
            "a way from the other network",
        )
        until(call.anna, lambda: call.anna.evaluate(ROUND) != before, "another search for ways")
        call.both_hear()
        call.nobody_was_dropped()
        assert [page.evaluate(THE_ONE) for page in (call.anna, call.marta)] == the_one
        assert [made for made, _ in the_one] == [1, 1]
    finally:
        networks.change_back()


def test_black_hole_drops_nobody_and_sound_comes_back(call: Call, networks: Nets) -> None:
    before = call.marta.evaluate(ROUND)
    with networks.black_hole():
        until(call.marta, lambda: call.marta.evaluate(ROUND) != before, "another search for ways")
    call.marta.wait_for_function(
        "() => connections.some(({ connectionState }) => connectionState === 'connected')"
    )
    call.both_hear()
    call.nobody_was_dropped()


@pytest.mark.parametrize("way", ["TCP", "TLS"])
def test_where_no_datagram_gets_out_the_relay_carries_the_call(
    far_house: House, networks: Nets, homes: dict[str, Browser], turn: relay.Relay | None, way: str
) -> None:
    if turn is None:
        pytest.skip("coturn is not installed (apt-get install coturn)")
    with ExitStack() as closed:
        closed.enter_context(networks.blocked("ipproto", "udp"))
        if way == "TLS":
            closed.enter_context(networks.blocked("ipproto", "tcp", "dport", str(turn.port)))
        call = Call(far_house, networks, homes)
        assert {line.partition(" 10.")[0] for line in call.anna.evaluate(WAY)} == {f"relay {way.lower()}"}
        call.ends()


def test_door_says_where_only_a_relay_works_and_where_nothing_does(
    far_house: House, networks: Nets, homes: dict[str, Browser], turn: relay.Relay | None
) -> None:
    if turn is None:
        pytest.skip("coturn is not installed (apt-get install coturn)")
    crowd = Crowd(far_house, homes[networks.anna])
    anna = crowd.window("anna")
    anna.goto(far_house.address("anna", f"/room/{far_house.meeting()}/"))
    way = anna.locator("#door-way")
    with ExitStack() as closed:
        closed.enter_context(networks.blocked("ipproto", "udp"))
        anna.get_by_role("button", name="Turn on camera and microphone").click()
        expect(way).to_contain_text("blocks the direct way (UDP); only the relay of this server works here")
        for port in (turn.port, turn.tls_port):
            closed.enter_context(networks.blocked("ipproto", "tcp", "dport", str(port)))
        anna.get_by_role("button", name="Try again").click()
        expect(way).to_contain_text("Nothing answers from here")
    anna.get_by_role("button", name="Try again").click()
    expect(way).to_contain_text("would go directly; where a network stops them, through the relay")
    anna.context.close()
    assert crowd.problems == []
