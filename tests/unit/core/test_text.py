import pytest

from enid.core.text import clean_line, clean_text, shows_something


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
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("An\u200d\u200c\u200dna", "An\u200dna"),
        ("\u200cAnna\u200d \u200dB\u200d", "Anna B"),
        ("\u3164Ho\u115f\u1160\uffa0Jin\u2800", "HoJin"),
        ("An\u034fna", "Anna"),
    ],
)
def test_line_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_text_keeps_its_lines() -> None:
    assert clean_text("first  \r\n\r\nsecond\x00\u202e\rthird\n\n") == "first\n\nsecond\nthird"


@pytest.mark.parametrize("name", ["Anna", "李", "7", "…", "👩\u200d⚕\ufe0f", "नेहा"])
def test_sign_that_is_drawn_shows_something(name: str) -> None:
    assert shows_something(clean_line(name))


@pytest.mark.parametrize(
    "name", ["", "\u200d", "\u3164", "\u115f\u1160", "\u2800\u2800", "\u0301\u0308", "\ufe0f", "\u00ad"]
)
def test_fillers_joiners_and_marks_alone_show_nothing(name: str) -> None:
    assert not shows_something(clean_line(name))


def test_a_form_full_of_joiners_is_read_to_its_end() -> None:
    assert clean_line("a" + "\u200d" * 300_000 + "b") == "a\u200db"
