"""A PDF says what people wrote, in every script that names come in, and never runs it."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from enid.core import pdf

NAMES = ["Zoë Müller", "Иван Петров", "Αθηνά Παππά", "王小明", "田中さくら", "김민수", "臺灣"]
CODE = [
    "#panic(1)",
    '#import "@preview/cetz:0.3.1"',
    '#read("/etc/passwd")',
    "$x$ *bold* `raw` <label> @ref",
    "\\",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a document that prints one line for each text it is given."""
    file = tmp_path / "lines.typ"
    file.write_text("#for line in data.lines [ #line \\ ]")
    return file


def printed(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def test_names_in_many_scripts_are_printed_as_they_are(source: Path) -> None:
    text = printed(pdf.make(source, {"lines": NAMES}, title="Names", language="de"))
    assert [name for name in NAMES if name not in text] == []


@pytest.mark.parametrize(
    ("name", "font"), [("محمد علي", "Arabic"), ("שרה כהן", "Hebrew"), ("王", "SC"), ("김", "KR")]
)
def test_each_script_has_its_own_font_in_the_file(source: Path, name: str, font: str) -> None:
    document = pdf.make(source, {"lines": [name]}, title="Names", language="en")
    fonts = PdfReader(BytesIO(document)).pages[0]["/Resources"]["/Font"].values()
    assert [one for one in fonts if f"NotoSans{font}" in one["/BaseFont"]]


def test_what_people_wrote_is_never_read_as_code(source: Path) -> None:
    text = printed(pdf.make(source, {"lines": CODE}, title="#panic(2)", language="en"))
    assert [line for line in CODE if line not in text] == []


def test_document_that_cannot_be_made_is_a_typed_refusal(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text('#panic("secret words")')
    with pytest.raises(pdf.NoDocument) as refused:
        pdf.make(broken, {}, title="", language="en")
    assert "secret words" not in str(refused.value)


@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_paper_is_a4_or_us_letter(source: Path, paper: pdf.Paper, points: tuple[int, int]) -> None:
    page = PdfReader(BytesIO(pdf.make(source, {"lines": []}, title="T", language="en", paper=paper))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == points
