"""Gather, compile and check the German catalogues, one for each app. Needs no GNU gettext.

messages.py update    gather messages from Python and templates into enid/<app>/locale/de
messages.py compile   write the .mo files
messages.py check     list every message that is missing, untranslated, uncertain, or not compiled
"""

import io
import re
import sys
from pathlib import Path

from babel.messages import Catalog
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
}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|\$\w+|%[sd]")


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
        for _line, message, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            catalog.add(message, context=context)
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
        wanted, have = gathered(app), known(app)
        if not len(wanted):
            continue
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
                old = have.get(message.id, context=message.context)
                merged.add(message.id, old.string if old and not old.fuzzy else "", context=message.context)
        po_file(app).parent.mkdir(parents=True, exist_ok=True)
        with po_file(app).open("wb") as out:
            write_po(
                out,
                merged,
                width=110,
                no_location=True,
                sort_output=True,
                omit_header=False,
                include_lineno=False,
            )
        # Dates would make every update a change.
        text = po_file(app).read_text(encoding="utf-8")
        po_file(app).write_text(re.sub(r'"(POT-Creation|PO-Revision)-Date:.*\n', "", text), encoding="utf-8")
    return 0


def compiled(app: Path) -> bytes:
    """Return what the .mo file has to hold."""
    out = io.BytesIO()
    write_mo(out, known(app))
    return out.getvalue()


def compile_all() -> int:
    """Write the .mo files."""
    for app in apps():
        if po_file(app).exists():
            po_file(app).with_suffix(".mo").write_bytes(compiled(app))
    return 0


def problems(app: Path) -> list[str]:
    """Return what is wrong with an app's German."""
    found, have = [], known(app)
    for message in gathered(app):
        if not message.id:
            continue
        old = have.get(message.id, context=message.context)
        if old is None:
            found.append(f"missing: {message.id!r}")
        elif old.fuzzy or not all(old.string if isinstance(old.string, tuple | list) else [old.string]):
            found.append(f"untranslated: {message.id!r}")
        elif not _same_placeholders(message.id, old.string):
            found.append(f"other placeholders: {message.id!r}")
    file = po_file(app).with_suffix(".mo")
    if po_file(app).exists() and (not file.exists() or file.read_bytes() != compiled(app)):
        found.append("not compiled; type: python tools/messages.py compile")
    return [f"{app.name}: {each}" for each in found]


def _same_placeholders(source: object, target: object) -> bool:
    """Say whether a translation fills in the same things; German may bend the group's words ($…) as it needs."""

    def of(text: object) -> set[str]:
        whole = " ".join(text) if isinstance(text, tuple | list) else str(text)
        return {each for each in PLACEHOLDER.findall(whole) if not each.startswith("$")}

    return of(source) == of(target)


def check() -> int:
    """List every problem."""
    found = [each for app in apps() for each in problems(app)]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_all, "check": check}[sys.argv[1]]())
