"""Local times of a group: hours that are missing, and hours that come twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from enid.meetings.local import NoSuchTime, instant

VIENNA = ZoneInfo("Europe/Vienna")


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_plain_evening_is_one_moment() -> None:
    found = instant(_local("2026-12-01 18:30"), VIENNA)
    assert (found.at, found.twice) == (datetime(2026, 12, 1, 17, 30, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("Europe/Vienna", _local("2027-03-28 02:30")),
        ("America/New_York", _local("2027-03-14 02:00")),
        ("Australia/Lord_Howe", _local("2026-10-04 02:15")),
        ("Pacific/Apia", _local("2011-12-30 12:00")),
    ],
)
def test_hour_that_the_clocks_skip_does_not_exist(zone: str, local: datetime) -> None:
    with pytest.raises(NoSuchTime):
        instant(local, ZoneInfo(zone))


def test_hour_that_comes_twice_is_the_first_one() -> None:
    found = instant(_local("2026-10-25 02:30"), VIENNA)
    assert (found.at, found.twice) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)


def test_edge_of_a_gap_exists() -> None:
    assert instant(_local("2027-03-28 03:00"), VIENNA).at == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert not instant(_local("2027-03-28 01:59"), VIENNA).twice
