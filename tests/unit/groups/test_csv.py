"""A table of people, as spreadsheets write it: every encoding and delimiter, every bad row by its line."""

import csv
import io
from random import Random

import pytest

from enid.groups import csv_members
from enid.groups.csv_members import Row, Table
from enid.groups.csv_text import MOST_BYTES, Unreadable

PEOPLE = [("Zoë Müller", "zoe@example.org"), ("Łucja “Lu” Žák", "lu@example.org")]


def read(text: str | bytes) -> Table:
    data = text if isinstance(text, bytes) else text.encode()
    return csv_members.read(data, is_address=lambda address: "@" in address and "." in address)


def refusal(text: str | bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(text)
    return refused.value.code


def problems(text: str) -> list[tuple[int, str]]:
    return [(bad.line, bad.code) for bad in read(text).bad]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-marked", "cp1252"]
)
def test_table_is_read_in_every_encoding_delimiter_and_ending(
    encoding: str, ending: str, delimiter: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    people = [(name.replace("Ł", "L").replace("Žák", "Zak"), email) for name, email in PEOPLE]
    writer.writerows([("Name", "E-Mail"), *(PEOPLE if "utf" in encoding else people)])
    marked = encoding == "utf-16-be-marked"
    data = out.getvalue().encode("utf-16-be" if marked else encoding)
    rows = read(b"\xfe\xff" + data if marked else data).rows
    assert [(row.name, row.email) for row in rows] == (PEOPLE if "utf" in encoding else people)


@pytest.mark.parametrize(
    "head",
    ["Name,E-Mail", "name,EMAIL", " Full name ,E-mail address", "Mitglied,E-Mail-Adresse", "Name:,mail*"],
)
def test_heads_are_known_in_english_and_german(head: str) -> None:
    assert read(f"{head}\nMei Lin,mei@example.org\n").rows == (
        Row(2, "Mei Lin", "mei@example.org", "member"),
    )


def test_first_and_last_name_make_one() -> None:
    for head in ("First name,Last name,Email", "Vorname,Nachname,E-Mail", "Vorname,Name,E-Mail"):
        assert read(f"{head}\nMei,Lin,mei@example.org").rows[0].name == "Mei Lin"


def test_roles_are_known_in_english_and_german() -> None:
    said = {"": "member", "Leiterin": "leader", "trainee": "trainee", "Dolmetscher": "interpreter"}
    said["Koordination"] = "coordinator"
    text = "name;email;rolle\n" + "\n".join(f"N{k};n{k}@x.org;{role}" for k, role in enumerate(said))
    assert [row.role for row in read(text).rows] == list(said.values())


def test_separator_that_excel_names_itself_is_taken() -> None:
    assert read("sep=;\r\nname;email\r\nMei, née Lin;mei@x.org\r\n").rows[0] == Row(
        3, "Mei, née Lin", "mei@x.org", "member"
    )
    assert read("sep=\t\nname\temail\nMei\tmei@x.org").rows[0].line == 3


def test_empty_lines_and_columns_of_a_spreadsheet_are_passed_over() -> None:
    table = read("name;email;;\n;;;\n\nMei;mei@x.org;;\n;;;\n")
    assert table == Table((Row(4, "Mei", "mei@x.org", "member"),), (), ())


def test_columns_that_are_not_for_enid_are_named_and_not_read() -> None:
    table = read("name,email,Notes,Diagnosis\nMei,mei@x.org,shy,none\n")
    assert table.ignored == ("Notes", "Diagnosis")
    assert "shy" not in repr(table)


def test_every_bad_row_is_told_with_its_line() -> None:
    text = (
        'name,email,role\n"",a@x.org,\nMei,,\nMei,nowhere,\n=1+1,b@x.org,\n@SUM(A1),c@x.org,\nMei,+49@x.org,\n'
        "Li,d@x.org,chief\nLi,e@x.org,\nLo,E@x.org,\n" + "x" * 61 + ",f@x.org,\n"
    )
    assert problems(text) == [
        (2, "no_name"),
        (3, "no_address"),
        (4, "bad_address"),
        (5, "formula"),
        (6, "formula"),
        (7, "formula"),
        (8, "unknown_role"),
        (10, "twice"),
        (11, "long_name"),
    ]


def test_line_of_a_row_after_a_cell_of_two_lines_is_right() -> None:
    assert problems('name,email\n"Mei\nLin",mei@x.org\n,b@x.org\n') == [(4, "no_name")]


def test_names_are_cleaned_of_what_nobody_sees() -> None:
    assert read("name,email\n\u202eMei\u200b  Lin\u0007,mei@x.org\n").rows[0].name == "Mei Lin"


def test_short_row_lacks_what_it_lacks() -> None:
    assert problems("name,email\nMei\n") == [(2, "no_address")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"PK\x03\x04 a workbook", "is_workbook"),
        (b"\xd0\xcf\x11\xe0 an old one", "is_workbook"),
        (b"name,email\nM\x81,mei@x.org\n", "unreadable"),
        (b"\xef\xbb\xbfname,email\nM\xfc,mei@x.org\n", "unreadable"),
        (b"\xff\xfen\x00a\x00m", "unreadable"),
        (b"name,email\nM\x00ei,mei@x.org\n", "unreadable"),
        (b'name,email\n"Mei,mei@x.org\n', "not_a_table"),
        (b"Mei,mei@x.org\n", "no_head"),
        (b"sep=;\r\n", "no_head"),
        (b"sep=;", "no_head"),
        (b"name,telephone\nMei,1\n", "no_head"),
        (b"name,email,E-Mail\nMei,a@x.org,b@x.org\n", "two_heads"),
        (b"name,email\n", "no_rows"),
        (b"name,email\n" + b"Mei,mei@x.org\n" * 61, "too_many_rows"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
        (b"name,email\n" + b"x" * 140_000 + b",a@x.org\n", "not_a_table"),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_code(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_any_bytes_give_a_table_or_a_code() -> None:
    dice = Random(7)
    parts = [
        b"name",
        b"email",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b'"',
        b"\x00",
        b"\xff\xfe",
        b"\xe4",
        b"@x.org",
    ]
    for _ in range(3000):
        data = b"".join(dice.choices(parts, k=dice.randrange(30)))
        judged = outcome(data)
        assert judged.isidentifier() if isinstance(judged, str) else judged.rows or judged.bad


def outcome(data: bytes) -> Table | str:
    """Return the table, or the code with which it is refused."""
    try:
        return read(data)
    except Unreadable as refused:
        return refused.code
