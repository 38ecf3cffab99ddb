"""`enid bench rooms`: a stage change from one person to the last of the circle, beside bare picows and socket.io.

The server runs on one core, the load on another; servers take turns, and the median of the rounds counts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from enid.bench.candidates import Candidate, Run, candidates
from enid.site.commands import DONE, OUTSIDE_FAILED, Stopped, parser

GOALS = {
    "cpu_ratio_bare": 1.8,
    "p99_ratio_bare": 1.5,
    "cpu_ratio_socketio": 0.8,
    "growth_ratio": 1.5,
    "memory_kb_per_socket": 24.0,
}
RATE = 200.0
MOST_LOAD_CPU = 0.8
FEW, MANY = 10, 1000


def main(argv: list[str]) -> int:
    """Measure and print."""
    arguments = parser("bench")
    arguments.add_argument("--rooms", type=int, default=500)
    arguments.add_argument("--people", type=int, default=12)
    arguments.add_argument("--seconds", type=float, default=4.0, help="length of each measurement")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--no-growth", action="store_true", help="leave out 10 and 1000 rooms")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    _check_machine()
    folder = Path(tempfile.mkdtemp(prefix="enid-bench-"))
    try:
        found = _measure(given, folder)
    except subprocess.CalledProcessError as error:
        raise Stopped(f"The bench could not be prepared: {error}", OUTSIDE_FAILED) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found, indent=None if given.json else 2))
    return DONE


def _check_machine() -> None:
    try:
        import picows  # noqa: F401 - only to see whether it is there
    except ImportError as error:
        raise Stopped("The load needs picows. Type: make env-dev", OUTSIDE_FAILED) from error
    if len(os.sched_getaffinity(0)) < 2:
        raise Stopped("The bench needs two cores: one for the server, one for the load.", OUTSIDE_FAILED)


def _measure(given: Any, folder: Path) -> dict[str, Any]:
    runs: dict[str, list[Run]] = {}
    servers = candidates()
    for number in range(given.rounds):
        for server in servers:
            _tell(f"round {number + 1} of {given.rounds}: {server.name}, {given.rooms} rooms")
            run = server.measure(folder, given.rooms, given.people, given.seconds, RATE)
            runs.setdefault(server.name, []).append(run)
    found = _summary(runs)
    if not given.no_growth:
        found |= _growth(servers[:2], given, folder)
    goals = {name: found[name] <= goal for name, goal in GOALS.items() if name in found}
    return {"rooms": given.rooms, "people": given.people, "rounds": given.rounds, **found, "goals_met": goals}


def _growth(servers: list[Candidate], given: Any, folder: Path) -> dict[str, Any]:
    """Compare how CPU by event grows from few rooms to many, with bare's growth."""
    cpu: dict[tuple[str, int], list[float]] = {}
    for number in range(max(1, given.rounds // 2)):
        for rooms in (FEW, MANY):
            for server in servers:
                _tell(f"growth {number + 1}: {server.name}, {rooms} rooms")
                run = server.measure(folder, rooms, given.people, given.seconds, None)
                cpu.setdefault((server.name, rooms), []).append(run.cpu_us)
    grown = {
        s.name: statistics.median(cpu[s.name, MANY]) / statistics.median(cpu[s.name, FEW]) for s in servers
    }
    return {
        "growth_ratio": round(grown["enid"] / grown["bare"], 2),
        "growth": {k: round(v, 2) for k, v in grown.items()},
    }


def _summary(runs: dict[str, list[Run]]) -> dict[str, Any]:
    middle = {name: {key: _median(of, key) for key in Run.MEASURED} for name, of in runs.items()}
    enid, bare = middle["enid"], middle["bare"]
    found: dict[str, Any] = {
        "servers": {name: {k: round(v, 3) for k, v in one.items()} for name, one in middle.items()},
        "spread": {name: _spread(of) for name, of in runs.items()},
        "cpu_ratio_bare": round(enid["cpu_us"] / bare["cpu_us"], 2),
        "p50_ratio_bare": round(enid["p50_ms"] / bare["p50_ms"], 2),
        "p99_ratio_bare": round(enid["p99_ms"] / bare["p99_ms"], 2),
        "memory_kb_per_socket": round(enid["memory_kb"], 1),
    }
    if "socketio" in middle:
        found["cpu_ratio_socketio"] = round(enid["cpu_us"] / middle["socketio"]["cpu_us"], 2)
        found["p99_ratio_socketio"] = round(enid["p99_ms"] / middle["socketio"]["p99_ms"], 2)
    busiest = max(run.load_cpu for of in runs.values() for run in of)
    found["load_cpu"] = round(busiest, 2)
    found["valid"] = busiest <= MOST_LOAD_CPU
    return found


def _median(runs: list[Run], key: str) -> float:
    return float(statistics.median(getattr(run, key) for run in runs))


def _spread(runs: list[Run]) -> dict[str, list[float]]:
    return {
        key: [round(min(getattr(r, key) for r in runs), 2), round(max(getattr(r, key) for r in runs), 2)]
        for key in ("cpu_us", "p99_ms")
    }


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
