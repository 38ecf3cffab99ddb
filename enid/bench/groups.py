"""`enid bench groups`: how long the main pages take beside years of meetings, and beside a tenth of all that.

Each size lives in a database of its own and in a process of its own, in the same run; only the ratio of the two travels
from one machine to another. Lines of the record are made for two years, since older ones are swept away.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time as clock
from pathlib import Path
from typing import Any

from enid.site.commands import DONE, NO, Stopped, parser

TENTH = 10
MOST_GROWTH = 1.5
BUDGET_MS = 150.0


def main(argv: list[str]) -> int:
    """Measure both sizes and print; the answer is no where a page grows with the database."""
    given = _given(argv)
    if given.inside:
        print(json.dumps(measured(given.groups, given.people, given.years, given.rounds, given.seed)))
        return DONE
    tenth = _apart(given, given.groups // TENTH, given.people // TENTH)
    whole = _apart(given, given.groups, given.people)
    figures = compared(tenth, whole)
    print(json.dumps(figures) if given.json else text(figures))
    return DONE if figures["constant"] else NO


def _given(argv: list[str]) -> argparse.Namespace:
    arguments = parser("bench")
    arguments.prog = "enid bench groups"
    for name, usual in (("groups", 2000), ("people", 20_000), ("years", 10), ("rounds", 40), ("seed", 1)):
        arguments.add_argument(f"--{name}", type=int, default=usual)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args(argv)
    least = 1 if given.inside else TENTH
    if given.groups < least or given.people < given.groups * 3 or min(given.years, given.rounds) < 1:
        arguments.error(
            "groups must be ten or more, people three times as many, years and rounds one or more"
        )
    return given


def _apart(given: argparse.Namespace, groups: int, people: int) -> dict[str, Any]:
    """Measure one size in a process and a database of its own, which go afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "enid", "bench", "groups", "--inside"]
        command += [f"--groups={groups}", f"--people={people}", f"--years={given.years}"]
        command += [f"--rounds={given.rounds}", f"--seed={given.seed}"]
        Path(folder, "static").mkdir()
        environment = {**os.environ, "ENID_DATA": folder, "ENID_DATABASE_URL": ""}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Stopped("One of the two sizes could not be measured; what it said stands above.", 3)
    return dict(json.loads(done.stdout))


def measured(groups: int, people: int, years: int, rounds: int, seed: int) -> dict[str, Any]:
    """Fill an empty database and open every main page as people of different groups."""
    import django

    django.setup()
    from django.core.management import call_command

    from enid.bench import society

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    began_s = clock.monotonic()
    made = society.fill(groups=groups, people=people, years=years, seed=seed)
    filled_s = clock.monotonic() - began_s
    return {"rows": made, "filled_s": round(filled_s, 1), "pages": opened(rounds, seed)}


def opened(rounds: int, seed: int) -> dict[str, Any]:
    """Open each page a number of times, each time in another group: milliseconds and queries."""
    from enid.bench import society

    society.plain_static()
    dice, found = random.Random(seed), {}
    visits = society.visits(dice, rounds)
    for name, addresses in society.pages(visits).items():
        taken = [society.visit(client, address) for client, address in [addresses[0], *addresses]]
        taken = taken[1:]  # the first one also compiles the template
        times = sorted(ms for ms, _ in taken)
        found[name] = {
            "median_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 1),
            "queries": max(queries for _, queries in taken),
        }
    return found


def compared(tenth: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Return both sizes side by side: how a page's time grew, and whether its queries did."""
    pages = {}
    for name, seen in whole["pages"].items():
        before = tenth["pages"][name]
        growth = round(seen["median_ms"] / max(before["median_ms"], 0.1), 2)
        pages[name] = {**seen, "tenth": before, "growth": growth}
    worst = max(pages.values(), key=lambda page: page["growth"])["growth"]
    return {
        "rows": whole["rows"],
        "tenth_rows": tenth["rows"],
        "filled_s": whole["filled_s"],
        "pages": pages,
        "growth": worst,
        "p95_ms": max(page["p95_ms"] for page in pages.values()),
        "constant": all(page["queries"] <= page["tenth"]["queries"] for page in pages.values()),
        "goals": {
            "growth": {"goal": MOST_GROWTH, "seen": worst, "met": worst <= MOST_GROWTH},
            "p95_ms": {"goal": BUDGET_MS, "met": all(page["p95_ms"] <= BUDGET_MS for page in pages.values())},
        },
    }


def text(figures: dict[str, Any]) -> str:
    """Return the figures for a terminal."""
    rows = ", ".join(f"{many} {name}" for name, many in figures["rows"].items())
    lines = [rows, f"{'page':22}{'median ms':>10}{'p95 ms':>9}{'a tenth':>9}{'growth':>8}{'queries':>9}"]
    for name, page in figures["pages"].items():
        before = page["tenth"]
        lines.append(
            f"{name:22}{page['median_ms']:>10}{page['p95_ms']:>9}{before['median_ms']:>9}{page['growth']:>8}"
            f"{before['queries']:>5} → {page['queries']}"
        )
    said = "as many as at a tenth" if figures["constant"] else "MORE than at a tenth"
    return "\n".join([*lines, f"Queries of each page: {said}."])
