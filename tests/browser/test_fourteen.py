"""A full circle in one browser: everyone is connected with everyone, and one speaks to thirteen."""

import json
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.browser.conftest import Crowd, House
from tests.browser.media import WATCHED, amount, seat_of, until
from tests.browser.room import press
from tests.integration.site.test_commands import clean_environment

CAST = ("marta", "ruth", "anna", "jonas", "mei", "tomas", "priya", "daniel", "salma")
MORE = ("Bela", "Cleo", "Dora", "Enzo", "Fina")

UP = "connections.filter((connection) => connection.connectionState === 'connected').length"


def test_fourteen_come_in_muted_one_unmutes_and_thirteen_hear_and_see(house: House, speakers: Crowd) -> None:
    meeting = house.meeting(members=CAST[2:], size=14)
    cookies = seat_more(house, meeting)
    pages = [enter_muted(speakers, house, name, meeting, cookies.get(name)) for name in (*CAST, *cookies)]
    for page in pages:
        until(page, lambda page=page: page.evaluate(UP) >= 13, "connected with everyone")  # type: ignore[misc]
        assert page.locator("#sounds audio").count() == 13
    speaker, *others = pages
    press(speaker, "Unmute me")
    press(speaker, "Picture on")
    for kind in ("audio", "video"):
        arrives_at_all(kind, seat_of(speaker, "Marta"), others)
    expect(others[0].locator(".picture:visible")).to_have_count(1)
    assert others[0].evaluate("document.querySelector('.picture').videoHeight") == 90


def arrives_at_all(kind: str, seat: str, pages: list[Page]) -> None:
    """Expect more and more of somebody's sound or picture at each of these pages."""
    for page in pages:
        until(page, lambda page=page: amount(page, kind, seat) > 0, kind)  # type: ignore[misc]
    before = [amount(page, kind, seat) for page in pages]
    for page, had in zip(pages, before, strict=True):
        until(page, lambda page=page, had=had: amount(page, kind, seat) > had, f"more {kind}")  # type: ignore[misc]


def seat_more(house: House, meeting: str) -> dict[str, dict[str, str]]:
    """Return the cookies of more people in this meeting, by name."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.more_people"],
        input=json.dumps({"meeting": meeting, "names": MORE}),
        env=clean_environment(
            ENID_DATA=str(house.folder), ENID_DEMO="1", DJANGO_SETTINGS_MODULE="enid.site.settings"
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(made.stdout))


def enter_muted(crowd: Crowd, house: House, name: str, meeting: str, cookies: dict[str, str] | None) -> Page:
    """Return a page in the circle whose camera and microphone have not been asked for."""
    page = crowd.visitor(name) if cookies else crowd.window(name)
    for key, value in (cookies or {}).items():
        page.context.add_cookies([{"name": key, "value": value, "url": house.address(name.lower())}])
    page.add_init_script(WATCHED)
    page.goto(house.address(name.lower(), f"/room/{meeting}/"))
    page.locator("#enter").click()
    page.locator("#place:visible").wait_for()
    return page
