"""A group never ends because a line broke."""

import os
import signal
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import SMALLEST, Crowd, House
from tests.browser.room import everyone_reads, middle, next_step, press, seat, to_the_work


def test_everyone_is_back_in_place_after_the_server_was_killed(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting(), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)

    os.kill(house.web_process(), signal.SIGKILL)

    for page in (marta, anna, jonas):
        expect(page.locator("#line")).to_have_attribute("data-line", "lost", timeout=15_000)
    for page in (marta, anna, jonas):
        expect(page.locator("#line")).to_have_attribute("data-line", "open", timeout=60_000)
    everyone_reads("The group imagines", marta, jonas)
    expect(seat(jonas, "Anna")).to_contain_text("listening")
    anna.get_by_role("button", name="Come in").click()
    expect(seat(marta, "Anna")).not_to_contain_text("listening")
    next_step(marta, "Come back if you wish", jonas)


def test_leader_drops_and_the_co_leader_holds_the_frame(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    marta, ruth, anna = crowd.enter_all(meeting, "marta", "ruth", "anna")
    expect(marta.locator("#frame")).to_have_text("You hold the frame.")
    marta.goto("about:blank")
    expect(ruth.locator("#frame")).to_have_text("You hold the frame.")
    next_step(ruth, "What we agreed", anna)

    marta.goto(house.address("marta", f"/room/{meeting}/"))
    marta.locator("#to-seat").click()
    middle(marta, "What we agreed")
    expect(marta.locator("#frame")).to_have_text("You may have the frame back.")
    expect(ruth.locator("#frame")).to_have_text("You hold the frame.")
    press(marta, "Take the frame back")
    expect(ruth.locator("#frame")).to_have_text("Marta holds the frame.")


def test_with_all_leaders_gone_the_presenter_is_back_in_and_the_deputy_holds(
    house: House, crowd: Crowd
) -> None:
    meeting = house.meeting(leaders=["marta"], members=["anna", "jonas"])
    marta, anna, jonas = crowd.enter_all(meeting, "marta", "anna", "jonas")
    marta.locator("#more > summary").click()
    marta.locator("#name-deputy").select_option(label="Jonas")
    to_the_work(marta, "Anna", jonas)
    marta.goto("about:blank")
    everyone_reads("Our leaders’ lines are gone", anna, jonas)
    expect(seat(jonas, "Anna")).not_to_contain_text("listening")
    expect(jonas.get_by_role("group", name="Holding the circle")).to_be_visible()
    expect(anna.get_by_role("group", name="Holding the circle")).to_be_hidden()
    expect(jonas.get_by_role("button", name="Close", exact=True)).to_be_hidden()

    marta.goto(house.address("marta", f"/room/{meeting}/"))
    marta.locator("#to-seat").click()
    everyone_reads("The group imagines", marta, anna, jonas)


def test_the_work_stops_when_the_presenters_line_breaks(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    marta, anna, jonas = crowd.enter_all(meeting, "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    anna.goto("about:blank")
    everyone_reads("We wait", marta, jonas)

    anna.goto(house.address("anna", f"/room/{meeting}/"))
    anna.locator("#to-seat").click()
    middle(anna, "We wait")
    press(marta, "Go on")
    middle(jonas, "The group imagines")
    expect(seat(jonas, "Anna")).to_contain_text("listening")


def test_two_windows_are_one_person(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    marta, anna = crowd.enter_all(meeting, "marta", "anna")
    second = anna.context.new_page()
    second.goto(house.address("anna", f"/room/{meeting}/"))
    second.locator("#enter").click()
    middle(second, "We arrive")
    expect(marta.locator("#seats > li").filter(has_text="Anna")).to_have_count(1)
    anna.close()
    next_step(marta, "What we agreed", second)
    expect(seat(marta, "Anna")).not_to_contain_text("line lost")


def test_whoever_comes_late_waits_until_a_leader_fetches_them(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    marta, _, jonas = crowd.enter_all(meeting, "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    mei = crowd.enter("mei", meeting)
    expect(mei.locator("#waiting-sentence")).to_have_text(
        "A case is being told. A leader will fetch you at a pause."
    )
    expect(seat(jonas, "Mei")).to_contain_text("not here")
    press(marta, "Let in")
    middle(mei, "The group imagines")


def test_after_a_reload_one_button_leads_back_with_the_answers_given_before(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    meeting = house.meeting()
    (marta,) = crowd.enter_all(meeting, "marta")
    anna = crowd.window("anna", SMALLEST)
    anna.goto(house.address("anna", f"/room/{meeting}/"))
    anna.get_by_label("I am on call").check()
    anna.locator("#enter-not-alone").click()
    next_step(marta, "What we agreed", anna)

    anna.reload()
    expect(anna.locator("#to-seat")).to_be_focused()
    expect(anna.get_by_label("I am on call")).to_be_checked()
    expect(anna.locator("#arriving")).to_contain_text("You said that you are not quite alone")
    expect(anna.locator("#enter")).to_be_hidden()
    expect(anna.locator("#enter-not-alone")).to_be_hidden()
    assert "ticket" not in anna.evaluate("JSON.stringify(sessionStorage)")
    clean(anna)
    picture(anna, "back-to-your-seat")
    anna.keyboard.press("Enter")
    middle(anna, "What we agreed")
    expect(seat(anna, "Anna")).to_contain_text("on call")


def test_after_a_reload_one_may_answer_anew(house: House, crowd: Crowd) -> None:
    meeting = house.meeting()
    (anna,) = crowd.enter_all(meeting, "anna")
    anna.reload()
    press(anna, "Answer anew")
    expect(anna.locator("#to-seat")).to_be_hidden()
    expect(anna.locator("#arriving")).not_to_contain_text("You said", use_inner_text=True)
    anna.locator("#enter").click()
    middle(anna, "We arrive")


def test_whoever_left_on_purpose_or_enters_another_meeting_is_asked_as_the_first_time(
    house: House, crowd: Crowd
) -> None:
    meeting = house.meeting()
    (anna,) = crowd.enter_all(meeting, "anna")
    anna.goto(house.address("anna", f"/room/{house.meeting()}/"))
    expect(anna.locator("#enter")).to_be_visible()
    expect(anna.locator("#to-seat")).to_be_hidden()
    anna.goto(house.address("anna", f"/room/{meeting}/"))
    anna.locator("#to-seat").click()
    anna.locator("#leave").click()
    anna.locator("#leave-yes").click()
    expect(anna.locator("h1")).to_have_text("Story circle")
    anna.goto(house.address("anna", f"/room/{meeting}/"))
    expect(anna.locator("#enter")).to_be_visible()
    expect(anna.locator("#to-seat")).to_be_hidden()
    assert anna.evaluate("sessionStorage.length") == 0
