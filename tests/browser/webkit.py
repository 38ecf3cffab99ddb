"""Drive Debian's WebKit, the kin of Safari on every iPhone, through the W3C WebDriver protocol."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.integration.site.test_commands import free_port

TYPE_THIS = "apt-get install webkit2gtk-driver xvfb"


def is_here() -> bool:
    """Tell whether WebKit's driver and a screen without a monitor are installed."""
    return bool(shutil.which("WebKitWebDriver") and shutil.which("Xvfb"))


class WebKit:
    """One WebKit window."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._session = ""

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            self._base + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def begin(self) -> None:
        """Open the window."""
        self._session = (
            "/session/" + self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {}}})["sessionId"]
        )

    def end(self) -> None:
        """Close the window."""
        self._ask("DELETE", self._session)

    def go(self, address: str) -> None:
        """Open an address."""
        self._ask("POST", self._session + "/url", {"url": address})

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page and return what it returns."""
        return self._ask("POST", self._session + "/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, script: str) -> None:
        """Wait until a script returns something true; the limit only ends a test that would hang."""
        deadline = time.monotonic() + 40
        while not self.run(script):
            assert time.monotonic() < deadline, (
                f"never true: {script}\n{self.run('return document.body.innerText')}"
            )
            time.sleep(0.1)

    def press(self, name: str) -> None:
        """Press the first button or link with this name."""
        find = "return [...document.querySelectorAll('button, a')].find(e => !e.disabled && e.checkVisibility() && e.innerText.trim() === arguments[0])"
        self.until(find.replace("arguments[0]", json.dumps(name)))
        self.run(find.replace("return ", "") + ".click()", name)


@contextmanager
def window() -> Iterator[WebKit]:
    """Open a WebKit window on a screen of its own and end everything afterwards."""
    port = free_port()
    read, write = os.pipe()
    # Xvfb picks a free screen number itself and writes it to the pipe.
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = ":" + pipe.readline().strip()
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"],
        env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    webkit = WebKit(port)
    try:
        _begin(webkit)
        yield webkit
        webkit.end()
    finally:
        driver.terminate()
        driver.wait()
        screen.terminate()
        screen.wait()


def _begin(webkit: WebKit) -> None:
    """Wait for the driver to listen, then open the window."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return webkit.begin()
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert time.monotonic() < deadline, "WebKitWebDriver never listened"
            time.sleep(0.1)
