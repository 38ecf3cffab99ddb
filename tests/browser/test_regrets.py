"""Somebody who cannot come says so from the mail, without signing in; a leader who cannot come finds somebody."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.test_dates import look

IN_SIX_WEEKS = datetime.now(UTC).date() + timedelta(weeks=6)


def link_from_a_mail(page: Page, house: House, to: str, text: str) -> str:
    """Return the link behind some words of the newest invitation to somebody; the worker writes it within seconds."""
    for _look in range(120):
        page.goto(house.address("admin", "/outbox/"))
        letters = page.locator("article").filter(has_text=f"{to}@").filter(has_text=text)
        if letters.count():
            found = re.search(rf"{text}: http://[^/]+(/\S+)", letters.first.inner_text())
            assert found
            return found[1]
        time.sleep(0.25)
    raise AssertionError("no invitation came")


def test_regret_by_mail_and_a_member_who_leads_instead(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    house.meeting()
    marta = crowd.window("marta")
    marta.goto(house.address("marta", "/"))
    marta.get_by_role("link", name="Story circle").last.click()
    marta.get_by_role("link", name="Plan a meeting").click()
    marta.get_by_label("Day").fill(IN_SIX_WEEKS.isoformat())
    marta.get_by_label("Hour").fill("18:30")
    marta.locator("main form button").first.click()

    path = link_from_a_mail(crowd.window("admin"), house, "anna", "I cannot come")
    stranger = crowd.window("mei")
    stranger.context.clear_cookies()  # nobody is signed in any more
    stranger.goto(house.address("mei", path))
    look(stranger, clean)
    stranger.get_by_role("button", name="I cannot come").click()
    expect(stranger.get_by_text("Noted: you cannot come.")).to_be_visible()
    look(stranger, clean)

    marta.get_by_role("link", name="Dates").first.click()
    expect(marta.get_by_text("Cannot come: Anna")).to_be_visible()
    marta.get_by_text("When too few can come").click()
    look(marta, clean)
    marta.get_by_role("listitem").filter(has_text="Cannot come").get_by_role("link").first.click()
    marta.get_by_role("link", name="Ask somebody to lead").click()
    look(marta, clean)
    marta.get_by_label("Who").select_option(index=1)
    marta.get_by_role("button", name="Ask", exact=True).click()
    expect(marta.get_by_text("is asked to lead this meeting.")).to_be_visible()

    jonas = crowd.window("jonas")
    jonas.goto(house.address("jonas", urlsplit(marta.url).path))
    look(jonas, clean)
    jonas.get_by_role("button", name="I lead this meeting").click()
    expect(jonas.get_by_text("You lead this meeting.")).to_be_visible()
    look(jonas, clean)
