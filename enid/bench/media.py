"""`enid bench media`: what sound and picture cost, how soon they come, and how they come back, beside a bare call.

A real server and real browsers on this machine; the bare call is two pages of plain WebRTC in the same run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enid.site.commands import DONE, OUTSIDE_FAILED, Stopped, parser

if TYPE_CHECKING:
    from enid.bench.calls.run import Asked

PARTS = ("join", "client", "recovery", "network_change", "freezes")
MOST_PEOPLE = 14  # with pictures; above it a circle is for the ears alone


def main(argv: list[str]) -> int:
    """Measure and print."""
    asked = _asked(argv)
    if not importlib.util.find_spec("psutil"):
        raise Stopped("This bench needs psutil. Type: make env-dev", OUTSIDE_FAILED)
    from enid.bench.calls import browsers, run  # need psutil

    browsers.check_machine()
    folder, machine = Path(tempfile.mkdtemp(prefix="enid-bench-")), _machine()
    try:
        found = run.measured(_wishes(asked), folder, _tell)
    except subprocess.CalledProcessError as error:
        raise Stopped(f"A process of the bench ended early: {error}", OUTSIDE_FAILED) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found |= machine
    print(json.dumps(found) if asked.json else _text(found))
    return DONE


def _asked(argv: list[str]) -> argparse.Namespace:
    arguments = parser("bench")
    arguments.prog = "enid bench media"
    arguments.add_argument("--people", type=_sizes, default=(4, 8, 14), help="sizes of circles: 4,8,14")
    arguments.add_argument("--seconds", type=float, default=8.0, help="length of each measurement")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--joins", type=int, default=10, help="how often somebody joins, in each call")
    arguments.add_argument(
        "--only", choices=PARTS, action="append", help="measure this alone; may be repeated"
    )
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args(argv)
    if min(asked.rounds, asked.joins) < 1 or asked.seconds <= 0:
        arguments.error("seconds, rounds and joins must be greater than nothing")
    return asked


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(int(part) for part in text.split(","))
    if not all(2 <= size <= MOST_PEOPLE for size in sizes):
        raise argparse.ArgumentTypeError(f"a circle with pictures has 2 to {MOST_PEOPLE} people")
    return sizes


def _wishes(asked: argparse.Namespace) -> Asked:
    from enid.bench.calls.run import Asked

    parts = tuple(part for part in PARTS if not asked.only or part in asked.only)
    return Asked(asked.people, asked.seconds, asked.rounds, asked.joins, parts)


def _machine() -> dict[str, Any]:
    """Say what else the machine does: browsers that wait for their turn send smaller pictures, and later."""
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    busy = {"why_invalid": f"the machine was busy before: load {load:.1f} on {cores} cores"}
    return {
        "valid": load <= cores,
        **(busy if load > cores else {}),
        "machine": {"cores": cores, "load": round(load, 1)},
    }


def _text(found: dict[str, Any]) -> str:
    """Return the figures for a person, one a line."""
    lines = [f"median of {found['rounds']} rounds, spread in brackets", ""]
    lines += [line for part in PARTS for line in _lines(part, found.get(part, {}))]
    for name, goal in found["goals"].items():
        lines.append(f"{name}  goal {goal['goal']}: {'met' if goal['met'] else 'missed'}")
    lines += [f"Left out: {line}" for line in found["left_out"]]
    if not found["valid"]:
        lines.append(f"Not valid: {found['why_invalid']}.")
    return "\n".join(lines)


def _lines(name: str, value: Any) -> list[str]:
    """Return a line for each figure under its whole name."""
    if not isinstance(value, dict):
        return [f"{name:48}{value}"]
    if "spread" in value:
        low, high = value["spread"] or ("-", "-")
        return [f"{name:48}{value['median']} ({low} to {high})"]
    return [line for key, inner in value.items() for line in _lines(f"{name}.{key}", inner)]


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
