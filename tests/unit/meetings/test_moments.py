"""Times as people read them: in their own zone, with the group's beside it where the clocks differ."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from enid.meetings import moments

AT = datetime(2026, 11, 4, 1, 30, tzinfo=UTC)
VANCOUVER, LONDON, SYDNEY = "America/Vancouver", "Europe/London", "Australia/Sydney"


def said(reader: str, theirs: str, language: str = "en", at: datetime = AT) -> str:
    with translation.override(language):
        return moments.whole(at, ZoneInfo(reader), theirs)


def test_reader_in_the_groups_zone_reads_one_time() -> None:
    assert said(VANCOUVER, VANCOUVER) == "Tuesday 3 November 2026, 18:30"


def test_reader_elsewhere_reads_both_and_the_day_where_it_differs() -> None:
    assert said(LONDON, VANCOUVER) == (
        "Wednesday 4 November 2026, 01:30 in Europe/London (Tuesday 18:30 in America/Vancouver)"
    )
    assert said(LONDON, SYDNEY) == (
        "Wednesday 4 November 2026, 01:30 in Europe/London (12:30 in Australia/Sydney)"
    )


def test_german_reader_reads_german() -> None:
    assert said("Europe/Vienna", VANCOUVER, "de") == (
        "Mittwoch, 4. November 2026, 02:30 in Europe/Vienna (Dienstag 18:30 in America/Vancouver)"
    )


@pytest.mark.parametrize("theirs", ["Europe/Berlin", "Africa/Lagos", "Atlantis/Capital", ""])
def test_zone_with_the_same_clock_or_none_is_not_named(theirs: str) -> None:
    assert said("Europe/Vienna", theirs) == "Wednesday 4 November 2026, 02:30"


def test_summer_and_winter_are_told_apart() -> None:
    summer = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    assert said("Europe/London", "Africa/Lagos", at=summer) == "Wednesday 1 July 2026, 18:30"
    assert said("Europe/London", "Africa/Lagos").endswith("(02:30 in Africa/Lagos)")
