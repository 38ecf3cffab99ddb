"""From measurements of calls to figures: medians, spreads, Enid over the bare call, and goals beside what was seen. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

GOALS = {"p50_s": 1.0, "p95_s": 2.0}
"""From the press on "enter" to the first picture and sound of another person."""

Measured = Sequence[Mapping[str, float | None]]


def middles(measured: Measured) -> dict[str, Any]:
    """Return median and spread of each thing measured; nothing where a round has nothing to show."""
    names = measured[0] if measured else ()
    return {name: middle([one[name] for one in measured]) for name in names}


def middle(values: Sequence[float | None]) -> dict[str, Any]:
    """Return median and spread; a measure that did not come to an end in some round says in how many."""
    known = [value for value in values if value is not None]
    found: dict[str, Any] = {"median": None, "spread": None}
    if known:
        found = {
            "median": round(statistics.median(known), 3),
            "spread": [round(min(known), 3), round(max(known), 3)],
        }
    return found if len(known) == len(values) else {**found, "without": len(values) - len(known)}


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that so many of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def join(enid: Measured, bare: Measured) -> dict[str, Any]:
    """Return how long joining takes in both, and Enid over the bare call."""
    ours, theirs = _joined(enid), _joined(bare)
    ratios = {f"{name}_ratio": round(ours[f"{name}_s"] / theirs[f"{name}_s"], 2) for name in ("p50", "p95")}
    return {**ours, **ratios, "joins": len(enid), "bare": theirs}


def _joined(measured: Measured) -> dict[str, Any]:
    seconds = [float(one["join_s"] or 0) for one in measured]
    found = {"p50_s": round(percentile(seconds, 0.5), 3), "p95_s": round(percentile(seconds, 0.95), 3)}
    came, lost = (sum(one[name] or 0 for one in measured) for name in ("came", "lost"))
    seen = {
        name: middle([one[name] for one in measured]) for name in measured[0] if name not in ("came", "lost")
    }
    return {**found, **seen, "loss_measured_percent": round(100 * lost / (came + lost), 2) if came else None}


def client(enid: Mapping[int, Measured], bare: Measured) -> dict[str, Any]:
    """Return what a circle of each size costs one browser; by other person, over what the bare call costs."""
    plain = middles(bare)
    return {
        **{
            str(people): _by_person(middles(measured), plain, people - 1) for people, measured in enid.items()
        },
        "bare": plain,
    }


def _by_person(found: dict[str, Any], bare: dict[str, Any], others: int) -> dict[str, Any]:
    shares = {"cpu": "cpu_percent", "up": "up_kbit_s", "down": "down_kbit_s"}
    ratios = {
        f"{short}_by_person_ratio": ratio(found[name]["median"] / others, bare[name]["median"])
        for short, name in shares.items()
    }
    return {**found, **ratios}


def beside(enid: Measured, bare: Measured) -> dict[str, Any]:
    """Return what was measured in Enid's room and in the bare call, and the one over the other."""
    ours, theirs = middles(enid), middles(bare)
    ratios = {
        f"{_short(name)}_ratio": ratio(ours[name]["median"], theirs[name]["median"])
        for name in ours
        if name in theirs
    }
    return {**ours, **ratios, "bare": theirs}


def _short(name: str) -> str:
    for unit in ("_kbit_s", "_per_s", "_percent", "_ms", "_s"):
        if name.endswith(unit):
            return name.removesuffix(unit)
    return name


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """Return the one over the other; nothing where either did not come, or there is nothing to compare with."""
    return None if ours is None or not theirs else round(ours / theirs, 2)


def goals(joined: Mapping[str, Any]) -> dict[str, Any]:
    """Return each goal, what was seen, and whether it was met."""
    return {
        f"join_{name}": {"goal": goal, "seen": joined[name], "met": joined[name] <= goal}
        for name, goal in GOALS.items()
    }
