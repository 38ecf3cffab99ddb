"""A time is found across three zones: painted with the mouse, by keys and with a finger; then weighed and planned."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import SMALLEST, Crowd, House
from tests.browser.test_dates import look

TODAY = datetime.now(UTC).date()
MONDAY = TODAY + timedelta(days=21 - TODAY.weekday())


def cell(page: Page, name: str) -> object:
    return page.get_by_role("checkbox", name=name, exact=True)


def drag(page: Page, begins: str, ends: str) -> None:
    """Draw from one half hour to another with the mouse."""
    first, last = cell(page, begins), cell(page, ends)
    first.scroll_into_view_if_needed()  # type: ignore[attr-defined]
    last.scroll_into_view_if_needed()  # type: ignore[attr-defined]
    first.hover()  # type: ignore[attr-defined]
    page.mouse.down()
    last.hover()  # type: ignore[attr-defined]
    page.mouse.up()


def swipe(page: Page, begins: str, ends: str) -> None:
    """Draw from one half hour to another with a finger."""
    last = cell(page, ends)
    last.scroll_into_view_if_needed()  # type: ignore[attr-defined]
    from_box, to_box = cell(page, begins).bounding_box(), last.bounding_box()  # type: ignore[attr-defined]
    points = [
        {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2} for box in (from_box, to_box)
    ]
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [points[0]]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [points[1]]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def painted(page: Page) -> list[str]:
    """Return the half hours that are marked, as a screen reader names them."""
    return page.evaluate(
        """[...document.querySelectorAll("#week input:checked")].map((cell) =>
            cell.getAttribute("aria-labelledby").split(" ")
              .map((id) => [...document.getElementById(id).childNodes].filter((n) => n.ariaHidden !== "true")
                .map((n) => n.textContent).join("").trim()).join(" "))"""
    )


def test_time_is_found_across_three_zones(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    meeting = house.meeting()
    marta = crowd.window("marta")
    marta.goto(house.address("marta", f"/meetings/{meeting}/"))
    marta.locator(".back a").click()
    marta.get_by_role("link", name="Find a time").click()
    look(marta, clean)
    marta.get_by_role("link", name="Ask about a few times").click()
    look(marta, clean)
    marta.get_by_role("link", name="Not now").click()
    marta.get_by_role("link", name="Ask for free hours of the week").click()
    look(marta, clean)
    marta.get_by_label("First meeting not before").fill(MONDAY.isoformat())
    marta.get_by_label("How often").select_option("fortnightly")
    marta.get_by_label("How many meetings").fill("3")
    marta.get_by_label("Answers until the end of").fill((TODAY + timedelta(days=7)).isoformat())
    marta.get_by_label("People without an account").fill("Elif\nSam")
    marta.get_by_role("button", name="Ask the group").click()
    look(marta, clean)
    links = {
        name: marta.get_by_label(f"Link for {name}", exact=True).input_value() for name in ("Elif", "Sam")
    }

    marta.locator(".back a").click()
    marta.get_by_role("link", name="My own answer").click()
    look(marta, clean)
    picture(marta, "week-desk")
    drag(marta, "Tuesday 13:00", "Wednesday 15:30")
    assert len(painted(marta)) == 12
    drag(marta, "Wednesday 13:00", "Wednesday 13:00")
    assert len(painted(marta)) == 11
    marta.get_by_role("button", name="Keep my answer").click()
    expect(marta.get_by_text("Your answer is kept")).to_be_visible()
    assert len(painted(marta)) == 11

    elif_ = by_link(house, crowd, links["Elif"], "Asia/Tokyo")
    expect(elif_.get_by_label("Times in the zone")).to_have_value("Asia/Tokyo")
    cell(elif_, "Tuesday 21:00").focus()  # type: ignore[attr-defined]
    elif_.keyboard.press("Space")
    for _ in range(3):
        elif_.keyboard.press("Shift+ArrowDown")
    elif_.keyboard.press("ArrowRight")
    elif_.keyboard.press("Home")
    assert painted(elif_) == [f"Tuesday {hour}" for hour in ("21:00", "21:30", "22:00", "22:30")]
    focused = elif_.evaluate("document.activeElement.getAttribute('aria-labelledby')")
    assert focused == "day-0 hour-45"
    elif_.keyboard.press("Tab")
    expect(elif_.get_by_role("button", name="Keep my answer")).to_be_focused()
    elif_.keyboard.press("Enter")
    expect(elif_.get_by_text("Your answer is kept")).to_be_visible()

    sam = by_link(house, crowd, links["Sam"], "America/New_York", viewport=SMALLEST, has_touch=True)
    expect(sam.get_by_label("Times in the zone")).to_have_value("America/New_York")
    assert sam.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    swipe(sam, "Tuesday 07:00", "Tuesday 09:00")
    cell(sam, "Friday 09:00").tap()  # type: ignore[attr-defined]
    assert len(painted(sam)) == 6
    cell(sam, "Friday 09:00").tap()  # type: ignore[attr-defined]
    assert painted(sam) == [f"Tuesday {hour}" for hour in ("07:00", "07:30", "08:00", "08:30", "09:00")]
    picture(sam, "week-phone")
    sam.get_by_role("button", name="Keep my answer").click()
    expect(sam.get_by_text("Your answer is kept")).to_be_visible()

    marta.get_by_role("link", name="What each time costs").click()
    look(marta, clean)
    picture(marta, "costs")
    best = marta.locator(".ranked > li").first
    expect(best).to_contain_text("Tuesday")
    expect(best).to_contain_text("13:00")
    expect(best).to_contain_text("Early or late for Elif: 21:00 by their clock.")
    expect(best).not_to_contain_text("Cannot")
    best.get_by_role("link", name=re.compile("^Take ")).click()
    look(marta, clean)
    marta.get_by_role("button", name="Take this time").click()
    marta.get_by_role("button", name="Show the dates").click()
    expect(marta.locator("ol > li")).to_have_count(3)
    marta.get_by_role("button", name="Keep these dates").click()
    expect(marta.locator(".rows > li").filter(has_text="13:00")).to_have_count(3)

    elif_.reload()
    expect(elif_.get_by_role("heading", name="A time is found")).to_be_visible()
    expect(elif_.locator(".lead")).to_contain_text("21:00 in Asia/Tokyo (13:00 in Europe/Vienna)")
    look(elif_, clean)


def by_link(house: House, crowd: Crowd, link: str, zone: str, **options: object) -> Page:
    """Return the page that a link opens to somebody who is not signed in, by a clock elsewhere."""
    page = crowd.visitor("visitor", timezone_id=zone, **options)  # type: ignore[arg-type]
    page.goto(house.address("visitor", "/time/" + link.split("/time/")[1]))
    page.wait_for_url(re.compile("zone="))
    return page


def test_week_is_a_set_of_checkboxes_without_script(house: House, crowd: Crowd) -> None:
    house.meeting()
    marta = crowd.window("marta", java_script_enabled=True)
    marta.goto(house.address("marta", "/"))
    group = marta.get_by_role("link", name="Story circle").last.get_attribute("href")
    marta.goto(house.address("marta", f"{group}polls/hours/"))
    marta.get_by_label("First meeting not before").fill(MONDAY.isoformat())
    marta.get_by_label("Answers until the end of").fill((TODAY + timedelta(days=7)).isoformat())
    marta.get_by_label("People without an account").fill("Elif")
    marta.get_by_role("button", name="Ask the group").click()
    link = marta.get_by_label("Link for Elif", exact=True).input_value()
    plain = crowd.visitor("visitor", java_script_enabled=False)
    plain.goto(house.address("visitor", "/time/" + link.split("/time/")[1]))
    cell(plain, "Sunday 23:30").check()  # type: ignore[attr-defined]
    plain.get_by_role("button", name="Keep my answer").click()
    expect(plain.get_by_text("You have answered")).to_be_visible()
    expect(cell(plain, "Sunday 23:30")).to_be_checked()  # type: ignore[arg-type]
