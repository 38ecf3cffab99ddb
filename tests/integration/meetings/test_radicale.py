"""A calendar server keeps our files and hands out the same meetings."""

import base64
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from enid.bench import readers
from enid.meetings.calendar.ics import Repeated, Single, Words, calendar_file
from enid.meetings.calendar.occurrences import Plan
from tests.integration.site.test_commands import clean_environment, free_port, until

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LENGTH, WEEK = timedelta(minutes=75), timedelta(weeks=1)
ANYBODY = "Basic " + base64.b64encode(b"anna:").decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Radicale on this machine alone, with a folder of its own."""
    folder, port = tmp_path_factory.mktemp("radicale"), free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", *_options(folder, port)],
        env=clean_environment(),
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(address), "Radicale")
        yield address
    finally:
        process.terminate()
        process.wait()


def _options(folder: Path, port: int) -> list[str]:
    return [
        f"--server-hosts=127.0.0.1:{port}",
        "--auth-type=none",
        "--rights-type=owner_only",
        f"--storage-filesystem-folder={folder}",
        "--logging-level=warning",
    ]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/.web/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


def kept_and_handed_out(server: str, file: bytes, name: str) -> bytes:
    """Put a file on the server and return what it hands out to others."""
    address = f"{server}/anna/{name}/"
    headers = {"Authorization": ANYBODY, "Content-Type": "text/calendar; charset=utf-8"}
    put = urllib.request.Request(address, data=file, method="PUT", headers=headers)
    with urllib.request.urlopen(put, timeout=60) as answer:
        assert answer.status == 201
    asked = urllib.request.Request(address, headers={"Authorization": ANYBODY})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Vancouver",
        "Africa/Cairo",
        "America/Santiago",
    ],
)
def test_calendar_server_returns_the_same_meetings(server: str, zone: str) -> None:
    day = date(2027, 1, 5)
    words = Words("Balint group", "", "Room “South”", "https://enid.example.org/")
    plan = Plan(
        day, time(18, 30), zone, "FREQ=WEEKLY;INTERVAL=1", day + 25 * WEEK, frozenset({day + 3 * WEEK})
    )
    moved = Single("", words, plan.at(day + WEEK) + timedelta(hours=25), LENGTH, NOW, 1)
    entry = Repeated(
        "series-1@enid",
        words,
        plan,
        LENGTH,
        NOW,
        cancelled=frozenset({day + 2 * WEEK}),
        moved={day + WEEK: moved},
    )
    meant = sorted(entry.moved[each].at if each in entry.moved else plan.at(each) for each in entry.dates())
    file = calendar_file("Balint group", [entry], season_end=plan.at(plan.last) + WEEK)
    back = kept_and_handed_out(server, file, zone.replace("/", "-"))
    assert len(meant) == 24
    with readers.ical_js() as ical_js:
        assert ical_js(back) == meant
    assert readers.recurring_ical_events(back) == meant
