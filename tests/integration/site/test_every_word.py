"""Every word on every page, and every word handed to a script, can be translated.

German is replaced by a language in which each message stands in brackets; a word outside of them was never
handed to the translator.
"""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from gettext import NullTranslations
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import trans_real

from enid.meetings import operations as meetings
from enid.meetings import planning
from enid.meetings.calendar.occurrences import Plan
from enid.people.models import Person
from enid.polls import operations as polls
from tests.cast import NOON, Cast
from tests.integration.polls.polls import make_hours_poll, make_poll
from tests.reading import crawl, read, strings_in

# What stays as it is in every language: names, addresses, units, and words that people of the story typed.
DATA = re.compile(
    r"Enid|Balint|Marta|Ruth|Anna|Jonas|Priya|Elif|Karl|Zoe|Ada|Tuesday circle|What is said here stays here\.|family doctor|"
    r"\S+@\S+|https?://\S+|\S+\.localhost\S*|UTC|English|Deutsch|Zoom|Teams|[A-Z][A-Za-z_]+/[A-Z][A-Za-z_/+-]+|127\.0\.0\.1"
)


class InBrackets(NullTranslations):
    """A language that puts each message in brackets."""

    def gettext(self, message: str) -> str:
        message = message.rpartition("\x04")[2]  # Django asks for a message with its context before it
        return f"⟦{message}⟧" if message.strip() else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return self.ngettext(one, many, number)

    def language(self) -> str:
        return "de"

    to_language = language


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(trans_real._translations, "de", InBrackets())
    with translation.override("de"):
        yield


def outside_of_brackets(text: str) -> str:
    """Return what of a text no translator was given."""
    depth, left = 0, []
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        if depth == 0 and letter not in "⟦⟧":
            left.append(letter)
    return " ".join(re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", "".join(left))))


def untranslatable(pages: dict[str, str]) -> list[str]:
    found = []
    for path, html in pages.items():
        page = read(html)
        found += [f"{path}: {text}" for text in page.words if outside_of_brackets(text)]
        sentences = [text for blob in page.json for text in strings_in(blob) if " " in text.strip()]
        found += [f"{path} (script): {text}" for text in sentences if outside_of_brackets(text)]
    return sorted(set(found))


def german(person: Person) -> Client:
    person.language = "de"
    person.save()
    client = Client(headers={"accept-language": "de"})
    client.force_login(person)
    return client


def _make_series(cast: Cast) -> None:
    at = timezone.now()
    first = (at + timedelta(days=7)).date()
    plan = Plan(first, time(18, 30), "Asia/Tokyo", "FREQ=WEEKLY;INTERVAL=2", first + timedelta(days=28))
    series = planning.make_series(group=cast.circle, plan=plan, length_min=75, at=at)
    planning.leave_out(series=series, days=frozenset({first + timedelta(days=14)}), at=at)


@pytest.mark.django_db
@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("who", ["marta", "anna", "zoe", "nobody"])
def test_every_word_of_every_page_can_be_translated(who: str, cast: Cast) -> None:
    meetings.start_now(group=cast.circle, person=cast.marta, at=NOON)
    _make_series(cast)
    for made in (make_poll(cast.circle, names=("Elif",)), make_hours_poll(cast.circle)):
        polls.remind(poll=made, at=timezone.now())
    client = german(getattr(cast, who)) if who != "nobody" else Client(headers={"accept-language": "de"})
    pages = crawl(client)
    assert len(pages) >= 4
    assert untranslatable(pages) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("brackets")
def test_every_word_of_the_room_can_be_translated(cast: Cast) -> None:
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=timezone.now())
    for person in (cast.marta, cast.anna):
        pages = {f"/room/{meeting.pk}/": german(person).get(f"/room/{meeting.pk}/").content.decode()}
        assert read(pages[f"/room/{meeting.pk}/"]).json, "the room hands its words to the script as JSON"
        assert untranslatable(pages) == []


SCRIPTS = [file for file in Path("enid").glob("*/static/**/*.js") if "vendor" not in file.parts]
SENTENCE = re.compile(r"""(["'`])((?:(?!\1).)*?[A-Za-zÀ-ÿ]{2,} [A-Za-zÀ-ÿ]{2,}(?:(?!\1).)*?)\1""")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_script_holds_no_sentence_of_its_own(script: Path) -> None:
    """Scripts show only words that the page handed them; two plain words in a row are a sentence."""
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", script.read_text(), flags=re.S)
    sentences = [match[2] for match in SENTENCE.finditer(code) if not re.search(r"[{}\[\]=>#]", match[2])]
    assert sentences == []


def test_a_forgotten_word_is_found() -> None:
    assert untranslatable({"/": "<p>⟦Sign in⟧ Marta</p><p>Forgotten words</p>"}) == ["/: Forgotten words"]
