"""One person at one socket: says, hears, and keeps every frame that came."""

import json
import secrets
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.unit.room.mirror import mirror

PATIENCE_S = 20
"""Only ends a test that would hang."""


class Voice:
    """A socket to a room."""

    def __init__(self, url: str, **options: Any) -> None:
        self.socket = connect(
            url,
            compression=None,
            ping_interval=None,
            close_timeout=1,
            max_queue=None,  # a full queue would hold up the close of a voice that listens no more
            legacy=True,
            **options,
        )
        self.frames: list[dict[str, Any]] = []
        self.state: dict[str, Any] = {}
        self.page = secrets.token_hex(3)  # a page loaded anew numbers its messages anew
        self.count = 0
        self.ticket = ""
        self.reason = ""

    def join(self, ticket: str, last: int = 0) -> "Voice":
        """Show the ticket and wait to be told where the session is."""
        self.ticket = ticket
        self.raw({"t": "join", "ticket": ticket, "v": last})
        if not last:
            self.hears("hello")
        return self

    # Saying.

    def raw(self, message: Any) -> None:
        """Say exactly this."""
        self.socket.send(message if isinstance(message, str) else json.dumps(message))

    def say(self, t: str, **fields: Any) -> str:
        """Say something that the room answers; return its id."""
        self.count += 1
        id = f"{self.page}-{self.count}"
        self.raw({"t": t, "id": id, **fields})
        return id

    def asks(self, t: str, **fields: Any) -> dict[str, Any]:
        """Say something and return the answer."""
        id = self.say(t, **fields)
        return self.until(lambda frame: frame.get("t") in ("done", "refused") and frame["id"] in (id, None))

    def does(self, t: str, **fields: Any) -> dict[str, Any]:
        """Say something that must be taken."""
        answer = self.asks(t, **fields)
        assert answer["t"] == "done", answer
        return answer

    def moves(self, t: str, **fields: Any) -> dict[str, Any]:
        """Move the way, as seen from what this voice has heard."""
        return self.does(t, v=self.v, **fields)

    def is_refused(self, t: str, **fields: Any) -> str:
        """Say something that must be refused; return the code."""
        answer = self.asks(t, **fields)
        assert answer["t"] == "refused", answer
        return str(answer["code"])

    # Hearing.

    @property
    def v(self) -> int:
        return int(self.state.get("v", 0))

    @property
    def stage(self) -> str:
        return str(self.state["format"]["stages"][self.state["stage"]]["id"])

    def seat(self, id: str) -> dict[str, Any]:
        return next(seat for seat in self.state["seats"] if seat["id"] == id)

    def next(self) -> dict[str, Any]:
        """Return the next frame, mirrored as the page mirrors it."""
        frame: dict[str, Any] = json.loads(self.socket.recv(timeout=PATIENCE_S))
        self.frames.append(frame)
        if "state" in frame:
            self.state = frame["state"]
        elif "t" not in frame and self.state and frame["v"] > self.v:
            self.state = mirror(self.state, frame)
        return frame

    def until(self, fits: Any) -> dict[str, Any]:
        """Hear until a frame fits; return it."""
        while not fits(frame := self.next()):
            pass
        return frame

    def hears(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Hear until a frame of this kind (`t` or `e`) comes."""

        def fits(frame: dict[str, Any]) -> bool:
            named = frame.get("t", frame.get("e")) == kind
            return named and all(frame.get(name) == value for name, value in fields.items())

        return self.until(fits)

    def sees(self, **parts: Any) -> "Voice":
        """Hear until the state that this person knows holds these values."""
        while any(self.state.get(name) != value for name, value in parts.items()):
            self.next()
        return self

    def hears_version(self, v: int) -> "Voice":
        """Hear until this version is known."""
        while self.v < v:
            self.next()
        return self

    def catches_up(self) -> "Voice":
        """Hear everything that was told before now."""
        self.raw({"t": "ping", "v": self.v})
        self.hears("pong")
        return self

    def is_closed(self) -> int:
        """Hear until the socket is closed; return the code."""
        try:
            while True:
                self.next()
        except ConnectionClosed as closed:
            self.reason = closed.rcvd.reason if closed.rcvd else ""
            return closed.rcvd.code if closed.rcvd else 1006

    def hang_up(self) -> None:
        """Close the socket without a word, as a closed tab does."""
        self.socket.close()

    def kinds(self) -> set[str]:
        """Return the kinds (`t` or `e`) of all that ever came over this line."""
        return {str(frame.get("t", frame.get("e"))) for frame in self.frames}

    def everything(self) -> str:
        """Return all that ever came over this line."""
        return json.dumps(self.frames)


def eventually(holds: object) -> None:
    from tests.integration.site.test_commands import until

    until(holds, "what was to follow")  # type: ignore[arg-type]
