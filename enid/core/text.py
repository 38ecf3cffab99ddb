"""Text that people type: without control characters, marks that turn the direction of writing, or signs that show
nothing.
"""

import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# By their category letters, signs and marks, and yet nothing is drawn: fillers of Hangul, an empty Braille cell,
# inherent vowels of Khmer, the joiner of graphemes.
_EMPTY = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = "\u200c\u200d"  # several scripts need them between letters to write names, and so do emoji
_SHAPES = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # which form of the sign before: emoji, Japanese names
# Joiners and shapes at the edge of a word, after one another, or with nothing to join, hide in a name. Each run is
# taken whole: a form full of them must not cost more than its length.
_LOOSE = re.compile(
    rf"(?:(?<=\s)|^)[{_JOINERS}{_SHAPES}]+"
    rf"|(?<=[{_JOINERS}])[{_JOINERS}{_SHAPES}]+"
    rf"|(?<=[{_SHAPES}])[{_SHAPES}]+"
    rf"|[{_JOINERS}][{_JOINERS}{_SHAPES}]*(?=\s|$)"
)


def clean_line(text: str) -> str:
    """Return one line: unseen characters dropped, white space made single spaces."""
    return " ".join(_seen(text).split())


def clean_text(text: str) -> str:
    """Return several lines cleaned in the same way; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_seen(line).rstrip() for line in lines).strip("\n")


def shows_something(text: str) -> bool:
    """Tell whether a reader sees a sign; marks that sit on letters are none by themselves."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _EMPTY for char in text)


def _seen(text: str) -> str:
    return _LOOSE.sub("", "".join(_kept(char) for char in text))


def _kept(char: str) -> str:
    if char in "\t\n\r\v\f\u2028\u2029":
        return " "
    hidden = char in _EMPTY or (unicodedata.category(char) in _UNSEEN and char not in _JOINERS)
    return "" if hidden else char
