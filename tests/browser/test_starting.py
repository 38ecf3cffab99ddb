"""From an empty account to a group that is forming, with dates and invitations, in 25 actions or fewer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, SMALLEST, Crowd, House

IN_TWO_WEEKS = datetime.now(UTC).date() + timedelta(weeks=2)
MOST_ACTIONS = 25


class Counted:
    """Does what a person does and counts it: each press, choice or filled field is one action."""

    def __init__(self) -> None:
        self.actions = 0

    def press(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.actions += 1
        what.fill(text)


def look(page: Page, clean: Callable[[Page], None]) -> None:
    """Look at the page on a desk and on the smallest phone."""
    for size, scheme in ((SMALLEST, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def test_group_is_forming_after_few_actions(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    page, do = crowd.window("admin"), Counted()
    do.press(page.get_by_role("link", name="Start a group"))
    do.fill(page.get_by_label("Name of the group"), "Wednesday circle")
    do.press(page.get_by_label("I do not assess, appoint or manage anyone here"))
    do.press(page.get_by_role("button", name="Start the group"))
    look(page, clean)

    do.press(page.get_by_role("link", name="What the agreement names"))
    do.fill(page.get_by_label("Past the leaders, concerns go to"), "the ombudswoman")
    do.fill(page.get_by_label("Their e-mail address"), "ombuds@example.org")
    do.fill(page.get_by_label("Limits of confidentiality and local numbers"), "Call 112.")
    do.press(page.get_by_role("button", name="Save"))

    do.press(page.locator(".back a"))
    do.press(page.get_by_role("link", name="The dates"))
    do.fill(page.get_by_label("First date"), IN_TWO_WEEKS.isoformat())
    do.fill(page.get_by_label("Hour", exact=True), "18:30")
    do.press(page.get_by_role("button", name="Show the dates"))
    do.press(page.get_by_role("button", name="Keep these dates"))

    do.press(page.locator(".back a"))
    do.press(page.get_by_role("link", name="Invitations"))
    for name in ("Lea", "Noor"):
        do.fill(page.get_by_label("Name", exact=True), name)
        do.fill(page.get_by_label("E-mail address"), f"{name.lower()}@example.org")
        do.press(page.get_by_role("button", name="Send, or make a link"))
        expect(page.locator("main")).to_contain_text("The invitation is on its way.")
    assert do.actions <= MOST_ACTIONS

    page.locator(".back a").click()
    page.get_by_role("link", name="Starting this group").click()
    expect(page.locator("main")).to_contain_text("The group is forming")
    expect(page.locator("main")).to_contain_text("2 invitations are open.")
    look(page, clean)
