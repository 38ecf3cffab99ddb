"""What people do in the room, by the words on the page."""

import re

from playwright.sync_api import Locator, Page, expect


def middle(page: Page, title: str) -> None:
    """Expect this to stand in the middle of the circle."""
    expect(page.locator("#middle-title")).to_have_text(re.compile(title))


def everyone_reads(title: str, *pages: Page) -> None:
    """Expect the same title in every window."""
    for page in pages:
        middle(page, title)


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).click()


def next_step(leader: Page, title: str, *others: Page) -> None:
    """Press the next step and expect everyone to read the new title."""
    leader.locator("#next").click()
    everyone_reads(title, leader, *others)


def end(leader: Page) -> None:
    """End the session, and say yes to the question."""
    leader.locator("#next, #table-next").click()
    leader.locator("#end-yes").click()


def settle(leader: Page, name: str) -> None:
    """Mark who tells, as it was settled aloud."""
    leader.locator("#choose").click()
    leader.locator("#choose-list").get_by_role("button", name=name).click()


def more(leader: Page, name: str) -> None:
    """Press something under More."""
    if leader.locator("#more").get_attribute("open") is None:
        leader.locator("#more > summary").click()
    leader.locator("#more").get_by_role("button", name=name).click()


def seat(page: Page, name: str) -> Locator:
    """Return somebody's seat."""
    return page.locator("#seats > li").filter(has_text=name)


def to_the_work(leader: Page, presenter: str, *others: Page) -> None:
    """Go from arriving to the group's work in us-60, with `presenter` telling."""
    for title in ("What we agreed", "How did it go on", "Who has a case"):
        next_step(leader, title, *others)
    settle(leader, presenter)
    everyone_reads("We listen", leader, *others)
    next_step(leader, "What do we need to picture it", *others)
    leader.locator("#next").click()
    expect(seat(leader, presenter)).to_contain_text("listening")
    next_step(leader, "The group imagines")
