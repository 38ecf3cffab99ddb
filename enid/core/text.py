"""Text that people type: without control characters or marks that turn the direction of writing."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # several scripts need them to write names


def clean_line(text: str) -> str:
    """Return one line: unseen characters dropped, white space made single spaces."""
    return " ".join("".join(_seen(char) for char in text).split())


def clean_text(text: str) -> str:
    """Return several lines cleaned in the same way; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(_seen(char) for char in line).rstrip() for line in lines).strip("\n")


def _seen(char: str) -> str:
    if char in "\t\n\r\v\f\u2028\u2029":
        return " "
    return "" if unicodedata.category(char) in _UNSEEN and char not in _JOINERS else char
