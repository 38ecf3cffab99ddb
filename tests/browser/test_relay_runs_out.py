"""A page that stayed open longer than its password for the relay, where nothing but the relay carries sound."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from enid.room import ice
from tests import relay
from tests.browser.conftest import Crowd, House
from tests.browser.media import WATCHED, again, hears
from tests.browser.staging import relay_settings, staged

RAN_OUT = "Nothing comes through between you and Marta. Please load the page again; your seat is kept."


@pytest.fixture(scope="module")
def hiding_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Run a house in which everything goes through the relay."""
    with relay.running(tmp_path_factory.mktemp("relay"), between_ourselves=True) as running:
        settings = relay_settings(relay.SECRET, running.ways["UDP"])
        folder = tmp_path_factory.mktemp("hiding")
        with staged(folder, settings={**settings, "ENID_TURN_HIDES_ADDRESSES": "yes"}) as house:
            yield house


@pytest.fixture
def guests(hiding_house: House, browser_with_devices: Browser) -> Iterator[Crowd]:
    """Return a crowd for that house."""
    crowd = Crowd(hiding_house, browser_with_devices)
    yield crowd
    for window in crowd.windows:
        window.close()
    assert crowd.problems == []


LATE = """
const late = %s;
const times = %s;
let told = 0;
const older = (frame) => frame.t === "ways" && told++ < times
  ? { ...frame, ice: frame.ice.map((server) => ({ ...server, ...late })) } : frame;
window.WebSocket = class extends WebSocket {
  addEventListener(kind, hears, ...more) {
    const hearsOlder = ({ data }) => hears(new MessageEvent("message", { data: JSON.stringify(older(JSON.parse(data))) }));
    super.addEventListener(kind, kind === "message" ? hearsOlder : hears, ...more);
  }
};
"""
"""Lets a page hear a password that ran out an hour ago, so many times."""


def late(times: int) -> str:
    name, password = ice.credentials(relay.SECRET, until=timezone.now() - timedelta(hours=1))
    return LATE % (json.dumps({"username": name, "credential": password}), times)


def comes(guests: Crowd, who: str, meeting: str, *, too_late: int = 0) -> Page:
    page = guests.window(who)
    page.add_init_script(WATCHED)
    if too_late:
        page.add_init_script(late(too_late))
    again(page, guests.house, who, meeting)
    return page


def test_password_that_ran_out_is_renewed_and_the_call_goes_through_the_relay(guests: Crowd) -> None:
    meeting = guests.house.meeting()
    marta = comes(guests, "marta", meeting)
    anna = comes(guests, "anna", meeting, too_late=1)
    hears(anna, "Marta")
    hears(marta, "Anna")
    servers = anna.evaluate("connections.at(-1).getConfiguration()")
    assert servers["iceTransportPolicy"] == "relay"


def test_where_no_fresh_password_comes_the_page_says_what_to_do(guests: Crowd) -> None:
    meeting = guests.house.meeting()
    comes(guests, "marta", meeting)
    anna = comes(guests, "anna", meeting, too_late=99)
    expect(anna.locator("#own-said")).to_have_text(RAN_OUT)
    expect(anna.locator("#place")).to_be_visible()
