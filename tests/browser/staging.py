"""A house on a stage of its own: other settings, other networks, a server that was tampered with."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import House
from tests.browser.nets import SERVER, Nets
from tests.integration.site.test_commands import clean_environment, free_port, until


@contextmanager
def staged(
    folder: Path, *, nets: Nets | None = None, direction: str = "", settings: Mapping[str, str] | None = None
) -> Iterator[House]:
    """Run the demonstration with these settings, in these networks, changed by this module."""
    port, log = free_port(), folder.with_suffix(".log")
    command = [sys.executable, "-m", "tests.browser.staged_house", "--port", str(port)]
    command += ["--with", direction] if direction else []
    command = [*nets.inside(nets.router), *command, "--everywhere"] if nets else command
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            env=clean_environment(ENID_DATA=str(folder), **(settings or {})),
            stdout=subprocess.DEVNULL,
            stderr=out,
            text=True,
        )
    house = House(port, folder, process, log)
    try:
        until(lambda: nets.reaches(nets.others, SERVER, port) if nets else house.answers(), "the house")
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def relay_settings(secret: str, *ways: str) -> dict[str, str]:
    """Return the settings of a house that has this relay."""
    return {"ENID_TURN_URLS": ",".join(ways), "ENID_TURN_SECRET": secret}
