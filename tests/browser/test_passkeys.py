"""A passkey is added, and signs in by itself; Chromium's virtual authenticator plays the device."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House


def plug_in(page: Page) -> None:
    """Give the browser an authenticator that says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_from_the_outbox(house: House, crowd: Crowd) -> str:
    """Read the newest code where the demonstration shows its mail."""
    page = crowd.window("admin")
    page.goto(house.address("admin", "/outbox/"))
    letter = page.locator("article").filter(has_text="code is").first  # other mail may have come after it
    found = re.search(r"code is (\S+)\.", letter.inner_text())
    assert found
    return found[1]


def test_a_passkey_signs_in_without_mail(house: House, crowd: Crowd) -> None:
    salma = crowd.window("salma")
    plug_in(salma)
    salma.goto(house.address("salma", "/me/passkeys/"))
    salma.get_by_role("link", name="Add a passkey").click()
    expect(salma.locator("h1")).to_have_text("Confirm that it is you")
    salma.get_by_role("button", name="Send me a code").click()
    salma.get_by_label("Code from the mail").fill(code_from_the_outbox(house, crowd))
    salma.get_by_role("button", name="Confirm").click()
    salma.get_by_label("A name for it").fill("my telephone")
    salma.get_by_role("button", name="Add it").click()
    expect(salma.locator("main")).to_contain_text("my telephone")

    salma.goto(house.address("salma", "/account/logout/"))
    salma.get_by_role("button", name="Sign out").click()
    salma.goto(house.address("salma", "/account/login/"))
    salma.get_by_role("button", name="Sign in with a passkey").click()
    salma.wait_for_url(re.compile(r"localhost:\d+/$"))
    salma.goto(house.address("salma", "/me/"))
    expect(salma.locator("main")).to_contain_text("salma@demonstration.example")
    salma.goto(house.address("salma", "/me/address/"))
    expect(salma.locator("h1")).to_have_text("Your address")

    # The demonstration's door signs in without a proof: the passkey gives it.
    salma.context.clear_cookies()
    salma.goto(house.address("salma"))
    salma.locator("form button.primary").click()
    salma.wait_for_url(re.compile(r"localhost:\d+/$"))
    salma.goto(house.address("salma", "/me/address/"))
    salma.get_by_role("link", name="Use my passkey").click()
    salma.get_by_role("button", name="Use my passkey").click()
    expect(salma.locator("h1")).to_have_text("Your address")


def test_without_a_passkey_the_page_says_so_calmly(house: House, crowd: Crowd) -> None:
    daniel = crowd.window("daniel")
    daniel.goto(house.address("daniel", "/account/logout/"))
    daniel.get_by_role("button", name="Sign out").click()
    daniel.goto(house.address("daniel", "/account/login/"))
    daniel.evaluate(
        "void (navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')))"
    )
    daniel.get_by_role("button", name="Sign in with a passkey").click()
    expect(daniel.get_by_role("alert").filter(has_text="The passkey was not used")).to_be_visible()
