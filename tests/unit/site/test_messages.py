"""The tool that keeps the German catalogues, on a small app of its own."""

from pathlib import Path

import pytest

from tools import messages

PAGE = """{# Translators: said at the door #}
{% translate "Come in" %} {% translate "Come in" context "the presenter" %}
{% blocktranslate count n=many %}One seat{% plural %}{{ n }} seats{% endblocktranslate %}"""
CODE = 'from django.utils.translation import gettext as _\nGREETING = _("Dear %(name)s")\n'
GERMAN = {
    "Come in": "Treten Sie ein",
    "One seat": ("Ein Platz", "%(n)s Plätze"),
    "Dear %(name)s": "Guten Tag %(name)s",
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an app with four messages, all of them gathered and said in German."""
    app = tmp_path / "house"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").write_text(CODE)
    (app / "templates/page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    messages.update()
    say(app)
    return app


def say(app: Path, **other: str | tuple[str, str]) -> None:
    """Fill in the German, some of it otherwise; then compile."""
    catalog = messages.known(app)
    for message in catalog:
        if message.id:
            source = message.id[0] if isinstance(message.id, tuple) else message.id
            message.string = other.get(source, GERMAN[source])
    messages._write(messages.po_file(app), catalog)
    messages.compile_all()


def test_a_complete_catalogue_is_passed(app: Path) -> None:
    assert messages.problems(app) == []


def test_contexts_plurals_and_notes_are_gathered(app: Path) -> None:
    text = messages.po_file(app).read_text()
    assert 'msgctxt "the presenter"' in text
    assert 'msgid_plural "%(n)s seats"' in text
    assert "#. Translators: said at the door" in text
    assert "page.html" not in text


def test_gathering_again_changes_nothing(app: Path) -> None:
    before = messages.po_file(app).read_bytes()
    messages.update()
    assert messages.po_file(app).read_bytes() == before


def test_the_same_words_compile_to_the_same_bytes(app: Path) -> None:
    file = messages.po_file(app)
    before = messages.compiled(app)
    file.write_text(
        file.read_text().replace(
            '"Language: de', '"POT-Creation-Date: 2031-05-06 07:08+0000\\n"\n"Language: de'
        )
    )
    assert messages.compiled(app) == before


def test_what_is_no_longer_said_goes(app: Path) -> None:
    (app / "apps.py").write_text("")
    messages.update()
    assert "Guten Tag" not in messages.po_file(app).read_text()


def test_a_new_message_is_missing(app: Path) -> None:
    (app / "apps.py").write_text(CODE + '_("Sit back")\n')
    assert messages.problems(app) == ["house: missing: 'Sit back'"]


@pytest.mark.parametrize(
    ("source", "german", "fault"),
    [
        ("Dear %(name)s", "", "untranslated"),
        ("Dear %(name)s", "Guten Tag", "other placeholders"),
        ("Dear %(name)s", "Guten Tag %(nam)s", "other placeholders"),
        ("One seat", ("Ein Platz", ""), "untranslated"),
        ("One seat", ("Ein Platz", "Plätze"), "other placeholders"),
        ("One seat", ("Ein Platz für %(wen)s", "%(n)s Plätze"), "other placeholders"),
    ],
)
def test_each_fault_is_named(app: Path, source: str, german: str | tuple[str, str], fault: str) -> None:
    say(app, **{source: german})
    (found,) = messages.problems(app)
    assert found.startswith(f"house: {fault}: ")


def test_an_uncertain_translation_stays_and_is_named(app: Path) -> None:
    file = messages.po_file(app)
    file.write_text(file.read_text().replace('msgid "Dear', '#, fuzzy\nmsgid "Dear'))
    messages.update()
    messages.compile_all()
    assert "Guten Tag" in file.read_text()
    assert messages.problems(app) == ["house: uncertain: 'Dear %(name)s'"]


def test_words_that_were_not_compiled_are_named(app: Path) -> None:
    file = messages.po_file(app)
    file.write_text(file.read_text().replace("Guten Tag", "Grüß Gott"))
    (found,) = messages.problems(app)
    assert "not compiled" in found
