"""From one evening to a series: planned, read by a member elsewhere, moved from a date on, and in a calendar."""

import re
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, SMALLEST, Crowd, House

IN_SIX_WEEKS = datetime.now(UTC).date() + timedelta(weeks=6)


def look(page: Page, clean: Callable[[Page], None]) -> None:
    """Look at the page on a desk and on the smallest phone."""
    for size, scheme in ((SMALLEST, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def test_series_is_planned_moved_and_subscribed_to(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    meeting = house.meeting()
    marta = crowd.window("marta")
    marta.goto(house.address("marta", f"/meetings/{meeting}/"))
    look(marta, clean)
    marta.locator(".back a").click()
    marta.get_by_role("link", name="Plan a series").click()
    marta.get_by_label("First date").fill(IN_SIX_WEEKS.isoformat())
    marta.get_by_label("Hour", exact=True).fill("18:30")
    marta.get_by_label("How many meetings").fill("4")
    marta.get_by_label("Days without a meeting").fill((IN_SIX_WEEKS + timedelta(weeks=2)).isoformat())
    marta.get_by_role("button", name="Show the dates").click()
    expect(marta.locator("ol > li")).to_have_count(4)
    look(marta, clean)
    marta.get_by_role("button", name="Keep these dates").click()
    dates = marta.locator(".rows > li")
    expect(dates).to_have_count(5)  # the evening of today stands before them
    look(marta, clean)
    group = marta.url.split("/")[-3]

    marta.get_by_role("link", name=re.compile("^Move ")).nth(2).click()
    look(marta, clean)
    marta.get_by_label("this one and all that follow").check()
    marta.get_by_label("New hour").fill("19:00")
    marta.get_by_role("button", name="Move").click()
    for n, hour in enumerate(["18:30", "19:00", "19:00", "19:00"], start=1):
        expect(dates.nth(n)).to_contain_text(hour)

    marta.get_by_role("link", name=re.compile("^Cancel ")).last.click()
    look(marta, clean)
    marta.get_by_role("button", name="Cancel the meeting").click()
    marta.get_by_role("link", name="All dates").click()
    expect(dates.filter(has_text="does not take place")).to_have_count(1)
    look(marta, clean)
    marta.get_by_role("link", name="Leave days out").first.click()
    look(marta, clean)

    anna = crowd.window("anna")
    anna.goto(house.address("anna", "/me/calendar/"))
    look(anna, clean)
    anna.get_by_role("button", name="Make my link").click()
    look(anna, clean)
    link = anna.get_by_label("Link", exact=True).input_value()
    path = link[link.index("/calendar/") :]
    with urllib.request.urlopen(f"http://localhost:{house.port}{path}") as answer:
        calendar = answer.read().decode().replace("\r\n ", "")
    assert len(re.findall(rf"\nURL:\S+/groups/{group}/dates/", calendar)) == 2
    assert "Story circle" not in calendar
