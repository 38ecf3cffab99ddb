"""Sound and picture while inside: other devices, sound alone, and who speaks."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, SMALLEST, Crowd, House
from tests.browser.media import again, come_in, hears, sees, until
from tests.browser.room import press, seat, to_the_work

Clean = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def wish(page: Page, name: str, on: bool) -> None:
    """Open the dialog, tick something or take the tick away, and go back."""
    press(page, "Devices")
    page.get_by_label(name).set_checked(on)
    page.locator("#sound-dialog").get_by_role("button", name="Back").click()


def test_another_microphone_is_heard_while_inside(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna"))
    hears(marta, "Anna")
    press(anna, "Devices")
    anna.evaluate(
        """() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = (wanted) => {
          window.wanted = wanted.audio.deviceId.ideal; return ask(wanted); }; }"""
    )
    chosen = anna.locator("#inside-mic")
    last = chosen.locator("option").last.get_attribute("value")
    chosen.select_option(last)
    until(anna, lambda: anna.evaluate("window.wanted") == last, "the other microphone")
    expect(anna.locator("#mic")).to_have_text("Mute me")
    hears(marta, "Anna")


def test_sound_only_sends_no_picture_shows_none_and_is_remembered(house: House, speakers: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = (come_in(speakers, house, who, meeting) for who in ("marta", "anna"))
    sees(marta, "Anna")
    sees(anna, "Marta")
    wish(anna, "Sound only", on=True)
    expect(anna.locator(".picture:visible")).to_have_count(0)
    expect(seat(marta, "Anna").locator("video:visible")).to_have_count(0)
    expect(anna.locator("#camera")).to_be_hidden()
    hears(marta, "Anna")
    hears(anna, "Marta")
    assert anna.evaluate(PICTURES_TAKEN) > 0
    anna.goto("about:blank")
    anna.goto(house.address("anna", f"/room/{meeting}/"))
    expect(anna.get_by_label("Come in without my picture")).to_be_checked()
    again(anna, house, "anna", meeting)
    expect(anna.locator("#camera")).to_be_hidden()
    hears(anna, "Marta")
    assert anna.evaluate(PICTURES_TAKEN) == 0
    wish(anna, "Sound only", on=False)
    sees(anna, "Marta")
    press(anna, "Picture on")
    sees(marta, "Anna")


PICTURES_TAKEN = """async () => {
  let bytes = 0;
  for (const connection of connections) for (const part of (await connection.getStats()).values()) {
    if (part.type === "inbound-rtp" && part.kind === "video") bytes += part.bytesReceived;
  }
  return bytes;
}"""

TAKES_PICTURES = """() => connections.flatMap((connection) => connection.getTransceivers())
  .some(({ receiver, currentDirection }) => receiver.track.kind === "video" && currentDirection?.endsWith("recv"))"""


def test_with_sound_only_no_picture_is_received_until_it_is_wished_again(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    sees(anna, "Marta", "Jonas")
    made = anna.evaluate("connections.length")
    wish(anna, "Sound only", on=True)
    until(anna, lambda: not anna.evaluate(TAKES_PICTURES), "no picture asked for")
    taken = [-1]

    def has_settled() -> bool:
        taken.append(anna.evaluate(PICTURES_TAKEN))
        return taken[-1] == taken[-2]

    until(anna, has_settled, "the last picture on its way")
    hears(anna, "Marta", "Jonas")
    sees(jonas, "Marta")
    assert anna.evaluate(PICTURES_TAKEN) == taken[-1]
    wish(anna, "Sound only", on=False)
    sees(anna, "Marta", "Jonas")
    press(anna, "Picture on")
    sees(marta, "Anna")
    assert anna.evaluate("connections.length") == made


def test_who_speaks_is_shown_only_to_whoever_asked_and_never_for_who_sits_back(
    house: House, speakers: Crowd
) -> None:
    meeting = house.meeting()
    marta, _, jonas = (
        come_in(speakers, house, who, meeting, unseen=True) for who in ("marta", "anna", "jonas")
    )
    hears(jonas, "Anna", "Marta")
    wish(jonas, "Show me who speaks", on=True)
    expect(jonas.locator("#seats > li.speaks")).to_have_count(2)
    expect(marta.locator("#seats > li.speaks")).to_have_count(0)
    to_the_work(marta, "Anna", jonas)
    expect(jonas.locator("#seats > li.speaks")).to_have_count(1)
    expect(seat(jonas, "Marta")).to_contain_class("speaks")


def test_leader_enlarges_whoever_sits_back_for_their_own_eyes_alone(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting()
    marta, _, jonas = (come_in(speakers, house, who, meeting) for who in ("marta", "anna", "jonas"))
    seat(marta, "Jonas").get_by_role("button").click()
    expect(marta.get_by_role("button", name="Larger for me")).to_have_count(0)
    press(marta, "Back")
    to_the_work(marta, "Anna", jonas)
    sees(marta, "Anna")
    seat(marta, "Anna").get_by_role("button").click()
    press(marta, "Larger for me")
    expect(seat(marta, "Anna")).to_contain_class("larger")
    expect(seat(jonas, "Anna")).to_contain_class("back")
    expect(jonas.locator(".larger")).to_have_count(0)
    for size in (DESK, SMALLEST):
        marta.set_viewport_size(size)  # type: ignore[arg-type]
        until(marta, lambda: bool(marta.evaluate(WHOLE)), "the whole picture")
        picture(marta, f"larger-{size['width']}")
        clean(marta)
    marta.set_viewport_size(DESK)  # type: ignore[arg-type]
    seat(marta, "Anna").get_by_role("button").click()
    press(marta, "As the others")
    expect(marta.locator(".larger")).to_have_count(0)


WHOLE = """() => {
  const [box, picture] = ["#circle", ".larger .picture"].map((at) => document.querySelector(at).getBoundingClientRect());
  return picture.left >= box.left && picture.top >= box.top && picture.right <= box.right && picture.bottom <= box.bottom;
}"""

BLURS = """() => {
  MediaStreamTrack.prototype.getCapabilities = () => ({ backgroundBlur: [false, true] });
  MediaStreamTrack.prototype.applyConstraints = async (wanted) => { window.blurred = wanted.backgroundBlur; };
}"""


def test_blur_is_offered_only_where_the_browser_itself_can(house: House, speakers: Crowd) -> None:
    anna = come_in(speakers, house, "anna", house.meeting())
    press(anna, "Devices")
    expect(anna.get_by_label("Blur what is behind me")).to_be_hidden()
    press(anna, "Back")
    anna.evaluate(BLURS)
    wish(anna, "Blur what is behind me", on=True)
    until(anna, lambda: anna.evaluate("window.blurred") is True, "blur")


def test_the_dialog_fits_and_is_accessible(
    house: House, speakers: Crowd, clean: Clean, picture: Picture
) -> None:
    anna = come_in(speakers, house, "anna", house.meeting())
    press(anna, "Devices")
    for size in (DESK, SMALLEST):
        anna.set_viewport_size(size)  # type: ignore[arg-type]
        picture(anna, f"sound-dialog-{size['width']}")
        assert anna.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert anna.locator("#sound-dialog").evaluate("(box) => box.scrollWidth <= box.clientWidth")
        clean(anna)
