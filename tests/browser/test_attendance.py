"""An evening in one room: members sign in by phone, a leader confirms, a member has it on paper."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESK, PHONE, SMALLEST, Crowd, House


def look(page: Page, clean: Callable[[Page], None]) -> None:
    """Look at the page on a desk and on the smallest phone."""
    for size, scheme in ((SMALLEST, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        clean(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def code_on(screen: Page) -> str:
    """Return the path that the picture on the screen stands for."""
    link = screen.locator("#code-link").get_attribute("href") or ""
    return link[link.index("/here/") :]


def test_attendance_from_a_phone_to_a_statement(
    house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    meeting = house.meeting(setting="room")
    screen = crowd.window("marta")
    screen.goto(house.address("marta", f"/meetings/{meeting}/"))
    screen.get_by_role("link", name="Let people sign in by phone").click()
    look(screen, clean)
    expect(screen.locator("#code svg path").first).to_be_visible()

    anna = crowd.window("anna", PHONE)
    anna.goto(house.address("anna", code_on(screen)))
    anna.get_by_role("button", name="I am here").click()
    expect(anna.get_by_text("You are here.")).to_be_visible()
    look(anna, clean)
    stranger = crowd.window("salma", PHONE)
    stranger.goto(house.address("salma", code_on(screen)))
    expect(stranger.get_by_role("button", name="I am here")).to_have_count(0)
    expect(stranger.locator("body")).not_to_contain_text("Story circle")

    before = code_on(screen)
    screen.wait_for_function(
        "before => !document.getElementById('code-link').href.includes(before)", arg=before
    )
    assert code_on(screen) != before  # by itself, without a word

    table = crowd.window("ruth")
    table.goto(house.address("ruth", f"/room/{meeting}/table/"))
    table.locator("#table-close").click()
    table.locator("#table-next[data-act=end_meeting]").click()
    table.locator("#end-yes").click()
    table.get_by_role("link", name="Who was present").click()
    expect(table.get_by_role("checkbox", name="Anna")).to_be_checked()
    table.get_by_role("checkbox", name="Jonas").check()
    table.get_by_role("button", name="Confirm").click()
    look(table, clean)

    anna.goto(house.address("anna", "/me/attendance/"))
    expect(anna.locator(".rows > li").filter(has_text="Story circle").first).to_contain_text("present")
    look(anna, clean)
    anna.get_by_role("link", name="A statement as PDF").click()
    look(anna, clean)
    with anna.expect_download() as file:
        anna.get_by_role("button", name="Make the statement").click()
    pages = PdfReader(BytesIO(Path(file.value.path()).read_bytes())).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "Story circle" in text
    assert "Jonas" not in text
