"""Firefox and Chromium in one circle: seen and heard both ways, sat back and come in, the same four words."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Crowd, House
from tests.browser.firefox import Firefox, firefox
from tests.browser.media import ARRIVES, WATCHED, come_in, hears, nothing_is_heard, seat_of, sees, until
from tests.browser.room import to_the_work

FOX_WORDS = "[...document.querySelectorAll('#lock-words li')].map((word) => word.textContent)"


@pytest.fixture
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as fox:
        yield fox


def enters(fox: Firefox, house: House, who: str, meeting: str) -> None:
    """Come in with sound and picture."""
    fox.watches("() => {" + WATCHED + "}")
    fox.goto(house.address(who))
    fox.press("form button.primary")
    fox.until("location.pathname === '/' && document.readyState === 'complete'")
    fox.goto(house.address(who, f"/room/{meeting}/"))
    fox.press("#try")
    fox.until("!!document.getElementById('level-row')?.offsetParent")
    fox.press("#enter")
    fox.until("!!document.getElementById('place')?.offsetParent")


def arrives(fox: Firefox, page: Page, kind: str, seat: str) -> None:
    """Expect that more and more of a seat's sound or picture arrives in Firefox."""
    amount = f"({ARRIVES})([{kind!r}, {seat!r}])"
    fox.until(f"({amount}).then((now) => now !== null && now > 0)")
    before = fox.does(amount)
    fox.until(f"({amount}).then((now) => now > {before})")


def test_firefox_and_chromium_see_and_hear_each_other_and_read_the_same_words(
    house: House, speakers: Crowd, fox: Firefox
) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting)
    enters(fox, house, "anna", meeting)
    hears(marta, "Anna")
    sees(marta, "Anna")
    for kind in ("audio", "video"):
        arrives(fox, marta, kind, seat_of(marta, "Marta"))
    until(marta, lambda: marta.locator("#lock-words li").count() == 4, "four words")
    fox.until(f"{FOX_WORDS}.length === 4")
    assert fox.does(FOX_WORDS) == marta.locator("#lock-words li").all_text_contents()


def test_presenter_with_firefox_sits_back_unheard_and_comes_in(
    house: House, speakers: Crowd, fox: Firefox
) -> None:
    meeting = house.meeting()
    marta, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "jonas"))
    enters(fox, house, "anna", meeting)
    hears(jonas, "Anna")
    to_the_work(marta, "Anna", jonas)
    fox.until("document.getElementById('own-said').textContent === 'Nobody hears you. They can see you.'")
    nothing_is_heard("Anna", marta, jonas, proof=lambda: hears(jonas, "Marta"))
    sees(jonas, "Anna")
    arrives(fox, marta, "audio", seat_of(marta, "Marta"))
    fox.press("#come-in")
    hears(jonas, "Anna")
    hears(marta, "Anna")
