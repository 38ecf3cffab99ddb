"""The one still light: it changes only when a line really fails, and then a telephone number stands beside it."""

import os
import signal

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import again, come_in, hears

NO_WAY = """
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(given) { super({ ...given, iceServers: [], iceTransportPolicy: "relay" }); }
};
"""
"""No network between this browser and any other: there is no relay, and nothing else may be tried."""

NUMBER = "+43 1 2345"


def light(page: Page, kind: str, *words: str) -> None:
    """Expect the light to stand so, and these words beside it."""
    expect(page.locator("#line")).to_have_attribute("data-line", kind, timeout=60_000)
    for word in words:
        expect(page.locator("#line-text")).to_contain_text(word)


def test_light_changes_for_everyone_whose_line_really_failed(house: House, speakers: Crowd) -> None:
    meeting = house.meeting(telephone=NUMBER)
    marta, jonas = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "jonas"))
    hears(jonas, "Marta")
    light(jonas, "open")
    anna = speakers.window("anna")
    anna.add_init_script(NO_WAY)
    again(anna, house, "anna", meeting)
    for page in (marta, jonas):
        light(page, "dropped", "between you and Anna", NUMBER)
    light(anna, "dropped", "Marta", "Jonas", NUMBER)
    hears(jonas, "Marta")
    anna.goto("about:blank")
    light(jonas, "dropped", "A line broke: Anna")


def test_number_is_shown_where_the_line_to_enid_is_lost(house: House, speakers: Crowd) -> None:
    with_number = come_in(speakers, house, "marta", house.meeting(telephone=NUMBER), unseen=True)
    without = come_in(speakers, house, "anna", house.meeting(), unseen=True)
    os.kill(house.web_process(), signal.SIGKILL)
    light(with_number, "lost", NUMBER)
    light(without, "lost", "Enid is trying again")
    expect(without.locator("#line-text")).not_to_contain_text("If it stays so")
    for page in (with_number, without):
        light(page, "open")
