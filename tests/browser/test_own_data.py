"""Taking one's data along, and the page before an erasure, behind a fresh code."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, SMALLEST, Crowd, House
from tests.browser.test_passkeys import code_from_the_outbox


def test_own_data_comes_as_a_file_after_a_code(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    jonas = crowd.window("jonas")
    jonas.goto(house.address("jonas", "/me/erase/"))
    clean(jonas)
    jonas.get_by_role("button", name="Send me a code").click()
    jonas.get_by_label("Code from the mail").fill(code_from_the_outbox(house, crowd))
    jonas.get_by_role("button", name="Confirm", exact=True).click()

    expect(jonas.locator("h1")).to_have_text("Erase my account")
    for size, scheme in ((DESK, "light"), (SMALLEST, "dark")):
        jonas.set_viewport_size(size)
        jonas.emulate_media(color_scheme=scheme)
        clean(jonas)
    jonas.get_by_role("button", name="Erase").click()  # the yes is missing: the browser asks for it
    expect(jonas.get_by_role("checkbox")).to_be_focused()

    with jonas.expect_download() as taken:
        jonas.get_by_role("link", name="As a file").click()
    data = json.loads(Path(taken.value.path()).read_text())
    assert data["account"]["display_name"] == "Jonas"
    assert data["account"]["sessions"]
    assert "Tuesday circle" in {place["group"] for place in data["groups"]["memberships"]}
    assert "Marta" not in json.dumps(data)
    jonas.get_by_role("link", name="Keep my account").click()
    expect(jonas.locator("h1")).to_have_text("My account")
