"""The soft end: pictures until each one goes, the leaders' debrief, and a leader who stays a little."""

import os
import signal
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import media
from tests.browser.conftest import DESK, SMALLEST, Crowd, House
from tests.browser.media import come_in, hears, sees, until
from tests.browser.room import end, press

Clean = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def closes(leader: Page, *others: Page) -> None:
    """End the session from wherever it is."""
    leader.locator("#more > summary").click()
    press(leader, "Close now")
    expect(leader.locator("#middle-title")).to_have_text("We leave the case here")
    end(leader)
    for page in (leader, *others):
        expect(page.locator("#closed-title")).to_be_visible()


def is_with(page: Page, *names: str) -> None:
    """Expect exactly these people beside oneself after the close."""
    labels = page.locator("#after-faces > li:visible .label")
    expect(labels).to_have_count(len(names))
    for name in names:
        expect(labels.filter(has_text=name)).to_have_count(1)


def moves(page: Page, name: str) -> None:
    """Expect somebody's picture after the close, and that it moves."""
    item = page.locator("#after-faces > li").filter(has_text=name)
    seat = item.get_attribute("data-key")
    frames = f"""document.querySelector('#after-faces [data-key="{seat}"] video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0"""
    until(page, lambda: int(page.evaluate(frames)) > 0, f"{name}'s picture")
    before = int(page.evaluate(frames))
    until(page, lambda: int(page.evaluate(frames)) > before, f"more of {name}'s picture")


def joins(page: Page) -> bool:
    """Press to stay with the leader, unless this person is there; the server may not have them back yet."""
    if page.locator("#after-join").is_visible():
        page.locator("#after-join").click()
    return "When the leader goes" in page.locator("#after-said").inner_text()


def silent(page: Page) -> None:
    """Expect that nothing at all is played."""
    played = "[...document.querySelectorAll('#sounds audio')].filter((one) => !one.muted).length"
    until(page, lambda: page.evaluate(played) == 0, "silence")


def test_pictures_stay_until_each_one_goes_and_nobody_is_heard(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    for page, others in ((marta, ("Anna", "Jonas")), (anna, ("Marta", "Jonas")), (jonas, ("Marta", "Anna"))):
        sees(page, *others)
        hears(page, *others)
    closes(marta, anna, jonas)
    for page in (marta, anna, jonas):
        is_with(page, "Marta", "Anna", "Jonas")
        silent(page)
        expect(page.locator("#mic")).to_be_hidden()
    moves(anna, "Marta")
    for size in (DESK, SMALLEST):
        anna.set_viewport_size(size)  # type: ignore[arg-type]
        picture(anna, f"after-{size['width']}")
        assert anna.evaluate("document.documentElement.scrollWidth <= innerWidth")
        clean(anna)
    press(jonas, "Picture off")
    is_with(anna, "Marta", "Anna")
    marta.get_by_role("link", name="Out of the room").click()
    expect(anna.locator("#after-faces")).to_be_hidden()
    expect(anna.get_by_role("button", name="debrief")).to_have_count(0)


def test_leaders_hear_each_other_in_the_debrief_and_no_member_does(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting()
    marta, ruth, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "ruth", "anna"))
    hears(anna, "Marta", "Ruth")
    sees(ruth, "Marta")
    closes(marta, ruth, anna)
    for page in (marta, ruth):
        press(page, "To the leaders’ debrief")
    for page, other in ((marta, "Ruth"), (ruth, "Marta")):
        is_with(page, "Marta", "Ruth")
        media.hears(page, other)
        moves(page, other)
        expect(page.locator("#after-said")).to_contain_text("Only leaders hear and see you here")
    expect(anna.locator("#after-faces")).to_be_hidden()
    expect(anna.locator("#sounds audio")).to_have_count(0)
    expect(anna.locator("#lock")).to_be_hidden()
    expect(marta.locator("#lock")).to_be_visible()
    ruth.reload()
    ruth.get_by_role("link", name="Back to the leaders’ debrief").click()
    ruth.locator("#enter").click()
    is_with(ruth, "Marta", "Ruth")
    moves(ruth, "Marta")
    press(ruth, "Unmute me")
    media.hears(marta, "Ruth")
    marta.locator("#after-questions > summary").click()
    expect(marta.locator("#after-questions li")).to_have_count(10)
    for size in (DESK, SMALLEST):
        marta.set_viewport_size(size)  # type: ignore[arg-type]
        picture(marta, f"debrief-{size['width']}")
        assert marta.evaluate("document.documentElement.scrollWidth <= innerWidth")
        clean(marta)


def test_whoever_wishes_stays_with_a_leader_until_the_leader_goes(house: House, speakers: Crowd) -> None:
    meeting = house.meeting(lingering=True)
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    hears(anna, "Marta", "Jonas")
    closes(marta, anna, jonas)
    expect(anna.locator("#after-join")).to_be_hidden()
    press(marta, "I stay a little")
    for page in (anna, jonas):
        expect(page.locator("#after-said")).to_contain_text("Marta stays a little")
    press(anna, "Stay a little with Marta")
    is_with(marta, "Marta", "Anna")
    hears(marta, "Anna")
    hears(anna, "Marta")
    os.kill(house.web_process(), signal.SIGKILL)
    hears(anna, "Marta")
    until(marta, house.answers, "the server again")
    until(jonas, lambda: joins(jonas), "the door")
    hears(jonas, "Anna", "Marta")
    marta.get_by_role("link", name="Out of the room").click()
    for page in (anna, jonas):
        expect(page.locator("#sounds audio")).to_have_count(0)
        expect(page.locator("#after-faces")).to_be_hidden()


def test_nobody_stays_where_the_group_does_not_want_it(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna"))
    hears(anna, "Marta")
    closes(marta, anna)
    expect(anna.locator("#camera")).to_be_hidden()  # nobody would see a picture that begins now
    expect(marta.get_by_role("button", name="I stay a little")).to_have_count(0)
    expect(anna.locator("#after-join")).to_be_hidden()
