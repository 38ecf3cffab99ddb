import pytest

from enid.core.text import clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna   B. ", "Anna B."),
        ("An\x00na\x07", "Anna"),
        ("\u202eanna\u202c", "anna"),
        ("one\ntwo\tthree", "one two three"),
        ("Zoë Ångström", "Zoë Ångström"),
        ("می‌خواهم", "می‌خواهم"),
        ("\u200b\ufeff", ""),
    ],
)
def test_line_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_text_keeps_its_lines() -> None:
    assert clean_text("first  \r\n\r\nsecond\x00\u202e\rthird\n\n") == "first\n\nsecond\nthird"
