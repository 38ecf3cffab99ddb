"""Gather, compile and check the German catalogues, one for each app. Needs no GNU gettext.

messages.py update    gather messages from Python and templates into enid/<app>/locale/de
messages.py compile   write the .mo files
messages.py check     list every message that is missing, untranslated, uncertain, or not compiled
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1] / "enid"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOTES = ("Translators:",)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")  # not $…: German bends the group's words as it needs
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # the same words compile to the same bytes at any time


def apps() -> list[Path]:
    """Return the folder of each app that has words."""
    return sorted(app for app in ROOT.iterdir() if (app / "apps.py").exists())


def gathered(app: Path) -> Catalog:
    """Return every message of one app."""
    catalog = Catalog(locale="de", domain="django", fuzzy=False)
    for file in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        source = text if file.suffix == ".py" else templatize(text, origin=str(file))
        found = extract("python", io.BytesIO(source.encode()), KEYWORDS, NOTES, options={"encoding": "utf-8"})
        for _line, message, notes, context in found:
            catalog.add(message, auto_comments=notes, context=context)
    return catalog


def po_file(app: Path) -> Path:
    """Return where an app's German stands."""
    return app / "locale/de/LC_MESSAGES/django.po"


def known(app: Path) -> Catalog:
    """Return an app's German as it is."""
    file = po_file(app)
    if not file.exists():
        return Catalog(locale="de", domain="django")
    with file.open("rb") as source:
        return read_po(source, locale="de", domain="django")


def update() -> int:
    """Merge what was gathered into the catalogues; translations stay, what is no longer used goes."""
    for app in apps():
        if len(wanted := gathered(app)):
            _write(po_file(app), _merged(wanted, known(app)))
    return 0


def _merged(wanted: Catalog, have: Catalog) -> Catalog:
    merged = Catalog(
        locale="de",
        domain="django",
        fuzzy=False,
        header_comment="# German translation of Enid.",
        project="Enid",
        version="",
    )
    for message in wanted:
        if message.id:
            old = have.get(message.id, context=message.context) or Message(message.id)
            merged.add(
                message.id,
                old.string,
                flags=old.flags & {"fuzzy"},
                auto_comments=message.auto_comments,
                user_comments=old.user_comments,
                context=message.context,
            )
    return merged


def _write(file: Path, catalog: Catalog) -> None:
    """Write a catalogue without lines and dates, which would make every update a change."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, no_location=True, sort_output=True)
    text = re.sub(r'"(POT-Creation|PO-Revision)-Date:.*\n', "", out.getvalue().decode())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def compiled(app: Path) -> bytes:
    """Return what the .mo file has to hold."""
    out, catalog = io.BytesIO(), known(app)
    # babel would write today's date into the header; the same words must give the same file on every day.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, catalog)
    return out.getvalue()


def compile_all() -> int:
    """Write the .mo files."""
    for app in apps():
        if po_file(app).exists():
            po_file(app).with_suffix(".mo").write_bytes(compiled(app))
    return 0


def problems(app: Path) -> list[str]:
    """Return what is wrong with an app's German."""
    have = known(app)
    found = [
        f"{fault}: {message.id!r}"
        for message in gathered(app)
        if message.id and (fault := _fault(message, have.get(message.id, context=message.context)))
    ]
    file = po_file(app).with_suffix(".mo")
    if po_file(app).exists() and (not file.exists() or file.read_bytes() != compiled(app)):
        found.append("not compiled; type: python tools/messages.py compile")
    return [f"{app.name}: {each}" for each in found]


def _fault(message: Message, german: Message | None) -> str:
    """Return what is wrong with one message, or nothing."""
    if german is None:
        return "missing"
    if not all(_forms(german.string)):
        return "untranslated"
    if german.fuzzy:
        return "uncertain"
    return "" if _same_placeholders(_forms(message.id), _forms(german.string)) else "other placeholders"


def _forms(text: object) -> list[str]:
    """Return the singular and plural of a message, or the one text that it has."""
    return list(text) if isinstance(text, tuple | list) else [str(text)]


def _same_placeholders(source: list[str], german: list[str]) -> bool:
    """Say whether a translation fills in the same things; a singular may say "one" in words."""

    def of(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    whole = of(source[-1])
    return of(german[-1]) == whole and all(set(of(form)) <= set(whole) for form in german)


def check() -> int:
    """List every problem."""
    found = [each for app in apps() for each in problems(app)]
    print("".join(f"{each}\n" for each in found), end="")
    return bool(found)


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_all, "check": check}[sys.argv[1]]())
