"""Sound and picture between real browsers, and who is not heard."""

from playwright.sync_api import expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import come_in, hears, nothing_is_heard, sees
from tests.browser.room import press, to_the_work


def test_three_people_see_and_hear_each_other(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    for page, others in ((marta, ("Anna", "Jonas")), (anna, ("Marta", "Jonas")), (jonas, ("Marta", "Anna"))):
        sees(page, *others)
        hears(page, *others)
    width = jonas.evaluate("document.querySelector('.picture:not(.mirrored)').videoWidth")
    assert width == 320


def test_presenter_is_not_heard_while_sitting_back_and_heard_again_after(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    hears(jonas, "Anna")
    to_the_work(marta, "Anna", jonas)
    expect(anna.locator("#own-said")).to_have_text("Nobody hears you. They can see you.")
    nothing_is_heard("Anna", marta, jonas, proof=lambda: hears(jonas, "Marta"))
    sees(jonas, "Anna")
    press(anna, "Come in")
    for page in (marta, jonas):
        hears(page, "Anna")
