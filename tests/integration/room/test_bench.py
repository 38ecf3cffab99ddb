"""`enid bench rooms` on a small scale: that it measures at all, never how fast."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.integration.site.test_commands import enid

ROOMS, PEOPLE = 3, 4
SMALL = (f"--rooms={ROOMS}", f"--people={PEOPLE}", "--rounds=1", "--seconds=0.5", "--rate=50", "--many=0")

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="needs two cores"
)


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Return what a small run found."""
    ran = enid("bench", "rooms", *SMALL, "--json")
    assert ran.returncode == 0, ran.stderr
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


@pytest.mark.parametrize("server", ["enid", "bare"])
def test_every_event_reaches_everyone(found: dict[str, Any], server: str) -> None:
    measured = found["servers"][server]
    assert measured["events"] > 0
    assert measured["heard"] == measured["events"] * PEOPLE


def test_goals_stand_beside_the_figures(found: dict[str, Any]) -> None:
    for name in ("cpu_ratio_bare", "p99_ratio_bare", "memory_kb_per_socket"):
        assert found["goals"][name]["seen"] == found[name]
        assert found["goals"][name]["met"] is (found[name] <= found["goals"][name]["goal"])


def test_every_ratio_has_its_spread(found: dict[str, Any]) -> None:
    for name in ("cpu_ratio_bare", "p50_ratio_bare", "p99_ratio_bare", "events_ratio_bare"):
        low, high = found["spread"][name]
        assert low <= found[name] <= high
    assert found["connect_s"] > 0


def test_a_busy_load_makes_the_run_invalid(found: dict[str, Any]) -> None:
    assert found["valid"] is (found["load_cpu"] <= 0.8)
    assert ("why_invalid" in found) is not found["valid"]


@pytest.mark.parametrize(
    "wrong", ["--rooms=0", "--people=25", "--seconds=0", "--rate=-1", "--many=5", "--fast"]
)
def test_wrong_arguments_end_with_two_before_anything_starts(wrong: str) -> None:
    ran = enid("bench", "rooms", wrong)
    assert ran.returncode == 2
    assert "usage: enid bench rooms" in ran.stderr


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})", "two cores"),
        ("resource.setrlimit(resource.RLIMIT_NOFILE, (500, 500))", "ulimit -n 12200"),
    ],
)
def test_a_machine_that_is_too_small_ends_with_three(limit: str, said: str) -> None:
    program = f"import os, resource, sys; {limit}; from enid.site.commands import run; sys.exit(run(['bench', 'rooms']))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    assert said in ran.stderr
