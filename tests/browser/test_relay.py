"""Two browsers that may speak only through the relay, with the credentials that a page is handed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from enid.room import ice
from tests.browser.conftest import House
from tests.relay import SECRET, Relay, running

# Resolves to how the chosen way goes, or to the relay's refusal.
CALL = """
async (server) => {
  const [a, b] = [1, 2].map(() => new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" }));
  a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
  const ended = new Promise((end) => {
    a.onconnectionstatechange = () => a.connectionState === "connected" && end("connected");
    a.onicecandidateerror = ({ errorCode }) => errorCode === 401 && end("refused");
  });
  a.createDataChannel("");
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription);
  const end = await ended;
  const parts = [...(await a.getStats()).values()];
  const pair = parts.find(({ type, nominated }) => type === "candidate-pair" && nominated);
  const mine = parts.find(({ id }) => id === pair?.localCandidateId);
  for (const pc of [a, b]) pc.close();
  return [end, mine?.candidateType, mine?.relayProtocol];
}
"""


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    with running(tmp_path_factory.mktemp("relay"), between_ourselves=True) as relay:
        yield relay


@pytest.fixture
def page(house: House, wired: Browser) -> Iterator[Page]:
    page = wired.new_page()
    page.goto(house.address("marta"))
    yield page
    page.close()


def _server(relay: Relay, way: str, hours: int) -> dict[str, object]:
    name, password = ice.credentials(SECRET, until=timezone.now() + timedelta(hours=hours))
    return {"urls": [relay.ways[way]], "username": name, "credential": password}


@pytest.mark.parametrize("way", ["UDP", "TCP"])
def test_call_goes_through_the_relay_alone(page: Page, relay: Relay, way: str) -> None:
    assert page.evaluate(CALL, _server(relay, way, hours=1)) == ["connected", "relay", way.lower()]


def test_credentials_that_ran_out_carry_nothing(page: Page, relay: Relay) -> None:
    assert page.evaluate(CALL, _server(relay, "UDP", hours=-1))[0] == "refused"
