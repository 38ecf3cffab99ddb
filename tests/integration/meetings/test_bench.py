"""`enid bench calendar` on a small scale: pages, mail and files agree on every meeting, and a wrong one is counted."""

import json
from datetime import UTC, datetime, timedelta

from enid.bench import calendar
from tests.integration.site.test_commands import enid


def test_pages_mail_and_files_agree_on_every_meeting() -> None:
    ran = enid("bench", "calendar", "--series=30", "--json")
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["series"], found["zones"], found["differences"]) == (30, 60, 0)
    assert found["occurrences"] > 300
    assert found["in_files"] == {"recurring-ical-events": 0, "ical.js": 0}


def test_meeting_that_is_an_hour_off_missing_or_too_many_is_counted() -> None:
    at = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    assert calendar._apart([at], [at]) == 0
    assert calendar._apart([at + timedelta(hours=1)], [at]) == 1
    assert calendar._apart([], [at]) == 1
    assert calendar._apart([at, at], [at]) == 1
