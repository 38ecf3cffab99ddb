"""Somebody invited opens an account: a code, a name and their own time zone, and they are in the circle."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.test_passkeys import code_from_the_outbox

ELSEWHERE = "America/Montevideo"


def link_from_marta(house: House, crowd: Crowd) -> str:
    """Have Marta make a link that she hands over herself."""
    marta = crowd.window("marta")
    marta.get_by_role("link", name="Practice group").first.click()
    marta.goto(marta.url.rstrip("/") + "/invite/")
    marta.get_by_label("Name", exact=True).fill("Lena")
    marta.get_by_role("button", name="Send, or make a link").click()
    return marta.get_by_label("Link", exact=True).input_value()


def newcomer(crowd: Crowd) -> Page:
    """Open a browser that Enid has never seen, in another part of the world."""
    context = crowd.browser.new_context(locale="en-GB", timezone_id=ELSEWHERE)
    crowd.windows.append(context)
    return context.new_page()


def test_an_invitation_leads_through_an_account_into_the_circle(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    lena = newcomer(crowd)
    lena.goto(link_from_marta(house, crowd))
    lena.get_by_role("button", name="Gladly").click()
    lena.get_by_role("link", name="I am new here").click()
    clean(lena)
    lena.locator("input[type=email]").fill("lena@example.org")
    lena.get_by_role("button", name="Go on").click()
    expect(lena.locator("h1")).to_have_text("Your code")
    clean(lena)
    lena.locator("input[name=code]").fill(code_from_the_outbox(house, crowd))
    lena.get_by_role("button", name="Go on").click()

    expect(lena.locator("main")).to_contain_text("By which name does the circle know you?")
    expect(lena.get_by_label("Time zone")).to_have_value(ELSEWHERE)
    clean(lena)
    lena.get_by_label("Your name, as the circle sees it").fill("Lena")
    lena.get_by_role("button", name="Save").click()

    expect(lena.locator("main")).to_contain_text("The circle will see you as “Lena”.")
    lena.get_by_role("button", name="I accept this agreement and join").click()
    lena.goto(re.sub(r"(localhost:\d+).*", r"\1/", lena.url))
    expect(lena.locator("main")).to_contain_text("Practice group")
