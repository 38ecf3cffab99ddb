"""An agreement is changed together: proposed, accepted by a link in a mail, and then seen from outside as it says."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, SMALLEST, Crowd, House


def look(page: Page, clean: Callable[[Page], None]) -> None:
    """Look at the page on a desk and on the smallest phone."""
    for size, scheme in ((SMALLEST, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def link_from_the_outbox(house: House, crowd: Crowd) -> str:
    """Read the newest link to accept by, where the demonstration shows its mail."""
    page = crowd.window("admin")
    page.goto(house.address("admin", "/outbox/"))
    found = re.search(r"https?://\S+/agree/\S+", page.locator("article").first.inner_text())
    assert found
    return found[0]


def stranger(crowd: Crowd) -> Page:
    """Open a browser in which nobody is signed in."""
    context = crowd.browser.new_context(locale="en-GB")
    crowd.windows.append(context)
    return context.new_page()


def test_agreement_is_changed_together(house: House, crowd: Crowd, clean: Callable[[Page], None]) -> None:
    meeting = house.meeting(leaders=["marta"], members=["anna"])
    marta, anna = crowd.window("marta"), crowd.window("anna")
    marta.goto(house.address("marta", f"/meetings/{meeting}/"))
    marta.locator(".back a").click()
    group = marta.url.split("/")[-2]
    marta.get_by_role("link", name="Settings of the group").click()
    marta.get_by_label("that the group met").check()
    marta.get_by_label("Which employer or programme").fill("The hospital")
    look(marta, clean)
    marta.get_by_role("button", name="Save").click()
    expect(marta.locator("main")).to_contain_text("is proposed to everybody")

    anna.goto(house.address("anna", f"/groups/{group}/"))
    anna.get_by_role("link", name="Read it").click()
    expect(anna.locator("main")).to_contain_text("A new version is proposed")
    look(anna, clean)

    outside = stranger(crowd)
    outside.goto(link_from_the_outbox(house, crowd))
    look(outside, clean)
    outside.get_by_role("button", name="I accept the new version").click()
    expect(outside.locator("main")).to_contain_text("it holds from now on")
    look(outside, clean)
    anna.get_by_role("link", name="All versions").click()
    look(anna, clean)

    marta.goto(house.address("marta", f"/groups/{group}/outside/"))
    marta.get_by_role("button", name="Make a link for them").click()
    look(marta, clean)
    outside.goto(marta.get_by_label("Link", exact=True).input_value())
    expect(outside.locator("main")).to_contain_text("That the group met")
    look(outside, clean)


def test_wish_is_a_matter_of_whoever_wished(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    meeting = house.meeting(leaders=["marta"], members=["anna", "jonas"])
    anna = crowd.window("anna")
    anna.goto(house.address("anna", "/me/apart/"))
    anna.get_by_label("Their e-mail address").first.fill("jonas@demonstration.example")
    anna.get_by_role("button", name="Not with this person").click()
    look(anna, clean)
    anna.goto(house.address("anna", f"/meetings/{meeting}/"))
    anna.locator(".back a").click()
    anna.get_by_role("link", name="Read and answer").click()
    look(anna, clean)
    anna.get_by_role("button", name="Yes, I stay").click()
    expect(anna.locator("main")).not_to_contain_text("For you alone")
    anna.goto(house.address("anna", "/me/apart/"))
    anna.get_by_role("button", name="Remove jonas").click()
    expect(anna.locator(".rows")).to_have_count(0)
