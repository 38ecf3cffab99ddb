"""A line that loses much: sound goes first, pictures shrink, go and come back, and two people are told."""

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import WATCHED, again, come_in, hears, sees, until
from tests.browser.room import seat

SOON = """
const every = window.setInterval;
window.setInterval = (does, ms, ...more) => every(does, ms === 3000 ? 1000 : ms, ...more);
"""
"""The page weighs its lines each second, as often as browsers report on them, so that a story takes less long."""

LOST = """async () => {
  let lost = 0;
  for (const connection of connections) for (const part of (await connection.getStats()).values()) {
    if (part.type === "remote-inbound-rtp") lost += part.packetsLost ?? 0;
  }
  return lost;
}"""

SENDS = """() => connections.filter(({ connectionState }) => connectionState === "connected")
  .flatMap((connection) => connection.getSenders()).filter(({ track }) => track).map(({ track }) => track.kind)"""


NOTES = """() => {
  const said = document.getElementById("own-said");
  window.noted = [];
  new MutationObserver(() => noted.push(said.textContent)).observe(said, { childList: true, characterData: true, subtree: true });
}"""
"""Notes each sentence that the page says about its person's sound and picture."""

SMALLER = "Your line is weak: sound goes first, your picture is smaller for a while."
RESTS = "Your line is weak: your picture rests, your sound goes on."


def line_of(page: Page) -> CDPSession:
    """Return the way to a page's network."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    return line


def lose(line: CDPSession, percent: float) -> None:
    """Lose so many of the packets of a page's calls, and have each wait 40 ms."""
    conditions = {"offline": False, "latency": 40, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", {**conditions, "packetLoss": percent})


def test_call_goes_on_where_one_packet_in_twenty_is_lost(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting)
    anna = speakers.window("anna")
    anna.add_init_script(WATCHED)
    lose(line_of(anna), 5)
    again(anna, house, "anna", meeting, unseen=False)
    hears(marta, "Anna")
    until(anna, lambda: anna.evaluate(LOST) > 0, "packets that were lost")
    for page, other in ((marta, "Anna"), (anna, "Marta")):
        hears(page, other)
        sees(page, other)


def test_on_a_very_weak_line_pictures_shrink_go_and_come_back(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, jonas = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "jonas"))
    anna = speakers.window("anna")
    anna.add_init_script(WATCHED + SOON)
    line = line_of(anna)
    lose(line, 1)
    again(anna, house, "anna", meeting, unseen=False)
    sees(marta, "Anna")
    anna.evaluate(NOTES)
    lose(line, 25)
    until(anna, lambda: set(anna.evaluate(SENDS)) == {"audio"}, "sound alone")
    expect(anna.locator("#own-said")).to_have_text(RESTS)
    assert [words for words in anna.evaluate("noted") if words] == [SMALLER, RESTS]
    expect(seat(marta, "Anna")).to_contain_text("weak line")
    hears(marta, "Anna")
    expect(seat(jonas, "Anna")).not_to_contain_text("weak line")
    lose(line, 0)
    until(anna, lambda: "video" in anna.evaluate(SENDS), "a picture again")
    sees(marta, "Anna")
    expect(anna.locator("#own-said")).to_have_text("")
    expect(seat(marta, "Anna")).not_to_contain_text("weak line")
