"""Sound and picture between real browsers, and who is not heard."""

import os
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, SMALLEST, Crowd, House
from tests.browser.media import again, come_in, hears, nothing_is_heard, sees, until
from tests.browser.room import everyone_reads, press, seat, to_the_work

Clean = Callable[[Page], None]
Picture = Callable[[Page, str], None]


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
    sent = anna.evaluate(SOUND_SENT)
    nothing_is_heard("Anna", marta, jonas, proof=lambda: hears(jonas, "Marta"))
    assert anna.evaluate(SOUND_SENT) == sent
    sees(jonas, "Anna")
    press(anna, "Come in")
    for page in (marta, jonas):
        hears(page, "Anna")


KEEPS_SENDING = """() => {
  const replace = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = function (track) { return track ? replace.call(this, track) : Promise.resolve(); };
  for (const connection of window.connections) for (const sender of connection.getSenders()) {
    if (sender.track) Object.defineProperty(sender.track, "enabled", { configurable: true, get: () => true, set: () => undefined });
  }
}"""

SOUND_SENT = """async () => {
  let bytes = 0;
  for (const connection of window.connections) for (const part of (await connection.getStats()).values()) {
    if (part.type === "outbound-rtp" && part.kind === "audio") bytes += part.bytesSent;
  }
  return bytes;
}"""


def keeps_sending(page: Page) -> None:
    """Expect that a page goes on sending sound."""
    before = page.evaluate(SOUND_SENT)
    until(page, lambda: page.evaluate(SOUND_SENT) > before + 4000, "more sound sent")


def test_tampered_page_that_keeps_sending_is_not_heard_either(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    hears(jonas, "Anna")
    anna.evaluate(KEEPS_SENDING)
    to_the_work(marta, "Anna", jonas)
    nothing_is_heard("Anna", marta, jonas, proof=lambda: (keeps_sending(anna), hears(jonas, "Marta")))
    press(anna, "Come in")
    hears(jonas, "Anna")


def test_four_hear_each_other_and_one_who_left_is_heard_again(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    names = ("marta", "anna", "jonas", "mei")
    marta, anna, _, mei = (come_in(speakers, house, who, meeting, unseen=True) for who in names)
    hears(mei, "Marta", "Anna", "Jonas")
    hears(marta, "Mei")
    press(mei, "Leave")
    mei.locator("#leave-yes").click()
    expect(seat(anna, "Mei")).to_contain_text("left")
    expect(anna.locator("#sounds audio")).to_have_count(2)
    again(mei, house, "mei", meeting)
    hears(mei, "Marta", "Anna", "Jonas")
    hears(anna, "Mei", "Jonas")


def test_leader_mutes_and_only_the_person_unmutes(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    hears(jonas, "Anna", "Marta")
    seat(marta, "Anna").get_by_role("button").click()
    press(marta, "Mute")
    expect(anna.locator("#own-said")).to_contain_text("Marta muted you")
    expect(seat(jonas, "Anna")).to_contain_text("muted")
    nothing_is_heard("Anna", marta, jonas, proof=lambda: hears(jonas, "Marta"))
    seat(marta, "Anna").get_by_role("button").click()
    press(marta, "Ask to unmute")
    expect(anna.locator("#own-said")).to_contain_text("Marta asks you to unmute")
    press(anna, "Unmute me")
    hears(jonas, "Anna")


def test_whoever_is_muted_and_talks_is_told_but_not_who_sits_back(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    for page in (anna, jonas):
        press(page, "Mute me")
        expect(page.locator("#own-said")).to_have_text("You are muted but talking.")
    to_the_work(marta, "Anna", jonas)
    expect(anna.locator("#own-said")).to_have_text("Nobody hears you, and nobody sees you.")
    expect(jonas.locator("#own-said")).to_have_text("You are muted but talking.")


def test_work_stops_when_the_presenter_drops_and_their_sound_comes_back_with_them(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    to_the_work(marta, "Anna", jonas)
    anna.goto("about:blank")
    everyone_reads("We wait", marta, jonas)
    for page in (marta, jonas):
        expect(page.locator("#sounds audio")).to_have_count(1)
    again(anna, house, "anna", meeting)
    hears(jonas, "Anna", "Marta")  # while it rests everyone may speak
    press(marta, "Go on")
    nothing_is_heard("Anna", marta, jonas, proof=lambda: hears(jonas, "Marta"))


def test_killed_server_costs_no_sound_and_no_picture(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    sees(marta, "Anna")
    made = "window.connections.length"
    before = (marta.evaluate(made), anna.evaluate(made))
    os.kill(house.web_process(), signal.SIGKILL)
    expect(marta.locator("#line")).to_have_attribute("data-line", "lost")
    sees(marta, "Anna")
    hears(anna, "Marta")
    for page in (marta, anna):
        expect(page.locator("#line")).to_have_attribute("data-line", "open", timeout=60_000)
    sees(marta, "Anna")
    hears(anna, "Marta")
    assert (marta.evaluate(made), anna.evaluate(made)) == before
    press(anna, "Mute me")
    expect(seat(marta, "Anna")).to_contain_text("muted")


def test_both_sides_looking_for_another_way_at_once_lose_nothing(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    sees(marta, "Anna")
    sees(anna, "Marta")
    for _ in range(3):
        for page in (marta, anna):
            page.evaluate("window.dispatchEvent(new Event('online'))")
    for page, other in ((marta, "Anna"), (anna, "Marta")):
        sees(page, other)
        hears(page, other)
        until(page, lambda page=page: page.evaluate(AGREED), "an agreement")  # type: ignore[misc]
        assert page.evaluate(f"{TO_OTHERS}.length") == 1


# Beside these the page makes one that leads nowhere, to read its own certificate from.
TO_OTHERS = "window.connections.filter((c) => c.remoteDescription)"
AGREED = f"{TO_OTHERS}.every((c) => c.signalingState === 'stable' && c.connectionState === 'connected')"


def test_connection_that_is_broken_beyond_mending_is_made_anew(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna"))
    hears(marta, "Anna")
    marta.evaluate("window.connections.forEach((connection) => connection.close())")
    hears(marta, "Anna")
    hears(anna, "Marta")


def test_later_device_takes_the_sound_and_the_earlier_one_says_so(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    hears(marta, "Anna")
    phone = come_in(speakers, house, "anna", meeting, unseen=True)
    expect(anna.locator("#own-said")).to_have_text("Your sound and picture are on your other device.")
    expect(anna.locator("#sounds audio")).to_have_count(0)
    hears(marta, "Anna")
    hears(phone, "Marta")
    press(anna, "Bring them here")
    expect(phone.locator("#own-said")).to_have_text("Your sound and picture are on your other device.")
    press(anna, "Unmute me")
    hears(marta, "Anna")
    hears(anna, "Marta")
    press(phone, "Bring them here")
    expect(anna.locator("#own-said")).to_have_text("Your sound and picture are on your other device.")
    phone.close()
    expect(anna.get_by_role("button", name="Unmute me")).to_be_visible()  # nothing is switched on by itself
    hears(anna, "Marta")
    press(anna, "Unmute me")
    hears(marta, "Anna")


def test_whoever_is_asked_out_sends_and_hears_nothing_and_comes_back_muted(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    hears(jonas, "Anna", "Marta")
    seat(marta, "Anna").get_by_role("button").click()
    press(marta, "Ask to step outside")
    press(marta, "Without a word")
    expect(anna.locator("#waiting-title")).to_be_visible()
    expect(anna.locator("#sounds audio")).to_have_count(0)
    expect(jonas.locator("#sounds audio")).to_have_count(1)
    marta.locator("#news").get_by_role("button", name="Take back in").click()
    expect(anna.get_by_role("button", name="Unmute me")).to_be_visible()
    hears(anna, "Marta", "Jonas")
    press(anna, "Unmute me")
    hears(jonas, "Anna")


def test_camera_that_is_unplugged_is_told_and_the_session_goes_on(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    sees(marta, "Anna")
    anna.evaluate(
        """() => { const track = document.querySelector(".picture.mirrored").srcObject.getVideoTracks()[0];
        track.stop(); track.dispatchEvent(new Event("ended")); }"""
    )
    expect(anna.locator("#own-said")).to_contain_text("Your camera is gone")
    expect(seat(marta, "Anna").locator("video:visible")).to_have_count(0)
    hears(marta, "Anna")
    press(anna, "Picture on")
    sees(marta, "Anna")


def test_own_picture_can_be_hidden_and_found_again(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    own = seat(anna, "Anna").locator("video:visible")
    expect(own).to_have_count(1)
    press(anna, "Devices")
    anna.get_by_label("Hide my picture from me").check()
    expect(own).to_have_count(0)
    sees(marta, "Anna")
    anna.get_by_label("Hide my picture from me").uncheck()
    expect(own).to_have_count(1)


def test_without_a_camera_the_door_says_what_to_do_and_lets_everyone_in(
    house: House, crowd: Crowd, clean: Clean
) -> None:
    meeting = house.meeting()
    page = crowd.window("anna")
    page.goto(house.address("anna", f"/room/{meeting}/"))
    press(page, "Turn on camera and microphone")
    expect(page.locator("#door-trouble")).to_contain_text("You can be here without it.")
    expect(page.locator("#door-says")).to_contain_text("You come in muted and without your picture.")
    clean(page)
    page.locator("#enter").click()
    expect(page.get_by_role("button", name="Unmute me")).to_be_visible()


def test_browser_that_carries_no_sound_says_so_and_the_circle_works(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    page = crowd.window("anna")
    page.add_init_script("delete window.RTCPeerConnection")
    page.goto(house.address("anna", f"/room/{meeting}/"))
    expect(page.locator("#door-trouble")).to_contain_text(
        "This browser carries neither sound nor picture here."
    )
    page.locator("#enter").click()
    expect(page.locator("#middle-title")).to_have_text("We arrive")


@pytest.mark.parametrize("fault", ["the script", "the certificate"])
def test_where_sound_and_picture_cannot_be_had_the_door_says_so_and_lets_everyone_in(
    house: House, crowd: Crowd, fault: str
) -> None:
    meeting = house.meeting()
    page = crowd.window("anna")
    if fault == "the script":
        page.route("**/media/room*.js", lambda route: route.abort())
        words = "Sound and picture did not load. You can be here without them, or load the page again."
    else:
        page.add_init_script("RTCPeerConnection.generateCertificate = () => Promise.reject(new Error('no'))")
        words = "This browser carries neither sound nor picture here."
    page.goto(house.address("anna", f"/room/{meeting}/"))
    expect(page.locator("#door-trouble")).to_contain_text(words)
    expect(page.locator("#lock")).to_be_hidden()
    page.locator("#enter").click()
    expect(page.locator("#middle-title")).to_have_text("We arrive")
    crowd.problems = [problem for problem in crowd.problems if "net::ERR_FAILED" not in problem]


def test_nothing_is_captured_before_a_press(house: House, speakers: Crowd, clean: Clean) -> None:
    meeting = house.meeting()
    page = speakers.window("anna")
    page.add_init_script(
        "window.asked = 0; const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = (wanted) => { window.asked++; return ask(wanted); };"
    )
    page.goto(house.address("anna", f"/room/{meeting}/"))
    expect(page.get_by_role("button", name="Turn on camera and microphone")).to_be_enabled()
    page.locator("#enter").click()
    expect(page.get_by_role("button", name="Unmute me")).to_be_visible()
    assert page.evaluate("window.asked") == 0
    press(page, "Picture on")
    expect(seat(page, "Anna").locator("video:visible")).to_have_count(1)
    assert page.evaluate("window.asked") == 1
    clean(page)


def test_door_shows_the_devices_and_remembers_what_was_chosen(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    page = speakers.window("anna")
    meeting = house.meeting()
    page.goto(house.address("anna", f"/room/{meeting}/"))
    page.get_by_label("Come in muted").check()
    press(page, "Turn on camera and microphone")
    expect(page.locator("#mirror")).to_be_visible()
    expect(page.locator("#door-says")).to_have_text("You come in muted, with your picture.")
    until(page, lambda: page.locator("#mic-level").evaluate("(meter) => meter.value") > 0, "a level")
    clean(page)
    picture(page, "door-with-devices")
    page.reload()
    expect(page.get_by_label("Come in muted")).to_be_checked()


def test_a_circle_with_pictures_fits_everywhere(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting()
    marta = come_in(speakers, house, "marta", meeting)
    anna = come_in(speakers, house, "anna", meeting)
    sees(anna, "Marta")
    for name, page in (("leader", marta), ("member", anna)):
        for size in (DESK, PHONE, SMALLEST):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            picture(page, f"media-{name}-{size['width']}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            clean(page)
