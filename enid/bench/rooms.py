"""`enid bench rooms`: a stage change from one person to the last of the circle, beside bare picows and socket.io.

The server runs on one core, the load on another; servers take turns, and the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from enid.bench.figures import Run, figures
from enid.site.commands import DONE, OUTSIDE_FAILED, Stopped, parser

FEW = 10
MOST_PEOPLE = 24  # in one room


def main(argv: list[str]) -> int:
    """Measure and print."""
    given = _given(argv)
    _check_machine(sockets=max(given.rooms, given.many) * given.people)
    folder = Path(tempfile.mkdtemp(prefix="enid-bench-"))
    try:
        found = _measured(given, folder)
    except subprocess.CalledProcessError as error:
        raise Stopped(f"A process of the bench ended early: {error}", OUTSIDE_FAILED) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found) if given.json else _text(found))
    return DONE


def _given(argv: list[str]) -> argparse.Namespace:
    arguments = parser("bench")
    arguments.prog = "enid bench rooms"
    arguments.epilog = "ENID_BENCH_NODE_MODULES names a folder of npm packages in which socket.io is found."
    arguments.add_argument("--rooms", type=int, default=500)
    arguments.add_argument("--people", type=int, default=12, help="in each room")
    arguments.add_argument("--seconds", type=float, default=4.0, help="length of each measurement")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--rate", type=float, default=200.0, help="events a second over all rooms")
    arguments.add_argument("--many", type=int, default=1000, help="rooms for the growth; 0 leaves it out")
    arguments.add_argument(
        "--nice", type=int, default=0, help="on a busy machine: -19 puts the bench first (needs root)"
    )
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    if min(given.rooms, given.people, given.rounds) < 1 or min(given.seconds, given.rate) <= 0:
        arguments.error("rooms, people, rounds, seconds and rate must be greater than nothing")
    if given.people > MOST_PEOPLE:
        arguments.error(f"a room holds {MOST_PEOPLE} people")
    if given.many and given.many <= FEW:
        arguments.error(f"many rooms are more than {FEW}, or 0")
    return given


def _check_machine(sockets: int) -> None:
    try:
        import picows  # noqa: F401 - only to see whether it is there
        import psutil  # noqa: F401
    except ImportError as error:
        raise Stopped("The bench needs picows and psutil. Type: make env-dev", OUTSIDE_FAILED) from error
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        raise Stopped(
            "The bench needs Linux and two cores: one for the server, one for the load.", OUTSIDE_FAILED
        )
    needed, (_, most) = sockets + 200, resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < needed:
        raise Stopped(
            f"{sockets} sockets need {needed} open files, and {most} are allowed. Ask for fewer rooms, or type: ulimit -n {needed}",
            OUTSIDE_FAILED,
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # servers and load inherit it


def _measured(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from enid.bench.candidates import candidates  # needs psutil

    servers, left_out = candidates()
    for line in left_out:
        _tell(line)
    runs: dict[str, list[Run]] = {server.name: [] for server in servers}
    for number in range(given.rounds):
        for server in servers:
            _tell(f"round {number + 1} of {given.rounds}: {server.name}, {given.rooms} rooms")
            run = server.measure(folder, given.rooms, given.people, given.seconds, given.rate, given.nice)
            runs[server.name].append(run)
    growth = _growth(servers[:2], given, folder) if given.many else {}
    asked = {name: getattr(given, name) for name in ("rooms", "people", "seconds", "rounds", "rate", "many")}
    machine = {"cores": os.cpu_count(), "load_average": [round(load, 1) for load in os.getloadavg()]}
    return {**asked, **figures(runs, growth), "left_out": left_out, "machine": machine}


def _growth(servers: list[Any], given: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Return by round how CPU by event grows from few rooms to many, for each server."""
    grown: dict[str, list[float]] = {server.name: [] for server in servers}
    for number in range((given.rounds + 1) // 2):
        for server in servers:
            _tell(f"growth {number + 1}: {server.name}, {FEW} and {given.many} rooms")
            few, many = (
                server.measure(folder, rooms, given.people, given.seconds, None, given.nice).cpu_us
                for rooms in (FEW, given.many)
            )
            grown[server.name].append(many / few)
    return grown


def _text(found: dict[str, Any]) -> str:
    """Return the figures for a person."""
    servers, goals = found["servers"], found["goals"]
    things = next(iter(servers.values()))
    told = [name for name in found["spread"] if name not in goals]
    lines = [
        f"{found['rooms']} rooms of {found['people']}, median of {found['rounds']} rounds, spread in brackets",
        "",
        f"{'':14}" + "".join(f"{name:>28}" for name in servers),
        *(f"{key:14}" + "".join(f"{_cell(of[key]):>28}" for of in servers.values()) for key in things),
        "",
        *(f"{_ratio(found, name)}  goal {goal['goal']}: {_met(goal)}" for name, goal in goals.items()),
        *(_ratio(found, name) for name in told),
    ]
    if not found["valid"]:
        lines.append(f"Not valid: {found['why_invalid']}.")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    low, high = value["spread"]
    return f"{value['median']:.2f} ({low:.2f} to {high:.2f})"


def _ratio(found: dict[str, Any], name: str) -> str:
    low, high = found["spread"].get(name, [found[name]] * 2)
    return f"{name:22}{found[name]:>8.2f} ({low:.2f} to {high:.2f})"


def _met(goal: dict[str, Any]) -> str:
    return "met" if goal["met"] else "missed"


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
