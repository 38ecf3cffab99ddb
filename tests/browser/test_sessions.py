"""Whole sessions, with everybody in a window of their own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.room import end, everyone_reads, middle, more, next_step, press, seat, settle, to_the_work

Clean = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def test_a_whole_session_from_who_has_a_case_to_the_close(
    house: House, crowd: Crowd, clean: Clean, picture: Picture
) -> None:
    meeting = house.meeting("us-60")
    marta, ruth, anna, jonas = crowd.enter_all(meeting, "marta", "ruth", "anna", "jonas")
    everyone_reads("We arrive", marta, ruth, anna, jonas)
    for page in (marta, anna):
        clean(page)
    to_the_work(marta, "Anna", ruth, jonas)
    for name, page in {"leader": marta, "member": jonas, "presenter": anna}.items():
        clean(page)
        picture(page, name)
    expect(anna.locator("#middle-sentence")).to_have_text(
        "Nobody will speak to you. Come in whenever you like."
    )

    next_step(marta, "Come back if you wish", ruth, jonas)
    anna.get_by_role("button", name="Come in").click()
    expect(seat(jonas, "Anna")).not_to_contain_text("listening")
    next_step(marta, "We leave the case here", ruth, anna, jonas)
    end(marta)

    for page in (ruth, anna, jonas):
        expect(page.locator("#closed-title")).to_have_text("We leave the case here.")
    clean(anna)
    marta.get_by_role("link", name="Who was present, and ten questions").click()
    expect(marta.get_by_text("How do I go home?")).to_be_visible()
    for name, was_there in {"Anna": True, "Jonas": True, "Mei": False}.items():
        expect(marta.get_by_label(name)).to_be_checked(checked=was_there)
    clean(marta)
    picture(marta, "after")
    marta.locator("main form button").first.click()
    expect(marta.locator("main")).to_contain_text("Anna")


def test_the_hungarian_order_settles_who_tells_as_the_telling_begins(house: House, crowd: Crowd) -> None:
    marta, anna = crowd.enter_all(house.meeting("hu-80"), "marta", "anna")
    next_step(marta, "What we agreed", anna)
    next_step(marta, "We listen", anna)
    settle(marta, "Anna")
    for title in ("What do we need to picture it", "Sitting back"):
        marta.locator("#next").click()
        middle(marta, title)
    next_step(marta, "The group imagines")
    next_step(marta, "Come back if you wish")
    next_step(marta, "How was it among us", anna)
    next_step(marta, "We leave the case here", anna)
    end(marta)
    expect(anna.locator("#closed-title")).to_be_visible()


def test_the_british_order_leaves_sitting_back_to_those_in_the_room(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting("uk-90"), "marta", "anna", "jonas")
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        next_step(marta, title, anna, jonas)
    settle(marta, "Anna")
    next_step(marta, "What came up", anna, jonas)
    next_step(marta, "The group imagines", anna, jonas)
    expect(seat(jonas, "Anna")).not_to_contain_text("listening")
    press(anna, "Sit back and listen")
    expect(seat(jonas, "Anna")).to_contain_text("listening")


def test_no_case_today_is_a_good_end_too(house: House, crowd: Crowd) -> None:
    marta, anna = crowd.enter_all(house.meeting("us-60"), "marta", "anna")
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        next_step(marta, title, anna)
    more(marta, "No case today")
    everyone_reads("We leave the case here", marta, anna)


def test_a_second_case_begins_with_the_call(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(
        house.meeting("us-60", format={"id": "own", "cases": 2}), "marta", "anna", "jonas"
    )
    to_the_work(marta, "Anna", jonas)
    next_step(marta, "Come back if you wish", jonas)
    more(marta, "A second case")
    everyone_reads("Who has a case", marta, anna, jonas)
    settle(marta, "Jonas")
    middle(anna, "We listen")


def test_a_mark_can_be_undone(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting("us-60"), "marta", "anna", "jonas")
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        next_step(marta, title, anna, jonas)
    settle(marta, "Anna")
    middle(anna, "You tell")
    press(marta, "Undo")
    everyone_reads("Who has a case", marta, anna, jonas)


def test_presenter_sits_back_and_comes_in_without_asking(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting("us-60"), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    expect(anna.get_by_role("button", name="Come in")).to_be_visible()
    expect(anna.locator("main")).not_to_contain_text(re.compile(r"\bmin\b"))

    anna.get_by_role("button", name="Come in").click()
    for page in (marta, jonas):
        expect(seat(page, "Anna")).not_to_contain_text("listening")
    press(marta, "Ask the presenter to sit back")
    expect(seat(jonas, "Anna")).to_contain_text("listening")


def test_presenter_may_stay_outside_when_invited(house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting("us-60"), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    marta.locator("#next").click()
    press(anna, "I stay here")
    middle(anna, "You stay where you are")
    expect(seat(jonas, "Anna")).to_contain_text("listening")
    expect(anna.get_by_role("button", name="Come in")).to_be_visible()


def test_going_back_a_step_loses_nothing(house: House, crowd: Crowd) -> None:
    marta, _, jonas = crowd.enter_all(house.meeting("us-60"), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    press(marta, "One step back")
    press(marta, "One step back")
    everyone_reads("What do we need to picture it", marta, jonas)
    next_step(marta, "Sitting back", jonas)
    next_step(marta, "The group imagines", jonas)
    expect(seat(jonas, "Anna")).to_contain_text("listening")


@pytest.mark.parametrize("door", ["Go on", "The presenter comes in", "Close"])
def test_a_pause_has_three_doors(door: str, house: House, crowd: Crowd) -> None:
    marta, anna, jonas = crowd.enter_all(house.meeting("us-60"), "marta", "anna", "jonas")
    to_the_work(marta, "Anna", jonas)
    press(marta, "Pause")
    everyone_reads("We stop here a moment", anna, jonas)
    expect(seat(jonas, "Anna")).not_to_contain_text("listening")

    marta.locator("#doors").get_by_role("button", name=door, exact=True).click()

    if door == "Close":
        everyone_reads("We leave the case here", marta, anna, jonas)
        return
    middle(jonas, "The group imagines")
    listens = expect(seat(jonas, "Anna"))
    if door == "Go on":
        listens.to_contain_text("listening")
    else:
        listens.not_to_contain_text("listening")


def test_close_now_leads_through_the_closing(house: House, crowd: Crowd) -> None:
    marta, anna = crowd.enter_all(house.meeting("us-60"), "marta", "anna")
    more(marta, "Close now")
    everyone_reads("We leave the case here", marta, anna)
    expect(anna.locator("#closed")).to_be_hidden()
