"""Somebody invited opens an account: a code, a name and their own time zone, and they are in the circle."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.test_passkeys import code_from_the_outbox

ELSEWHERE = "America/Montevideo"


def invited_by_marta(house: House, crowd: Crowd, letter: str = "") -> Page:
    """Have Marta make a link that she hands over herself."""
    marta = crowd.window("marta")
    marta.get_by_role("link", name="Practice group").first.click()
    expect(marta.locator("h1")).to_have_text("Practice group")
    marta.goto(marta.url.rstrip("/") + "/invite/")
    marta.get_by_label("Name", exact=True).fill("Lena")
    if letter:
        marta.get_by_label("Letter").fill(letter)
    marta.get_by_role("button", name="Send, or make a link").click()
    return marta


def link_from_marta(house: House, crowd: Crowd) -> str:
    """Return the link that Marta hands over."""
    return invited_by_marta(house, crowd).get_by_label("Link", exact=True).input_value()


def newcomer(crowd: Crowd) -> Page:
    """Open a browser that Enid has never seen, in another part of the world."""
    context = crowd.browser.new_context(locale="en-GB", timezone_id=ELSEWHERE)
    crowd.windows.append(context)
    return context.new_page()


def test_an_invitation_leads_through_an_account_into_the_circle(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    lena = newcomer(crowd)
    lena.goto(link_from_marta(house, crowd))
    lena.get_by_role("button", name="Gladly").click()
    lena.get_by_role("link", name="I am new here").click()
    clean(lena)
    for address in ("lena@exmaple.org", "lena@example.org"):
        lena.locator("input[type=email]").fill(address)
        lena.get_by_role("button", name="Go on").click()
        expect(lena.locator("main")).to_contain_text(f"A code is on its way to {address}.")
        clean(lena)
        picture(lena, "newcomers code")
        if address.endswith("exmaple.org"):
            lena.get_by_role("button", name="Use another address").click()
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


def test_a_leader_copies_the_link_and_the_letter_by_keyboard(
    house: House, crowd: Crowd, clean: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    marta = invited_by_marta(house, crowd, "Dear {name}, come and see us.")
    marta.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = marta.get_by_label("Link", exact=True).input_value()
    clean(marta)
    picture(marta, "invited")

    marta.get_by_role("button", name="Copy the link").press("Enter")
    expect(marta.locator("#copied")).to_have_text("Copied.")
    assert marta.evaluate("navigator.clipboard.readText()") == link

    marta.get_by_role("button", name="Copy the text").press("Enter")
    expect(marta.locator("#copied")).to_have_text("Copied.")
    text = marta.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Dear Lena, come and see us.")
    assert link in text


def test_where_the_clipboard_is_refused_the_text_is_selected(house: House, crowd: Crowd) -> None:
    marta = invited_by_marta(house, crowd)
    marta.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    marta.get_by_role("button", name="Copy the link").press("Enter")
    expect(marta.locator("#copied")).to_contain_text("copy it by hand")
    link = marta.get_by_label("Link", exact=True)
    expect(link).to_be_focused()
    assert marta.evaluate("getSelection().toString()") == link.input_value()
