"""`enid bench soak`: memory of browser and server while people mute, sit back, reload, leave and come back.

It answers no (exit 1) where memory grew past the allowance, or something stayed open that was closed before.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enid.site.commands import DONE, NO, OUTSIDE_FAILED, Stopped, parser

if TYPE_CHECKING:
    from enid.bench.calls.evening import Evening

ROUNDS_BEFORE = 1  # caches fill, scripts compile


def main(argv: list[str]) -> int:
    """Soak and print."""
    asked = _asked(argv)
    if not importlib.util.find_spec("psutil"):
        raise Stopped("This bench needs psutil. Type: make env-dev", OUTSIDE_FAILED)
    from enid.bench.calls import browsers  # needs psutil

    browsers.check_machine()
    folder = Path(tempfile.mkdtemp(prefix="enid-bench-"))
    try:
        found = _soaked(asked, folder)
    except subprocess.CalledProcessError as error:
        raise Stopped(f"A process of the bench ended early: {error}", OUTSIDE_FAILED) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found) if asked.json else _text(found))
    return DONE if found["flat"] else NO


def _asked(argv: list[str]) -> argparse.Namespace:
    arguments = parser("bench")
    arguments.prog = "enid bench soak"
    arguments.add_argument("--minutes", type=float, default=60.0)
    arguments.add_argument("--people", type=int, default=4)
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args(argv)
    if asked.minutes <= 0 or not 4 <= asked.people <= 8:
        arguments.error("minutes must be greater than nothing, and people 4 to 8")
    return asked


def _soaked(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from enid.bench.calls import browsers, clip, growth, house
    from enid.bench.calls.evening import Evening

    camera = f"--use-file-for-fake-video-capture={clip.write(folder)}"
    with (
        browsers.driver() as playwright,
        house.enid(folder, 1, asked.people) as home,
        browsers.chromium(playwright, folder, camera) as chromium,
    ):
        evening = Evening.begin(chromium, home, asked.people)
        for number in range(ROUNDS_BEFORE):
            evening.go_round(number)
        scales = growth.Scales(chromium, home.pid, evening.pages[:2])
        before, samples = evening.open(), [scales.read()]
        rounds = _live(evening, asked.minutes * 60, lambda: samples.append(scales.read()))
        found = growth.figures(samples, before, evening.open())
    return {"minutes": asked.minutes, "people": asked.people, "rounds": rounds, **found}


def _live(evening: Evening, seconds: float, after_each: Any) -> int:
    """Go round until the time is over; return how often."""
    number, end = 0, time.monotonic() + seconds
    while time.monotonic() < end or number == 0:
        evening.go_round(number)
        number += 1
        after_each()
        print(f"round {number}", file=sys.stderr, flush=True)
    return number


def _text(found: dict[str, Any]) -> str:
    """Return the figures for a person."""
    lines = [f"{found['rounds']} rounds in {found['minutes']:g} minutes, {found['people']} people", ""]
    for name, of in found["memory"].items():
        lines.append(
            f"{name:14}{of['first_quarter_mb']:>9} MB to {of['last_quarter_mb']:>9} MB, "
            f"ratio {of['ratio']} (allowed {of['allowed_ratio']}), {of['mb_per_hour']} MB an hour"
        )
    lines.append(f"left open: {found['left_open'] or 'nothing'}")
    return "\n".join([*lines, "flat" if found["flat"] else "It grows."])
