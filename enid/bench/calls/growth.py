"""How memory goes over time, and what stays open. Of pages, those that are never loaded anew are weighed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import psutil

from enid.bench.calls.browsers import Chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

ALLOWED = {"browser": 1.2, "heap": 1.25, "server": 1.15}
"""Last quarter over first quarter. An hour may cost a browser of 600 MB 120 MB at most, a server of 80 MB 12 MB."""

Sample = dict[str, float]


class Scales:
    """Weighs a Chromium, the heap of some of its pages, and a server; in MB."""

    def __init__(self, chromium: Chromium, server: int, pages: Sequence[Page]) -> None:
        self._chromium = chromium
        self._server = psutil.Process(server)
        self._devtools = [page.context.new_cdp_session(page) for page in pages]
        for devtools in self._devtools:
            devtools.send("Performance.enable")
            devtools.send("HeapProfiler.enable")

    def read(self) -> Sample:
        """Return what is held now, after the pages have tidied up."""
        return {
            "at_s": time.monotonic(),
            "heap": sum(self._heap(devtools) for devtools in self._devtools),
            "browser": self._chromium.memory_mb(),
            "server": self._server.memory_full_info().uss / 1e6,
        }

    def _heap(self, devtools: Any) -> float:
        devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")) / 1e6


def figures(
    samples: Sequence[Sample], before: Sequence[Mapping[str, int]], after: Sequence[Mapping[str, int]]
) -> dict[str, Any]:
    """Return how each memory went, what stayed open, and whether that is flat."""
    memory = {name: _went(samples, name) for name in ALLOWED}
    left = left_open(before, after)
    grew = any(of["ratio"] > of["allowed_ratio"] for of in memory.values())
    return {"memory": memory, "left_open": left, "flat": not grew and not left}


def _went(samples: Sequence[Sample], name: str) -> dict[str, float]:
    values = [sample[name] for sample in samples]
    quarter = max(1, len(values) // 4)
    first, last = statistics.median(values[:quarter]), statistics.median(values[-quarter:])
    return {
        "first_quarter_mb": round(first, 2),
        "last_quarter_mb": round(last, 2),
        "ratio": round(last / first, 3),
        "allowed_ratio": ALLOWED[name],
        "mb_per_hour": round(slope([sample["at_s"] for sample in samples], values) * 3600, 2),
    }


def slope(at: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the straight line that lies nearest; flat where there are fewer than two times."""
    if len(set(at)) < 2:
        return 0.0
    return statistics.linear_regression(at, values).slope


def left_open(before: Sequence[Mapping[str, int]], after: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return of what more is open than before, over all pages; `timeouts` come and go."""
    names = [name for name in (before[0] if before else ()) if name != "timeouts"]
    more = {name: sum(page[name] for page in after) - sum(page[name] for page in before) for name in names}
    return {name: count for name, count in more.items() if count > 0}
