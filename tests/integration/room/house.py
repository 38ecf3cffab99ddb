"""A server process of our own in front of an empty database, which a test may kill and start again."""

import contextlib
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import postgres
from tests.integration.room.voices import Voice
from tests.integration.site.test_commands import ENID, clean_environment, free_port, until

STAGE = [sys.executable, "-m", "tests.integration.room.stage"]


class House:
    """One Enid; its address stays the same when it is started again."""

    def __init__(self, folder: Path, *, url: str = "", port: int = 0, **settings: str) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.said = folder / "stderr.log"
        self.settings = {
            "ENID_DATA": str(folder),
            "ENID_BIND": f"127.0.0.1:{self.port}",
            "ENID_URL": f"http://localhost:{self.port}",
            "ENID_LINE_GRACE_S": "1",
            "ENID_DATABASE_URL": url,
            **settings,
        }
        self.process: subprocess.Popen[str] | None = None
        self.voices: list[Voice] = []

    def start(self) -> "House":
        """Start the server and wait until it listens."""
        with self.said.open("a") as said:
            self.process = subprocess.Popen(
                STAGE,
                env=clean_environment(**self.settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )
        until(self._listens, "the server")
        return self

    def _listens(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said.read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask for an orderly end and return how it ended."""
        return self._end(signal.SIGTERM)

    def hang(self) -> None:
        """Stop the process where it stands; its sockets stay open."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def dies(self) -> int:
        """Wait until it ends by itself."""
        return self._end(0)

    def _end(self, how: int) -> int:
        assert self.process is not None
        if how:
            self.process.send_signal(how)
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self.process = None
        return code

    def end(self) -> None:
        """Leave nothing behind."""
        for voice in self.voices:
            voice.hang_up()
        if self.process is not None:
            with contextlib.suppress(OSError):
                os.kill(self.process.pid, signal.SIGCONT)
            self.kill()

    def do(self, deed: str, **arguments: Any) -> Any:
        """Do what a page does, in the server's process."""
        assert self.process is not None
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"deed": deed, **arguments}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def line(self, meeting: str, **options: Any) -> Voice:
        """Return an open line on which nothing has been said yet."""
        voice = Voice(f"ws://127.0.0.1:{self.port}/ws/room/{meeting}/", **options)
        self.voices.append(voice)
        return voice

    def writes(self) -> str:
        """Return everything that the server wrote to its log."""
        return self.said.read_text()

    def failures(self) -> list[str]:
        """Return what it wrote about failures of its own; text that is no UTF-8 is the sender's."""
        lines = self.writes().splitlines()
        return [line for line in lines if " ERROR " in line and "UnicodeDecodeError" not in line]


class Meeting:
    """A group that meets now, and its people."""

    def __init__(
        self, house: House, leaders: str = "Marta Ruth", members: str = "Anna Jonas", **options: Any
    ) -> None:
        self.house = house
        made = house.do(
            "new_meeting",
            **{"preset": "us-60", "leaders": leaders.split(), "members": members.split(), **options},
        )
        self.id: str = made["meeting"]
        self.group: str = made["group"]
        self.seats: dict[str, str] = made["seats"]

    def ticket(self, name: str, **changes: Any) -> str:
        """Return a ticket for this person."""
        return str(self.house.do("ticket", meeting=self.id, name=name, **changes))

    def enter(self, name: str, last: int = 0, at: House | None = None, **changes: Any) -> Voice:
        """Join by socket; return the voice of somebody who has been greeted."""
        ticket = self.ticket(name, **changes)
        voice = (at or self.house).line(self.id)
        return voice.join(ticket, last)

    def enter_guest(self, name: str, device: str = "") -> Voice:
        """Let a guest in for the evening, and join by their socket."""
        guest = self.house.do("guest", meeting=self.id, name=name, device=device)
        return self.house.line(self.id).join(guest["ticket"])

    def enter_all(self, names: str) -> list[Voice]:
        """Join by socket, one after the other."""
        return [self.enter(name) for name in names.split()]


@functools.cache
def _prepared_file() -> Path:
    """Return an empty database with all tables."""
    folder = Path(tempfile.mkdtemp(prefix="enid-empty-"))
    subprocess.run([*ENID, "migrate", "-v0"], env=clean_environment(ENID_DATA=str(folder)), check=True)
    return folder / "enid.sqlite3"


@functools.cache
def _prepared_postgres() -> str:
    """Return the name of an empty PostgreSQL database with all tables."""
    url = postgres.new_database()
    folder = tempfile.mkdtemp(prefix="enid-empty-")
    settings = {"ENID_DATA": folder, "ENID_DATABASE_URL": url}
    subprocess.run([*ENID, "migrate", "-v0"], env=clean_environment(**settings), check=True)
    return postgres.name_of(url)


def fresh_database(folder: Path, *, on_postgres: bool) -> str:
    """Put an empty database into the folder, or return the address of one on PostgreSQL."""
    (folder / "static").mkdir(exist_ok=True)
    if on_postgres:
        return postgres.new_database(_prepared_postgres())
    shutil.copy(_prepared_file(), folder / "enid.sqlite3")
    return ""
