"""From runs to figures: medians, spreads, ratios of the same round, and the goals beside them."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

GOALS = {
    "cpu_ratio_bare": 1.8,
    "cpu_ratio_socketio": 0.8,
    "p99_ratio_bare": 1.5,
    "growth_ratio": 1.5,
    "memory_kb_per_socket": 24.0,
}
MOST_LOAD_CPU = 0.8


@dataclass(frozen=True)
class Run:
    """One server once. CPU in microseconds by event, memory in kB by socket; `load_cpu` is the load's share of a core."""

    connect_s: float
    joins_per_s: float
    cpu_us: float
    events_per_s: float
    p50_ms: float
    p99_ms: float
    memory_kb: float
    events: int
    heard: int
    load_cpu: float


MEASURED = ("connect_s", "joins_per_s", "cpu_us", "events_per_s", "p50_ms", "p99_ms", "memory_kb")
Runs = Mapping[str, Sequence[Run]]
_RATIOS = {"cpu": "cpu_us", "events": "events_per_s", "p50": "p50_ms", "p99": "p99_ms"}


def figures(runs: Runs, growth: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return what a round of servers gave.

    growth: for each server the CPU by event at many rooms over that at few, by round; may be empty
    """
    ratios = _ratios(runs)
    if growth:
        pairs = zip(growth["enid"], growth["bare"], strict=True)
        ratios["growth_ratio"] = [enid / bare for enid, bare in pairs]
    enid = runs["enid"]
    found: dict[str, Any] = {name: round(statistics.median(values), 2) for name, values in ratios.items()}
    found |= {
        "memory_kb_per_socket": _middle(enid, "memory_kb"),
        "connect_s": _middle(enid, "connect_s"),
        **_validity(runs),
        "servers": {name: _server(of) for name, of in runs.items()},
        "growth": {name: round(statistics.median(values), 2) for name, values in growth.items()},
        "spread": {name: [round(min(v), 2), round(max(v), 2)] for name, v in ratios.items()},
    }
    found["goals"] = {
        name: {"goal": goal, "seen": found[name], "met": found[name] <= goal}
        for name, goal in GOALS.items()
        if name in found
    }
    return found


def _ratios(runs: Runs) -> dict[str, list[float]]:
    """Return Enid over each baseline round by round, so that what else the machine did falls out."""
    return {
        f"{short}_ratio_{other}": [
            getattr(ours, key) / getattr(theirs, key)
            for ours, theirs in zip(runs["enid"], runs[other], strict=True)
        ]
        for other in runs
        if other != "enid"
        for short, key in _RATIOS.items()
    }


def _server(runs: Sequence[Run]) -> dict[str, Any]:
    """Return the median and the spread of each thing measured."""
    return {
        key: {"median": _middle(runs, key), "spread": [round(min(values), 3), round(max(values), 3)]}
        for key in MEASURED
        for values in ([asdict(run)[key] for run in runs],)
    } | {"events": sum(run.events for run in runs), "heard": sum(run.heard for run in runs)}


def _middle(runs: Sequence[Run], key: str) -> float:
    return round(float(statistics.median(getattr(run, key) for run in runs)), 3)


def _validity(runs: Runs) -> dict[str, Any]:
    """Say whether the servers were what was measured, and not the load."""
    busiest = max(run.load_cpu for of in runs.values() for run in of)
    found: dict[str, Any] = {"load_cpu": round(busiest, 2), "valid": busiest <= MOST_LOAD_CPU}
    if busiest > MOST_LOAD_CPU:
        found["why_invalid"] = f"the load took {busiest:.0%} of a core, more than {MOST_LOAD_CPU:.0%}"
    return found
