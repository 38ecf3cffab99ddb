"""Days without a meeting, as people write them."""

import pytest

from enid.meetings.calendar.days import BadDay, TooManyDays, read


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        (" \n,;\n", []),
        ("2026-12-24", ["2026-12-24"]),
        ("24.12.2026", ["2026-12-24"]),
        ("24. 12. 2026, 2027-01-06; 2027-01-06", ["2026-12-24", "2027-01-06"]),
        ("2026-12-30 - 2027-01-01", ["2026-12-30", "2026-12-31", "2027-01-01"]),
        ("30.12.2026 bis 31.12.2026\n2027-02-01", ["2026-12-30", "2026-12-31", "2027-02-01"]),
        ("2026-12-30–2026-12-31", ["2026-12-30", "2026-12-31"]),
    ],
)
def test_days_are_read_one_by_one_and_as_spans(text: str, days: list[str]) -> None:
    assert sorted(day.isoformat() for day in read(text)) == days


@pytest.mark.parametrize(
    "text", ["Christmas", "2027-02-30", "0000-01-01", "2026-12-31 - 2026-12-30", "12/24/2026", "٢٠٢٦-١٢-٢٤"]
)
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(BadDay) as told:
        read(f"2026-12-24\n{text}")
    assert told.value.args == (text,)


@pytest.mark.parametrize(
    "text", ["0001-01-01 - 9999-12-31", "2026-01-01 - 2026-12-31\n2027-01-01 - 2027-12-31"]
)
def test_endless_span_is_refused(text: str) -> None:
    with pytest.raises(TooManyDays):
        read(text)
