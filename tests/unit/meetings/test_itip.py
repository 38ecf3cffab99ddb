"""Calendar entries that travel by mail, one golden file a case.

Run with GOLDEN=write to write them anew, and read the difference before you keep it.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from enid.meetings.calendar import itip
from enid.meetings.calendar.ics import Repeated, Single, Words
from enid.meetings.calendar.occurrences import Plan
from tests.unit.meetings.calendars import begins

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
LENGTH = timedelta(minutes=75)
WORDS = Words("Balint group", "every second week on Tuesday", "Room 3", "https://enid.example.org/groups/")
PARTIES = itip.Parties("enid@example.org", "Enid", "anna@example.org")
PLAN = Plan(date(2026, 12, 1), time(18, 30), "Europe/Vienna", "FREQ=WEEKLY;INTERVAL=2", date(2027, 4, 6))
SERIES = Repeated("series-1-anna@enid.example.org", WORDS, PLAN, LENGTH, NOW)
AGAIN = replace(SERIES, sequence=1, changed_at=LATER)
MOVED_ON = date(2026, 12, 15)
MOVED = Single("", WORDS, datetime(2026, 12, 16, 17, 0, tzinfo=UTC), LENGTH, LATER, 1)
ONE = Single("meeting-1-anna@enid.example.org", WORDS, datetime(2026, 12, 1, 8, 30, tzinfo=UTC), LENGTH, NOW)
CUT = replace(PLAN, last=date(2026, 12, 29))
ONWARDS = replace(PLAN, first=date(2027, 1, 14), hour=time(19, 0), last=date(2027, 4, 8))

CASES = {
    "series": itip.request(SERIES, PARTIES, at=NOW),
    "series_changed": itip.request(replace(AGAIN, plan=replace(PLAN, hour=time(19, 0))), PARTIES, at=LATER),
    "days_left_out": itip.request(
        replace(AGAIN, plan=replace(PLAN, skipped=frozenset({date(2026, 12, 29)}))), PARTIES, at=LATER
    ),
    "date_moved": itip.request_date(replace(AGAIN, moved={MOVED_ON: MOVED}), MOVED_ON, PARTIES, at=LATER),
    "date_back_in_step": itip.request_date(replace(AGAIN, sequence=2), MOVED_ON, PARTIES, at=LATER),
    "date_cancelled": itip.cancel_date(AGAIN, MOVED_ON, PARTIES, at=LATER),
    "moved_date_cancelled": itip.cancel_date(
        replace(AGAIN, sequence=2, moved={MOVED_ON: MOVED}), MOVED_ON, PARTIES, at=LATER
    ),
    "following_changed_the_old": itip.request(replace(AGAIN, plan=CUT), PARTIES, at=LATER),
    "following_changed_the_new": itip.request(
        replace(SERIES, uid="series-2-anna@enid.example.org", plan=ONWARDS), PARTIES, at=LATER
    ),
    "series_cancelled": itip.cancel(AGAIN, PARTIES, at=LATER),
    "one_meeting": itip.request(ONE, PARTIES, at=NOW),
    "one_meeting_moved": itip.request(
        replace(ONE, at=ONE.at + timedelta(days=1), sequence=1, changed_at=LATER), PARTIES, at=LATER
    ),
    "one_meeting_cancelled": itip.cancel(replace(ONE, sequence=1), PARTIES, at=LATER),
    "zone_without_daylight": itip.request(
        replace(SERIES, plan=replace(PLAN, zone="Asia/Kolkata")), PARTIES, at=NOW
    ),
    "last_thursday_in_new_york": itip.request(
        replace(
            SERIES,
            plan=Plan(
                date(2026, 11, 26), time(12), "America/New_York", "FREQ=MONTHLY;BYDAY=-1TH", date(2027, 6, 24)
            ),
        ),
        PARTIES,
        at=NOW,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_entry_is_the_golden_one_byte_for_byte(case: str) -> None:
    file = GOLDEN / f"{case}.ics"
    if os.environ.get("GOLDEN") == "write":
        file.write_bytes(CASES[case])
    assert CASES[case] == file.read_bytes()


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {file.stem for file in GOLDEN.glob("*.ics")} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_entry_names_its_reader_and_nobody_else(case: str) -> None:
    (event,) = Calendar.from_ical(CASES[case]).walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:anna@example.org"
    assert str(event["ORGANIZER"]) == "mailto:enid@example.org"
    assert CASES[case].count(b"mailto:") == 2


@pytest.mark.parametrize("case", CASES)
def test_lines_end_and_fold_as_the_standard_asks(case: str) -> None:
    assert CASES[case].count(b"\n") == CASES[case].count(b"\r\n")
    assert b"\r\r" not in CASES[case]
    assert max(len(line) for line in CASES[case].split(b"\r\n")) <= 75


def test_another_program_reads_the_dates_that_are_meant() -> None:
    assert begins(CASES["series"]) == [PLAN.at(day) for day in PLAN.dates()]
    left = [day for day in PLAN.dates() if day != date(2026, 12, 29)]
    assert begins(CASES["days_left_out"]) == [PLAN.at(day) for day in left]
    cut = begins(CASES["following_changed_the_old"])
    assert [*cut, *begins(CASES["following_changed_the_new"])] == [
        *(PLAN.at(day) for day in CUT.dates()),
        *(ONWARDS.at(day) for day in ONWARDS.dates()),
    ]


def test_moved_date_is_named_by_its_old_begin_in_the_zone_of_the_series() -> None:
    (event,) = Calendar.from_ical(CASES["date_moved"]).walk("VEVENT")
    assert b"RECURRENCE-ID;TZID=Europe/Vienna:20261215T183000" in CASES["date_moved"]
    assert event["DTSTART"].dt.astimezone(UTC) == MOVED.at
    assert event["SEQUENCE"] == 1


def test_nothing_in_an_entry_speaks_of_patients() -> None:
    for file in CASES.values():
        assert b"SUMMARY:Balint group\r\n" in file
