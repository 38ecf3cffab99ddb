"""Somebody between two people, put there by the server itself: the four words give them away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import again, come_in, hears, until
from tests.browser.middleman import ACCOMPLICE
from tests.browser.room import press
from tests.browser.staging import staged

TIMES = 4
"""Circles in which the words are compared; each load of a page makes new certificates and nonces."""


@pytest.fixture(scope="module")
def tampered_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with staged(tmp_path_factory.mktemp("tampered"), direction="tests.browser.middleman") as house:
        yield house


@pytest.fixture
def victims(tampered_house: House, browser_with_devices: Browser) -> Iterator[Crowd]:
    """Return a crowd for that house."""
    crowd = Crowd(tampered_house, browser_with_devices)
    yield crowd
    for window in crowd.windows:
        window.close()
    assert crowd.problems == []


def words(page: Page) -> list[str]:
    """Return the four words behind the lock, once they are there."""
    until(page, lambda: page.locator("#lock-words li").count() == 4, "four words")
    return page.locator("#lock-words li").all_text_contents()


def new_words(page: Page, seen: list[list[str]]) -> None:
    """Wait until the words are others than before, and note them; the same on both sides would hang here."""
    until(page, lambda: words(page) not in seen, "words that nobody has read")
    seen.append(words(page))


def between(victims: Crowd, meeting: str, *, takes_part: bool) -> Page:
    """Put the accomplice in its place."""
    page = victims.window("salma")
    page.evaluate(ACCOMPLICE, {"room": f"/ws/room/{meeting}/", "language": "en", "takesPart": takes_part})
    return page


def test_straight_lines_show_the_same_words_to_everyone(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    hears(jonas, "Marta", "Anna")
    assert words(marta) == words(anna) == words(jonas)
    expect(anna.locator("#lock-dialog")).to_be_hidden()


def test_server_that_swaps_certificates_makes_the_words_differ_each_time(victims: Crowd) -> None:
    meeting = victims.house.meeting()
    accomplice = between(victims, meeting, takes_part=True)
    marta = come_in(victims, victims.house, "marta", meeting, unseen=True)
    home = victims.window("anna").context
    seen: list[list[str]] = []
    for _ in range(TIMES):
        anna = home.new_page()  # her sound and picture move to the page that came last
        again(anna, victims.house, "anna", meeting)
        until(accomplice, lambda: accomplice.evaluate("between.up()") == 2, "somebody between")
        new_words(marta, seen)
        new_words(anna, seen)
    assert len({tuple(four) for four in seen}) == 2 * TIMES
    for page in (
        marta,
        anna,
    ):  # who read them to each other; a report between pages could be swallowed as well
        press(page, "Line check")
        press(page, "They differ")
        expect(page.locator("#lock-stop")).to_contain_text("Please stop here")


def test_server_that_swaps_certificates_and_lets_the_check_pass_opens_the_lock(victims: Crowd) -> None:
    meeting = victims.house.meeting()
    between(victims, meeting, takes_part=False)
    marta = come_in(victims, victims.house, "marta", meeting, unseen=True)
    anna = come_in(victims, victims.house, "anna", meeting, unseen=True)
    for page, other in ((marta, "Anna"), (anna, "Marta")):
        expect(page.locator("#lock-said")).to_contain_text(f"The line to {other} does not end where it says.")
        expect(page.locator("#lock-dialog")).to_be_visible()
