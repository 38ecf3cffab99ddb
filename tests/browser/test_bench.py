"""The benches of sound and picture on a small scale: that they measure at all, and that nothing stays open."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from enid.bench.calls import browsers, growth, house
from enid.bench.calls.circle import until
from enid.bench.calls.evening import Evening
from tests.integration.site.test_commands import enid

SMALL = ("--people=2", "--seconds=1", "--rounds=1", "--joins=1")
PARTS = ("--only=join", "--only=client", "--only=freezes")
ROUNDS = 2


def numbers(found: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Return every median and every ratio under its whole name."""
    for key, value in found.items():
        if isinstance(value, dict):
            yield from (
                [(f"{name}.{key}", value["median"])] if "spread" in value else numbers(value, f"{name}.{key}")
            )
        elif key.endswith(("_s", "_ratio", "_percent")):
            yield f"{name}.{key}", value


def test_media_measures_beside_a_bare_call() -> None:
    ran = enid("bench", "media", *SMALL, *PARTS, "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    for name, number in numbers({part: found[part] for part in ("join", "client", "freezes")}):
        assert number is not None or name.endswith("_ratio"), name  # nothing over nothing is no ratio
        assert number is None or number >= 0, name
    for name in ("p50_ratio", "p95_ratio"):
        assert found["join"][name] > 0
    assert found["client"]["2"]["frames_per_s"]["median"] > 0
    assert found["goals"]["join_p50_s"]["met"] is (found["join"]["p50_s"] <= 1.0)
    assert found["valid"] is ("why_invalid" not in found)
    assert found["left_out"] == ["recovery: it was not asked for", "network_change: it was not asked for"]


def test_an_evening_leaves_nothing_open(playwright: Playwright, tmp_path: Path) -> None:
    with (
        house.enid(tmp_path, 1, 4) as home,
        browsers.chromium(playwright, tmp_path) as chromium,
    ):
        evening = Evening.begin(chromium, home, 4)
        evening.go_round(0)
        before = evening.open()
        for number in range(1, 1 + ROUNDS):
            evening.go_round(number)
        until(
            evening.pages[0],
            lambda: not growth.left_open(before, evening.open()),
            "as much open as before",
        )
        for page, had in zip(evening.pages, evening.open(), strict=True):
            assert {name: had[name] for name in ("connections", "sounds", "sockets", "tracks")} == {
                "connections": 3,
                "sounds": 3,
                "sockets": 1,
                "tracks": 2,
            }, page.url


@pytest.mark.parametrize(
    ("bench", "wrong"),
    [
        ("media", "--people=1"),
        ("media", "--people=15"),
        ("media", "--seconds=0"),
        ("media", "--rounds=0"),
        ("soak", "--minutes=0"),
        ("soak", "--people=3"),
    ],
)
def test_wrong_arguments_end_with_two_before_anything_starts(bench: str, wrong: str) -> None:
    ran = enid("bench", bench, wrong)
    assert ran.returncode == 2
    assert f"usage: enid bench {bench}" in ran.stderr


@pytest.mark.parametrize("bench", ["media", "soak"])
def test_without_a_browser_the_line_to_type_is_said(bench: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "enid", "bench", bench],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stderr == "This bench needs Chromium. Type: apt-get install chromium\n"
