"""docs/laws.md names tests and lines that exist."""

import pytest

from tools import try_laws


@pytest.mark.parametrize("row", try_laws.rows(), ids=lambda row: row[2])
def test_row_names_a_test_and_a_line_that_exist(row: tuple[str, str, str, str, str]) -> None:
    _, test, file, line, _ = row
    path, _, name = test.partition("::")
    assert line in (try_laws.ROOT / file).read_text()
    assert (try_laws.ROOT / path).exists()
    assert not name or f"def {name}" in (try_laws.ROOT / path).read_text()


def test_every_law_has_a_row() -> None:
    assert {row[0][0] for row in try_laws.rows()} == set("1234567")
