"""Debian's Chromium, driven by Playwright: started apart, so that its CPU and memory can be told from others'."""

from __future__ import annotations

import importlib.util
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from enid.site.commands import OUTSIDE_FAILED, Stopped

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

WATCH = Path(__file__).parent / "watch.js"
PATIENCE_MS = 45_000
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--enable-precise-memory-info",
]


def check_machine() -> None:
    """Stop with what to type where Playwright or Chromium is missing."""
    if not importlib.util.find_spec("playwright"):
        raise Stopped("This bench needs Playwright. Type: make env-dev", OUTSIDE_FAILED)
    if not shutil.which("chromium"):
        raise Stopped("This bench needs Chromium. Type: apt-get install chromium", OUTSIDE_FAILED)


@contextmanager
def driver() -> Iterator[Playwright]:
    """Run what drives browsers; where one does not do what it is asked, the bench stops and says so."""
    from playwright.sync_api import Error, sync_playwright  # optional: only who measures has it

    try:
        with sync_playwright() as playwright:
            yield playwright
    except Error as error:
        asked = str(error).partition("\n")[0]
        raise Stopped(
            f"The browser did not do what the bench asked of it: {asked} Try again when the machine is less busy.",
            OUTSIDE_FAILED,
        ) from error


@dataclass
class Chromium:
    """One Chromium, with all its processes."""

    browser: Browser
    process: psutil.Process
    lines: dict[Page, Line] = field(default_factory=dict)

    def page(
        self,
        cookies: Sequence[Any] = (),
        *,
        delay_ms: float = 0,
        loss_percent: float = 0,
        watched: bool = True,
        free: bool = False,
    ) -> Page:
        """Open a page in a context of its own, on a line as given; `free` lets scripts in that the page forbids."""
        context = self.browser.new_context(locale="en-GB", bypass_csp=free)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([*cookies])
        if watched:
            context.add_init_script(path=WATCH)
        page = context.new_page()
        if delay_ms or loss_percent:
            self.lines[page] = Line(page)
            self.lines[page].is_like(delay_ms=delay_ms, loss_percent=loss_percent)
        return page

    def cpu_s(self) -> float:
        """Return the CPU that all its processes have taken so far."""
        return float(sum(sum(process.cpu_times()[:4]) for process in self._processes()))

    def memory_mb(self) -> float:
        """Return what all its processes hold for themselves."""
        return float(sum(process.memory_full_info().uss for process in self._processes()) / 1e6)

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


class Line:
    """The line of one page, as DevTools make it; what has to be slow from the beginning is set before a page connects."""

    def __init__(self, page: Page) -> None:
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Network.enable")

    def is_like(self, *, delay_ms: float = 0, loss_percent: float = 0) -> None:
        """Delay and lose packets, of sound and picture too."""
        self._devtools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": delay_ms,
                "downloadThroughput": -1,
                "uploadThroughput": -1,
                "packetLoss": loss_percent,
            },
        )


@contextmanager
def chromium(
    playwright: Playwright, folder: Path, *more: str, within: Sequence[str] = ()
) -> Iterator[Chromium]:
    """Run a Chromium until the block ends.

    within: what a command begins with to run in another network
    """
    mark = f"--enid-bench={secrets.token_hex(8)}"
    executable = _wrapped(folder, within) if within else shutil.which("chromium")
    browser = playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *more, mark])
    try:
        yield Chromium(browser, _process(mark))
    finally:
        browser.close()


def _process(mark: str) -> psutil.Process:
    """Return the process that others of a Chromium come from; only it carries the mark as a whole word."""
    return next(process for process in psutil.Process().children(recursive=True) if mark in _words(process))


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []  # it ended meanwhile


def _wrapped(folder: Path, within: Sequence[str]) -> Path:
    """Write a script that starts Chromium in another network."""
    script = folder / f"chromium-{secrets.token_hex(4)}"
    script.write_text(f'#!/bin/sh\nexec {" ".join(within)} {shutil.which("chromium")} "$@"\n')
    script.chmod(stat.S_IRWXU)
    return script


def leave(page: Page) -> None:
    """Close a page with everything that belonged to it."""
    context: BrowserContext = page.context
    context.close()
