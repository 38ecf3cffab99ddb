"""Come into a call, Enid's or the bare one, and read what arrives there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enid.bench.calls.browsers import Chromium
from enid.bench.calls.house import House
from enid.site.commands import OUTSIDE_FAILED, Stopped

if TYPE_CHECKING:
    from playwright.sync_api import Page

FAR = Path(__file__).parent / "far.js"
PATIENCE_S = 90.0


def at_the_door(chromium: Chromium, house: House, person: int, room: int, **line: Any) -> Page:
    """Open Enid's door for somebody whose camera and microphone are on."""
    page = chromium.page(house.cookies_of(person), **line)
    page.goto(house.room(room))
    page.locator("#try").click()
    page.locator("#level-row").wait_for()
    page.locator("#enter").wait_for()
    return page


def at_the_bare_door(chromium: Chromium, house: House, **line: Any) -> Page:
    """Open the page of the bare call, with camera and microphone on."""
    page = chromium.page(**line)
    page.goto(house.address)
    page.locator("#enter").wait_for()
    return page


def enter(page: Page) -> Page:
    """Go in, without waiting for anybody."""
    page.locator("#enter").click()
    return page


def meet_somebody(page: Page) -> dict[str, float]:
    """Return how many seconds after the press somebody is seen and heard."""
    enter(page)
    return dict(page.evaluate("watched.first"))


def far_ends(chromium: Chromium, house: House, room: int, people: int) -> Page:
    """Bring everyone but the first person into a room, all in one page."""
    meeting, tickets = house.rooms[room]
    page = chromium.page(house.cookies_of(1), free=True)
    page.goto(house.room(room))  # at the door: other pages may not use a camera
    page.add_script_tag(path=FAR)
    page.evaluate(
        "given => farEnds(given)",
        {
            "socket": f"/ws/room/{meeting}/",
            "tickets": tickets[1:people],
            "real": f"s{room}x0",
            "people": people,
        },
    )
    return page


def totals(page: Page) -> dict[str, float]:
    """Return what came and went so far, as the browser counts it."""
    return dict(page.evaluate("watched.totals()"))


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Look again and again until something holds; the limit only ends a bench that would hang."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise Stopped(f"The bench waited in vain for this: {what}.", OUTSIDE_FAILED)
        page.wait_for_timeout(200)


def until_all_arrive(page: Page, others: int) -> None:
    """Wait for pictures and sound from so many others."""
    until(page, lambda: totals(page)["connected"] >= others, f"connections to {others}")
    before = totals(page)["frames"]
    until(page, lambda: totals(page)["frames"] > before + others, "pictures that move")
