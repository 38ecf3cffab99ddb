"""Several people at once in a real Chromium, in front of the real server with its demonstration."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.integration.site.test_commands import ENID, clean_environment, free_port, until

expect.set_options(timeout=30_000)  # a limit for what would hang, not a claim about speed

CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DEVICES = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--mute-audio",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]
"""A camera that shows a clock and a microphone that beeps; connections that need no network but this machine."""

DESK = {"width": 1280, "height": 820}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}


@dataclass
class House:
    """The running demonstration."""

    port: int
    folder: Path
    process: subprocess.Popen[str]
    log: Path

    def address(self, who: str, path: str = "/") -> str:
        return f"http://{who}.localhost:{self.port}{path}"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/demonstration/", timeout=5) as page:
                return page.status == 200
        except OSError:
            return False

    def meeting(self, preset: str = "us-60", **options: object) -> str:
        """Make a group of the cast that meets now, and return the meeting's id.

        options: leaders, members (keys of the cast), and any field of the group
        """
        asked = json.dumps(
            {"preset": preset, "leaders": ["marta", "ruth"], "members": ["anna", "jonas", "mei"], **options}
        )
        environment = clean_environment(
            ENID_DATA=str(self.folder), ENID_DEMO="1", DJANGO_SETTINGS_MODULE="enid.site.settings"
        )
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.new_meeting"],
            input=asked,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    def web_process(self) -> int:
        """Return the process id of the web process, which carries the rooms."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return next(
            int(child)
            for child in children
            if b"web" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        )


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Run `enid demo` in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    log = folder.parent / "house.log"
    port = free_port()
    with log.open("w") as out:
        process = subprocess.Popen(
            [*ENID, "demo", "--port", str(port)],
            env=clean_environment(ENID_DEMO_DATA=str(folder)),
            stdout=subprocess.DEVNULL,
            stderr=out,
            text=True,
        )
    house = House(port, folder, process, log)
    try:
        until(house.answers, "the demonstration")
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


def _chromium(playwright: Playwright, *more: str) -> Browser:
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing. Type: apt-get install chromium"
    return playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_ARGS, *more])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium."""
    browser = _chromium(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser_with_devices(playwright: Playwright) -> Iterator[Browser]:
    """Start a Chromium with a camera and a microphone."""
    browser = _chromium(playwright, *DEVICES)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def wired(browser: Browser) -> Iterator[Browser]:
    """Start a Chromium whose pages may connect to each other on this machine alone."""
    alone = ["--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns"]
    own = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=[*CHROMIUM_ARGS, *alone])
    yield own
    own.close()


@dataclass
class Crowd:
    """Opens a window for each person of a story and closes them at its end."""

    house: House
    browser: Browser
    windows: list[BrowserContext] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def window(self, who: str, viewport: dict[str, int] | None = None, **options: object) -> Page:
        """Return a page in which `who` is signed in."""
        page = self.visitor(who, viewport, **options)
        page.goto(self.house.address(who))
        page.locator("form button.primary").click()
        page.wait_for_url(re.compile(r"/$"))
        return page

    def visitor(self, who: str, viewport: dict[str, int] | None = None, **options: object) -> Page:
        """Return a page in which nobody is signed in."""
        context = self.browser.new_context(
            viewport=viewport or DESK, locale=str(options.pop("locale", "en-GB")), **options
        )
        context.set_default_timeout(20_000)
        self.windows.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._listen(who, message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"{who}: {error}"))
        page.on("request", lambda request: self._stay_home(who, request.url))
        return page

    def enter(
        self, who: str, meeting: str, viewport: dict[str, int] | None = None, **options: object
    ) -> Page:
        """Return a page in which `who` is in the circle (or waits at its door)."""
        page = self.window(who, viewport, **options)
        page.goto(self.house.address(who, f"/room/{meeting}/"))
        page.locator("#enter").click()
        page.locator("#place:visible, #waiting:visible").wait_for()
        return page

    def enter_all(self, meeting: str, *names: str) -> list[Page]:
        """Return a page in the circle for each name."""
        return [self.enter(name, meeting) for name in names]

    def _listen(self, who: str, kind: str, text: str) -> None:
        expected = ("WebSocket connection", "ERR_CONNECTION", "404 (Not Found)", "403 (Forbidden)")
        if kind == "error" and not any(word in text for word in expected):
            self.problems.append(f"{who}: {text}")

    def _stay_home(self, who: str, url: str) -> None:
        if f".localhost:{self.house.port}" not in url and not url.startswith(("data:", "blob:")):
            self.problems.append(f"{who} asked another host: {url}")


@pytest.fixture
def crowd(house: House, browser: Browser) -> Iterator[Crowd]:
    """Return a crowd; a script error or a request to another host fails the story."""
    crowd = Crowd(house, browser)
    yield crowd
    for window in crowd.windows:
        window.close()
    assert crowd.problems == []


@pytest.fixture
def speakers(house: House, browser_with_devices: Browser) -> Iterator[Crowd]:
    """Return a crowd with cameras and microphones."""
    crowd = Crowd(house, browser_with_devices)
    yield crowd
    for window in crowd.windows:
        window.close()
    assert crowd.problems == []


@pytest.fixture
def clean(request: pytest.FixtureRequest) -> Callable[[Page], None]:
    """Return a check that a page has no accessibility fault that axe can find."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(
            page,
            options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
        )
        faults = [
            f"{v['id']}: {v['nodes'][0]['html'][:160]} ({v['nodes'][0].get('failureSummary', '')[:200]})"
            for v in found.response["violations"]
        ]
        assert faults == [], f"{page.url}\n" + "\n".join(faults)

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return a way to keep a picture where ENID_PICTURES names a folder; for people to look at."""
    folder = os.environ.get("ENID_PICTURES")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return take
