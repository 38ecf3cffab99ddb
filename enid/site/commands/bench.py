"""Measure, beside a baseline in the same run."""

import importlib

from enid.site.commands import BAD_INPUT, Stopped

BENCHES = ("rooms", "media", "soak", "calendar", "groups")


def main(argv: list[str]) -> int:
    """Run one bench."""
    if not argv or argv[0] not in BENCHES:
        raise Stopped(
            f"Name what to measure: {', '.join(BENCHES)}. For example: enid bench rooms --rooms 500 --people 12",
            BAD_INPUT,
        )
    return int(importlib.import_module(f"enid.bench.{argv[0]}").main(argv[1:]))
