"""Between leaders, at the door, in one room, beside a call, by keyboard, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import webkit
from tests.browser.conftest import PHONE, SMALLEST, Crowd, House
from tests.browser.room import end, everyone_reads, middle, more, next_step, press, seat, settle, to_the_work

Clean = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def fits(page: Page) -> None:
    """Expect nothing to stick out sideways."""
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"
    ), page.url


def test_the_other_leader_moves_after_a_question_and_the_frame_is_one_tap(house: House, crowd: Crowd) -> None:
    marta, ruth, anna = crowd.enter_all(house.meeting(), "marta", "ruth", "anna")
    ruth.locator("#next").click()
    expect(ruth.locator("#anyway-text")).to_have_text("Marta holds the frame. Move anyway?")
    middle(anna, "We arrive")
    press(ruth, "Move anyway")
    everyone_reads("What we agreed", marta, ruth, anna)
    more(marta, "Hand the frame to Ruth")
    expect(ruth.locator("#frame")).to_have_text("You hold the frame.")
    expect(marta.locator("#frame")).to_have_text("Ruth holds the frame.")
    expect(anna.locator("#desk")).to_have_count(0)


def test_leaders_sign_to_each_other_and_nobody_else_sees_it(house: House, crowd: Crowd) -> None:
    marta, ruth, anna = crowd.enter_all(house.meeting(), "marta", "ruth", "anna")
    marta.locator("#two").get_by_role("button", name="Slower").click()
    expect(ruth.locator("#signs-heard")).to_contain_text("Marta: slower")
    marta.locator("#whisper-text").fill("shall we wait for Jonas?")
    press(marta, "Say")
    expect(ruth.locator("#signs-heard")).to_contain_text("shall we wait for Jonas?")
    expect(anna.locator("body")).not_to_contain_text("Slower")
    expect(anna.locator("body")).not_to_contain_text("shall we wait")


def test_a_word_to_the_leaders_reaches_only_them(house: House, crowd: Crowd) -> None:
    marta, ruth, anna, jonas = crowd.enter_all(house.meeting(), "marta", "ruth", "anna", "jonas")
    press(anna, "A word to the leaders")
    press(anna, "I need a moment")
    for leader in (marta, ruth):
        expect(leader.locator("#news")).to_contain_text("Anna needs a moment")
    expect(jonas.locator("body")).not_to_contain_text("needs a moment")
    press(anna, "Step outside")
    expect(seat(jonas, "Anna")).to_contain_text("stepped outside")
    press(anna, "Come back in")
    middle(anna, "We arrive")


def test_whoever_was_asked_outside_is_taken_back_by_a_leader(
    house: House, crowd: Crowd, clean: Clean, picture: Picture
) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting(), "marta", "anna", "jonas")
    more(marta, "People in the circle …")
    marta.locator("#people-list").get_by_role("button", name="Jonas").click()
    press(marta, "Ask to step outside")
    clean(marta)
    picture(marta, "ask-outside")
    press(marta, "I would like a word with you outside.")
    expect(jonas.locator("#waiting-title")).to_have_text("You are outside for a moment")
    expect(jonas.locator("#waiting-sentence")).to_have_text("I would like a word with you outside.")
    expect(jonas.locator("#waiting-in")).to_be_hidden()
    clean(jonas)
    picture(jonas, "asked-outside")
    expect(seat(anna, "Jonas")).to_contain_text("stepped outside")
    marta.locator("#news").get_by_role("button", name="Take back in").click()
    middle(jonas, "We arrive")
    expect(anna.locator("body")).not_to_contain_text("a word with you")


def test_whoever_is_asked_outside_without_a_word_reads_a_plain_sentence(house: House, crowd: Crowd) -> None:
    marta, jonas = crowd.enter_all(house.meeting(), "marta", "jonas")
    more(marta, "People in the circle …")
    marta.locator("#people-list").get_by_role("button", name="Jonas").click()
    press(marta, "Ask to step outside")
    press(marta, "Without a word")
    expect(jonas.locator("#waiting-sentence")).to_have_text("A leader will speak with you and fetch you.")
    expect(jonas.locator("#waiting-in")).to_be_hidden()


def test_a_guest_knocks_and_is_let_in(house: House, crowd: Crowd, clean: Clean) -> None:
    meeting = house.meeting()
    (marta,) = crowd.enter_all(meeting, "marta")
    asking = marta.context.new_page()
    asking.goto(house.address("marta", f"/meetings/{meeting}/guests/"))
    asking.get_by_label(re.compile("name", re.I)).fill("Elif")
    asking.locator("main form button").first.click()
    link = asking.locator("main").inner_text()
    address = re.search(r"http://\S+/guest/\S+", link)
    shown = address[0] if address else asking.locator("input[value*='/guest/']").first.input_value()
    clean(asking)

    guest = crowd.browser.new_context()
    crowd.windows.append(guest)
    elif_ = guest.new_page()
    elif_.goto(house.address("elif", shown[shown.index("/guest/") :]))
    elif_.locator("main form button").first.click()
    elif_.locator("#enter").click()
    expect(elif_.locator("#waiting-sentence")).to_have_text("A leader will let you in.")
    expect(elif_.locator("body")).not_to_contain_text("Anna")
    marta.locator("#news").get_by_role("button", name="Let in").click()
    middle(elif_, "We arrive")
    expect(seat(elif_, "Elif")).to_be_visible()


def test_in_one_room_one_device_is_enough(house: House, crowd: Crowd, clean: Clean, picture: Picture) -> None:
    meeting = house.meeting(setting="room")
    marta = crowd.window("marta")
    marta.goto(house.address("marta", f"/room/{meeting}/table/"))
    expect(marta.locator("#table-title")).to_have_text("We arrive")
    marta.mouse.move(200, 200)
    for name in ("Anna", "Jonas"):
        marta.locator("#table-list").get_by_role("button", name=name).click()
        expect(marta.locator("#table-list").get_by_role("button", name=name)).to_have_attribute(
            "aria-pressed", "true"
        )
    clean(marta)
    picture(marta, "table")
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        marta.locator("#table-next").click()
        expect(marta.locator("#table-title")).to_have_text(re.compile(title))
    marta.locator("#table-list").get_by_role("button", name="Anna").click()
    expect(marta.locator("#table-title")).to_have_text("We listen")
    expect(marta.locator("body")).not_to_contain_text("hold the frame")
    press(marta, "Dark")
    expect(marta.locator("#dark")).to_be_visible()
    marta.locator("#dark").click()
    expect(marta.locator("#dark")).to_be_hidden()
    marta.locator("#table-close").click()
    expect(marta.locator("#table-title")).to_have_text("We leave the case here")
    end(marta)
    marta.get_by_role("link", name="Who was present, and ten questions").click()
    expect(marta.get_by_label("Anna")).to_be_checked()
    expect(marta.get_by_label("Mei")).not_to_be_checked()


def test_the_one_device_can_be_left_and_opened_again_while_the_session_goes_on(
    house: House, crowd: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting(setting="room")
    marta = crowd.window("marta", SMALLEST)
    table = house.address("marta", f"/room/{meeting}/table/")
    marta.goto(table)
    anna = marta.locator("#table-list").get_by_role("button", name="Anna")
    anna.click()
    marta.locator("#table-next").click()
    expect(marta.locator("#table-title")).to_have_text("What we agreed")

    press(marta, "Leave this screen")
    clean(marta)
    fits(marta)
    picture(marta, "leave-table")
    marta.locator("#leave-yes").click()
    expect(marta.locator("h1")).to_have_text("Story circle")

    marta.goto(table)
    expect(marta.locator("#table-title")).to_have_text("What we agreed")
    expect(anna).to_have_attribute("aria-pressed", "true")


def test_at_the_one_device_who_presents_can_be_taken_back(house: House, crowd: Crowd) -> None:
    meeting = house.meeting(setting="room")
    marta = crowd.window("marta")
    marta.goto(house.address("marta", f"/room/{meeting}/table/"))
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        marta.locator("#table-next").click()
        expect(marta.locator("#table-title")).to_have_text(re.compile(title))
    marta.locator("#table-list").get_by_role("button", name="Anna").click()
    expect(marta.locator("#table-title")).to_have_text("We listen")
    press(marta, "Take back: who presents")
    expect(marta.locator("#table-title")).to_have_text("Who has a case?")


def test_beside_a_call_a_narrow_window_asks_plainly(
    house: House, crowd: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting(setting="beside", call_link="https://call.example/circle")
    narrow = {"width": 380, "height": 800}
    marta = crowd.window("marta", narrow)
    marta.goto(house.address("marta", f"/room/{meeting}/"))
    expect(marta.get_by_text("Recording is off")).to_be_visible()
    expect(marta.get_by_role("link", name="Open the call")).to_have_attribute(
        "href", "https://call.example/circle"
    )
    clean(marta)
    picture(marta, "beside-door")
    marta.locator("#enter").click()
    anna, jonas = (crowd.enter(name, meeting, narrow) for name in ("anna", "jonas"))
    to_the_work(marta, "Anna", jonas)
    expect(anna.locator("#middle-request")).to_have_text(
        "Please mute yourself in the call and, if you like, turn your camera off."
    )
    expect(jonas.locator("#middle-request")).to_be_visible()
    for name, page in {"beside-leader": marta, "beside-presenter": anna}.items():
        fits(page)
        clean(page)
        picture(page, name)
    anna.get_by_role("button", name="Come in").click()
    expect(seat(jonas, "Anna")).not_to_contain_text("listening")


def test_a_lost_line_beside_a_call_is_only_a_mark(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting(setting="beside"), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    anna.goto("about:blank")
    expect(seat(marta, "Anna")).to_contain_text("line lost")
    middle(jonas, "The group imagines")


def test_the_keyboard_alone_is_enough(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    (anna,) = crowd.enter_all(meeting, "anna")
    marta = crowd.window("marta")
    marta.goto(house.address("marta", f"/room/{meeting}/"))

    def press_by_key(page: Page, name: str | re.Pattern[str], within: str = "body") -> None:
        """Go to a control with Tab and press Enter."""
        wanted = page.locator(within).get_by_role("button", name=name).filter(visible=True).first
        wanted.wait_for()
        for _ in range(80):
            if wanted.evaluate("e => e === document.activeElement"):
                page.keyboard.press("Enter")
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {name}")

    press_by_key(marta, "Enter")
    for step in ("Remind of what we agreed", "Ask how it went on", "Ask who has a case"):
        press_by_key(marta, step)
    everyone_reads("Who has a case", marta, anna)
    press_by_key(marta, re.compile("Who tells"))
    press_by_key(marta, "Anna", "#choose-dialog")
    middle(anna, "You tell")
    press_by_key(marta, "On to a few questions")
    press_by_key(marta, re.compile("sit back"))
    press_by_key(marta, "Let the group imagine")
    press_by_key(anna, "Come in")
    expect(seat(marta, "Anna")).not_to_contain_text("listening")


def test_stage_changes_are_announced_politely_and_move_no_focus(house: House, crowd: Crowd) -> None:
    marta, anna = crowd.enter_all(house.meeting(), "marta", "anna")
    word = anna.get_by_role("button", name="A word to the leaders")
    word.focus()
    next_step(marta, "What we agreed", anna)
    expect(anna.locator("[aria-live=polite]").filter(has_text="What we agreed")).to_have_count(1)
    expect(word).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["phone", "smallest"])
def test_everything_fits_on_a_phone(
    size: dict[str, int], house: House, crowd: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting()
    marta, anna, jonas = (
        crowd.enter(name, meeting, size, color_scheme="dark") for name in ("marta", "anna", "jonas")
    )
    to_the_work(marta, "Anna", jonas)
    for name, page in {"leader": marta, "presenter": anna, "member": jonas}.items():
        fits(page)
        clean(page)
        picture(page, f"{name}-{size['width']}")
    buttons = anna.locator("#doing button:visible")
    assert buttons.count() <= 3
    for height in [box["height"] for button in buttons.all() if (box := button.bounding_box())]:
        assert height >= 44


def test_members_have_at_most_three_things_to_press(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting(hands=True), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    for page in (anna, jonas):
        assert page.locator("#doing button:visible").count() <= 3
    press(jonas, "I would like to say something")
    expect(seat(anna, "Jonas")).to_contain_text("would like to speak")


def test_hands_are_off_unless_the_group_wants_them(house: House, crowd: Crowd) -> None:
    (anna,) = crowd.enter_all(house.meeting(), "anna")
    expect(anna.get_by_role("button", name="I would like to say something")).to_have_count(0)


def test_the_room_speaks_german(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    (marta,) = crowd.enter_all(meeting, "marta")
    anna = crowd.enter("anna", meeting, locale="de-AT")
    expect(anna.locator("html")).to_have_attribute("lang", "de")
    middle(anna, "Wir kommen an")
    next_step(marta, "What we agreed")


@pytest.mark.skipif(
    not webkit.is_here(), reason=f"WebKit's driver is not installed; type: {webkit.TYPE_THIS}"
)
def test_a_member_with_an_iphone_sits_back_and_comes_in(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    marta, jonas = crowd.enter_all(meeting, "marta", "jonas")
    with webkit.window() as anna:
        anna.go(house.address("anna"))
        anna.until("return document.querySelector('main form button.primary') !== null")
        anna.run("document.querySelector('main form button.primary').click()")
        anna.until("return location.pathname === '/'")
        anna.go(house.address("anna", f"/room/{meeting}/"))
        anna.press("I am alone: enter")
        anna.until("return document.querySelector('#middle-title').textContent === 'We arrive'")
        to_the_work(marta, "Anna", jonas)
        anna.until("return document.querySelector('#middle-title').textContent === 'You listen'")
        anna.press("Come in")
        expect(seat(jonas, "Anna")).not_to_contain_text("listening")


def test_who_tells_is_settled_by_any_leader_who_says_so(house: House, crowd: Crowd) -> None:
    marta, ruth, anna = crowd.enter_all(house.meeting(), "marta", "ruth", "anna")
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        next_step(marta, title, ruth, anna)
    settle(ruth, "Anna")
    press(ruth, "Move anyway")
    everyone_reads("We listen", marta, ruth)
    middle(anna, "You tell")


def test_a_double_press_is_one_press(house: House, crowd: Crowd) -> None:
    marta, anna = crowd.enter_all(house.meeting(), "marta", "anna")
    marta.locator("#next").dblclick()
    everyone_reads("What we agreed", marta, anna)
    marta.locator("#pause").dblclick()
    everyone_reads("We stop here a moment", marta, anna)
    expect(marta.locator("#doors")).to_be_visible()
