"""Every page that can be reached by links: no fault that axe finds, nothing sticking out at 320 px, in both schemes."""

from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, SMALLEST, Crowd, House

NOT_PAGES = ("/static/", "/account/logout", "/me/export", "/room/")


def pages_of(page: Page, start: str) -> list[str]:
    """Return every address that links lead to; one of each kind of object is enough."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        kind = "/".join(
            "<id>" if len(part) == 36 or part.isdigit() else part
            for part in urlsplit(address).path.split("/")
        )
        if kind in found or kind.startswith(NOT_PAGES) or kind.endswith(".ics"):
            continue
        page.goto(address)
        found[kind] = address
        links = page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
        )
        targets = [urldefrag(urljoin(page.url, link)).url for link in links]
        waiting += [target for target in targets if urlsplit(target).netloc == urlsplit(start).netloc]
    return list(found.values())


@pytest.mark.parametrize("who", ["marta", "anna", "admin"])
def test_every_page_is_accessible_and_fits(
    who: str, house: House, crowd: Crowd, clean: Callable[[Page], None]
) -> None:
    house.meeting()
    page = crowd.window(who, DESK)
    addresses = pages_of(page, house.address(who))
    assert len(addresses) >= 3
    for address in addresses:
        for size, scheme in ((DESK, "light"), (SMALLEST, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            clean(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
                f"{address} sticks out"
            )
