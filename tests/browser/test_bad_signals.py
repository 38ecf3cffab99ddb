"""A tampered page, a broken device, a second device: one person is told, nobody else is disturbed."""

import os
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import WATCHED, again, come_in, hears, seat_of, sees, until
from tests.browser.room import press
from tests.browser.signals import OVERHEARD, candidate, expect_refused, offer, page_of, say, signal


@pytest.fixture
def circle(house: House, speakers: Crowd) -> tuple[Page, Page, Page]:
    """Return Marta, Jonas, and Anna, whose page can be made to say anything."""
    meeting = house.meeting()
    marta, jonas = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "jonas"))
    window = speakers.window("anna")
    window.add_init_script(OVERHEARD)
    window.add_init_script(WATCHED)
    again(window, house, "anna", meeting)
    hears(jonas, "Marta", "Anna")
    hears(marta, "Anna")
    return marta, jonas, window


def said_by_anna(anna: Page, to: str) -> dict[str, Any]:
    """Return who sends and who is meant."""
    return {"to": seat_of(anna, to), "page": page_of(anna, to), "sender": page_of(anna, "Anna")}


def test_forged_descriptions_disturb_nobody_else_and_the_line_mends_itself(
    circle: tuple[Page, Page, Page],
) -> None:
    marta, jonas, anna = circle
    before = jonas.evaluate("connections.length")
    to_jonas = said_by_anna(anna, "Jonas")
    answer = {**offer("forged-1"), "kind": "answer"}
    for number, data in enumerate((offer("forged-1"), answer, candidate("forged-1"), offer("forged-2", n=7))):
        say(anna, signal(**to_jonas, data=data, id=f"forged-{number}"))
    until(jonas, lambda: jonas.evaluate("connections.length") > before, "Jonas's page tried the forged offer")
    hears(jonas, "Marta")
    hears(jonas, "Anna")
    hears(anna, "Jonas", "Marta")
    hears(marta, "Anna", "Jonas")


def test_signals_for_others_are_refused_or_reach_nobody(circle: tuple[Page, Page, Page]) -> None:
    _, jonas, anna = circle
    to_jonas = said_by_anna(anna, "Jonas")
    way = candidate("theirs")
    before = jonas.evaluate("connections.length")
    say(
        anna,
        signal(**{**to_jonas, "sender": page_of(anna, "Marta")}, data=way, id="in-her-name"),
        signal(**{**to_jonas, "to": seat_of(anna, "Anna")}, data=way, id="to-myself"),
        signal(**{**to_jonas, "to": "nobody"}, data=way, id="to-nobody"),
        signal(**{**to_jonas, "page": "no-such-page"}, data=offer("lost"), id="to-no-page"),
        signal(**to_jonas, data={**way, "more": 1}, id="too-much"),
    )
    for id, code in (("in-her-name", "elsewhere"), ("to-myself", "oneself"), ("to-nobody", "unknown_seat")):
        expect_refused(anna, id, code)
    hears(jonas, "Marta", "Anna")
    hears(anna, "Jonas")
    assert jonas.evaluate("connections.length") == before


def test_endless_signals_close_the_sender_and_keep_nobody_busy(
    circle: tuple[Page, Page, Page],
) -> None:
    marta, jonas, anna = circle
    to_jonas = said_by_anna(anna, "Jonas")
    before = jonas.evaluate("connections.length")
    say(anna, *(signal(**to_jonas, data=offer(f"again-{n}"), id=f"n{n}") for n in range(600)))
    anna.wait_for_function("() => heard.some((frame) => frame.closed === 4429)")
    hears(jonas, "Marta")
    hears(marta, "Jonas")
    assert jonas.evaluate("connections.length") - before < 20
    hears(jonas, "Anna")
    hears(anna, "Jonas", "Marta")


def test_second_device_takes_sound_and_picture_and_the_first_can_bring_them_back(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting)
    desk = come_in(speakers, house, "anna", meeting)
    hears(marta, "Anna")
    phone = come_in(speakers, house, "anna", meeting)
    expect(desk.locator("#own-said")).to_have_text("Your sound and picture are on your other device.")
    hears(marta, "Anna")
    hears(phone, "Marta")
    assert all(state == "closed" for state in desk.evaluate("connections.map((c) => c.connectionState)"))
    press(desk, "Bring them here")
    expect(phone.locator("#own-said")).to_have_text("Your sound and picture are on your other device.")
    expect(desk.get_by_role("button", name="Unmute me")).to_be_visible()
    press(desk, "Unmute me")
    hears(marta, "Anna")
    hears(desk, "Marta")


def unplug_cameras() -> None:
    """End the process of the browser that reads its cameras, as if each had been pulled out."""
    for process in psutil.Process(os.getpid()).children(recursive=True):
        if "--utility-sub-type=video_capture.mojom.VideoCaptureService" in process.cmdline():
            process.kill()


def test_camera_that_is_unplugged_is_said_and_sound_goes_on(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting, unseen=True)
    anna = come_in(speakers, house, "anna", meeting)
    sees(marta, "Anna")
    unplug_cameras()
    expect(anna.locator("#own-said")).to_contain_text("Your camera is gone. You are still here and heard")
    hears(marta, "Anna")
    hears(anna, "Marta")
    expect(marta.locator(f'#seats [data-key="{seat_of(marta, "Anna")}"] video')).to_be_hidden()
    press(anna, "Picture on")
    sees(marta, "Anna")


NO_LIMITS_FOR_SOUND = """
const set = RTCRtpSender.prototype.setParameters;
RTCRtpSender.prototype.setParameters = function (wanted) {
  return this.track?.kind === "audio" ? Promise.reject(new Error("no limit for sound")) : set.call(this, wanted);
};
"""


def test_browser_that_sets_no_limit_for_sound_sends_the_picture_all_the_same(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting, unseen=True)
    anna = speakers.window("anna")
    anna.add_init_script(WATCHED + NO_LIMITS_FOR_SOUND)
    again(anna, house, "anna", meeting, unseen=False)
    sees(marta, "Anna")
    hears(marta, "Anna")
    assert set(speakers.problems) == {"anna: no limit for sound"}  # said to whoever looks into the console
    speakers.problems.clear()
