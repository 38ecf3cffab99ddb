"""Debian's Firefox through WebDriver BiDi, spoken directly: Playwright drives only a Firefox of its own."""

import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "intl.accept_languages": "en-GB",
}
"""A camera and a microphone that only pretend, lines on this machine alone, and nothing asked of another host."""

PATIENCE_S = 60


class Firefox:
    """One window of Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to a command; what happens meanwhile is passed over."""
        id = next(self._ids)
        self._socket.send(json.dumps({"id": id, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE_S))
            if answer.get("id") == id:
                assert answer["type"] == "success", answer
                return dict(answer["result"])

    def goto(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def watches(self, script: str) -> None:
        """Run a function before the scripts of each page."""
        self.ask("script.addPreloadScript", functionDeclaration=script)

    def does(self, expression: str) -> Any:
        """Return what an expression comes to, once it is there."""
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self._window},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def until(self, expression: str) -> None:
        """Look again and again until an expression holds."""
        end = time.monotonic() + PATIENCE_S
        while not self.does(expression):
            assert time.monotonic() < end, f"never: {expression}"
            time.sleep(0.2)

    def press(self, selector: str) -> None:
        """Press what is there to be seen."""
        self.until(f"!!document.querySelector({selector!r})?.offsetParent")
        self.does(f"document.querySelector({selector!r}).click()")


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start Firefox with a profile of its own, or skip and say why."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("Firefox is not installed (apt-get install firefox-esr)")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines))
    log = folder / "firefox.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        with connect(f"{_address(log)}/session", max_size=None, proxy=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait()


def _address(log: Path) -> str:
    """Return where Firefox listens, once it says so."""
    end = time.monotonic() + PATIENCE_S
    while not (found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text())):
        assert time.monotonic() < end, log.read_text()[-2000:]
        time.sleep(0.1)
    return found[1]
