"""A table of people to invite: its columns by their English or German names, every row judged. Pure.

A cell is text and nothing else: what begins like a formula is refused, so that it is one in no later table either.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enid.core.text import clean_line, shows_something
from enid.groups.csv_text import Unreadable, to_text

MOST_ROWS = 60
LONGEST_NAME, LONGEST_ADDRESS = 60, 254
_FORMULA = ("=", "+", "-", "@")
_HEADS: Mapping[str, str] = {
    **dict.fromkeys(["name", "full name", "display name", "member", "mitglied", "teilnehmer"], "name"),
    **dict.fromkeys(["teilnehmerin", "vollständiger name", "anzeigename"], "name"),
    **dict.fromkeys(["first name", "firstname", "given name", "vorname"], "first"),
    **dict.fromkeys(["last name", "lastname", "surname", "family name", "nachname", "familienname"], "last"),
    **dict.fromkeys(["email", "e-mail", "mail", "email address", "e-mail address"], "email"),
    **dict.fromkeys(["e-mail-adresse", "e-mailadresse", "email-adresse", "mailadresse"], "email"),
    **dict.fromkeys(["role", "rolle", "funktion"], "role"),
}
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(["", "member", "mitglied"], "member"),
    **dict.fromkeys(["leader", "leitung", "leiter", "leiterin"], "leader"),
    **dict.fromkeys(["trainee", "trainee leader", "in leiterausbildung"], "trainee"),
    **dict.fromkeys(["interpreter", "dolmetscher", "dolmetscherin"], "interpreter"),
    **dict.fromkeys(["coordinator", "koordination", "koordinator", "koordinatorin"], "coordinator"),
}


@dataclass(frozen=True)
class Row:
    """Somebody to invite, and the line of the file where they stand."""

    line: int
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Bad:
    """A line that cannot be taken; `code` says why."""

    line: int
    code: str


@dataclass(frozen=True)
class Table:
    """Everything that was read; it can be taken only if nothing in it is bad."""

    rows: tuple[Row, ...]
    bad: tuple[Bad, ...]
    ignored: tuple[str, ...]  # heads of columns that are not for Enid, and were not read


def read(data: bytes, *, is_address: Callable[[str], bool]) -> Table:
    """Return the people of a table.

    raises: Unreadable with the codes of csv_text, and not_a_table, no_head, two_heads, no_rows, too_many_rows
    """
    text, mark = _without_mark(to_text(data))
    lines = _lines(text, mark or _delimiter(text))
    if not lines:
        raise Unreadable("no_head")
    heads = _heads(lines[0][1])
    rows = [(line, cells) for line, cells in lines[1:] if any(cell.strip() for cell in cells)]
    if not rows:
        raise Unreadable("no_rows")
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_many_rows")
    judged = list(_judged(rows, heads, is_address))
    return Table(
        tuple(each for each in judged if isinstance(each, Row)),
        tuple(each for each in judged if isinstance(each, Bad)),
        tuple(clean_line(head)[:LONGEST_NAME] for head in lines[0][1] if head.strip() and not _known(head)),
    )


def _without_mark(text: str) -> tuple[str, str]:
    """Return the text and the delimiter that Excel names in a first line of its own, if it does."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5:
        return "\n" + rest, said[4]  # an empty line in its place keeps the numbers of the others
    if said == "sep=":  # a tab, which the stripping took
        return "\n" + rest, "\t"
    return text, ""


def _delimiter(text: str) -> str:
    """Return what stands between the heads; a table of one column has a comma as well as anything."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return each row with the line on which it begins, the heads first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, begins = [], 1
    try:
        for cells in reader:
            if cells:
                lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable("not_a_table") from None
    return lines


def _known(head: str) -> str:
    return _HEADS.get(clean_line(head).casefold().rstrip(":*"), "")


def _heads(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what; "Name" beside a first name is the last name, as German tables have it."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if head := _known(cell):
            if head in found:
                raise Unreadable("two_heads")
            found[head] = place
    if "first" in found and "name" in found and "last" not in found:
        found["last"] = found.pop("name")
    if "email" not in found or not found.keys() & {"name", "first", "last"}:
        raise Unreadable("no_head")
    return found


def _judged(
    rows: Sequence[tuple[int, list[str]]], heads: Mapping[str, int], is_address: Callable[[str], bool]
) -> Iterator[Row | Bad]:
    seen: set[str] = set()
    for line, cells in rows:
        each = _row(line, cells, heads, is_address)
        if isinstance(each, Row) and each.email.lower() in seen:
            each = Bad(line, "twice")
        if isinstance(each, Row):
            seen.add(each.email.lower())
        yield each


def _row(
    line: int, cells: Sequence[str], heads: Mapping[str, int], is_address: Callable[[str], bool]
) -> Row | Bad:
    def cell(head: str) -> str:
        place = heads.get(head, len(cells))
        return clean_line(cells[place]) if place < len(cells) else ""

    name = cell("name") or clean_line(f"{cell('first')} {cell('last')}")
    email, role = cell("email"), _ROLES.get(cell("role").casefold(), "")
    problem = _problem(name, email, role, is_address)
    return Bad(line, problem) if problem else Row(line, name, email, role)


def _problem(name: str, email: str, role: str, is_address: Callable[[str], bool]) -> str:
    """Return the code of the first thing that is wrong, or nothing."""
    if not shows_something(name):
        return "no_name"
    if name.startswith(_FORMULA) or email.startswith(_FORMULA):
        return "formula"
    if len(name) > LONGEST_NAME:
        return "long_name"
    if not email:
        return "no_address"
    if len(email) > LONGEST_ADDRESS or not is_address(email):
        return "bad_address"
    return "" if role else "unknown_role"
