"""Documents as PDF: a program of its own with little time sets them, so that no page and no room waits long.

What people wrote travels as JSON and is never read as code of the document.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from django.http import HttpResponse

HERE = Path(__file__).parent
LONGEST_S = 15
PATIENCE_S = 1  # whoever comes while another document is made tries again, instead of holding a page thread
Paper = Literal["a4", "us-letter"]

_one_at_a_time = Lock()


class NoDocument(Exception):
    """The document could not be made now; nothing was changed."""

    code = "no_document"


def make(source: Path, data: Mapping[str, Any], *, title: str, language: str, paper: Paper = "a4") -> bytes:
    """Return the document as PDF.

    source: a .typ file of our own; it finds `data`, and the names of documents/base.typ
    raises: NoDocument
    """
    said = {**data, "title": title, "language": language[:2], "paper": paper}
    order = json.dumps({"source": str(source), "data": json.dumps(said | {"author": "Enid"})})
    if not _one_at_a_time.acquire(timeout=PATIENCE_S):
        raise NoDocument
    try:
        return _made(order)
    finally:
        _one_at_a_time.release()


def _made(order: str) -> bytes:
    program = [sys.executable, "-I", str(HERE / "pdf_program.py")]
    try:
        done = subprocess.run(program, input=order.encode(), capture_output=True, timeout=LONGEST_S)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired as late:
        raise NoDocument from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NoDocument
    return done.stdout


def answer(document: bytes, name: str) -> HttpResponse:
    """Hand a document out as a file that no browser or proxy keeps."""
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
