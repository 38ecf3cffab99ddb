"""At the door: which way sound and picture would go, with a relay and without."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import relay
from tests.browser.conftest import DESK, SMALLEST, Crowd, House
from tests.browser.staging import relay_settings, staged
from tests.integration.site.test_commands import free_port

Clean = Callable[[Page], None]


@pytest.fixture(scope="module")
def turn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[relay.Relay]:
    with relay.running(tmp_path_factory.mktemp("relay"), between_ourselves=True) as running:
        yield running


def door(crowd: Crowd, meeting: str) -> Page:
    """Return a page at the door on which camera and microphone were tried."""
    page = crowd.window("anna")
    page.goto(crowd.house.address("anna", f"/room/{meeting}/"))
    expect(page.locator("#door-way")).to_be_hidden()
    page.get_by_role("button", name="Turn on camera and microphone").click()
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("#door-way")).to_contain_text(words)


def test_without_a_relay_the_door_says_that_it_would_go_directly(
    house: House, speakers: Crowd, clean: Clean
) -> None:
    page = door(speakers, house.meeting())
    says(page, "would go directly, as far as can be seen from here")
    expect(page.locator("#try-way")).to_be_hidden()
    for size in (DESK, SMALLEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        clean(page)


def test_relay_that_answers_stands_by(
    turn: relay.Relay, browser_with_devices: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = relay_settings(relay.SECRET, *list(turn.ways.values())[:2])
    with staged(tmp_path_factory.mktemp("stands-by"), settings=settings) as house:
        crowd = Crowd(house, browser_with_devices)
        says(door(crowd, house.meeting()), "where a network stops them, through the relay of this server")
        leaves(crowd)


def test_where_addresses_are_hidden_the_door_names_the_relay(
    turn: relay.Relay, browser_with_devices: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = relay_settings(relay.SECRET, turn.ways["UDP"])
    settings["ENID_TURN_HIDES_ADDRESSES"] = "yes"
    with staged(tmp_path_factory.mktemp("hidden"), settings=settings) as house:
        crowd = Crowd(house, browser_with_devices)
        says(door(crowd, house.meeting()), "through the relay of this server, which cannot read them")
        leaves(crowd)


def test_relay_that_is_off_keeps_nobody_at_the_door(
    browser_with_devices: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = relay_settings(relay.SECRET, f"turn:localhost:{free_port()}")
    with staged(tmp_path_factory.mktemp("off"), settings=settings) as house:
        crowd = Crowd(house, browser_with_devices)
        meeting = house.meeting()
        says(door(crowd, meeting), "Nothing answers from here")
        (page,) = crowd.windows[-1].pages
        page.get_by_role("button", name="Try again").click()
        says(page, "Looking for the way")
        page.locator("#enter").click()
        expect(page.locator("#place")).to_be_visible()
        leaves(crowd)


def leaves(crowd: Crowd) -> None:
    """Close every window; none of them may have had a fault."""
    for window in crowd.windows:
        window.close()
    assert crowd.problems == []
