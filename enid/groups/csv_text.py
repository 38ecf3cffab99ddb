"""Bytes of a table, as spreadsheets write them, to text. Pure; nothing is guessed that could turn out wrong unseen.

What comes out marked wrong is refused with a code: is_workbook, unreadable, empty, too_big.
"""

import codecs

MOST_BYTES = 256 * 1024
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zips; .xls is the older kind
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # nothing writes it; its beginning looks like UTF-16
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Unreadable(Exception):
    """The table cannot be read at all; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_text(data: bytes) -> str:
    """Return the text of a table in UTF-8, UTF-16 or Windows-1252, with or without its mark.

    raises: Unreadable
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    if data.startswith(_WORKBOOKS):
        raise Unreadable("is_workbook")
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("unreadable")
    if not text.strip():
        raise Unreadable("empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    if wide := _unmarked_utf16(data):
        return _strictly(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _unmarked_utf16(data: bytes) -> str:
    """Return which UTF-16 this is by where its noughts lie: the first line of a table is mostly of Latin letters."""
    start = data[:64]
    if len(data) % 2 or len(start) < 4 or 0 not in start:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) // 4 and not odd else ""


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name) if name else ""
    except UnicodeDecodeError:
        raise Unreadable("unreadable") from None
