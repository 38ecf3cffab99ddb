"""Read pages as a person would: their links, and every word that is shown or spoken."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
UNSHOWN = {"script", "style", "noscript", "template"}
# Addresses that a reading crawl must not open: they end the session or hand out a file.
NOT_PAGES = ("/static/", "/account/logout", "/me/export", "/ws/")


class Reader(HTMLParser):
    """Collects the links, the shown texts and the JSON handed to scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.json: list[str] = []
        self._open: list[str] = []
        self._is_json = False
        self._is_own_language = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.words += [given[name] for name in SPOKEN if given.get(name)]
        if tag == "meta" and given.get("name") == "description":
            self.words.append(given.get("content", ""))
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.words.append(given.get("value", ""))
        self._is_json = tag == "script" and given.get("type") == "application/json"
        if tag in UNSHOWN or "translate" in given:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._is_json and data.strip():
            self.json.append(data)
            self._is_json = False
        elif not self._open and data.strip():
            self.words.append(" ".join(data.split()))


def read(html: str) -> Reader:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(html)
    return reader


def strings_in(blob: str) -> Iterator[str]:
    """Yield every string value in a piece of JSON."""
    waiting = [json.loads(blob)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def crawl(client: Client, start: str = "/", most: int = 200) -> dict[str, str]:
    """Return every page that can be reached by links from `start`: path to HTML."""
    pages: dict[str, str] = {}
    waiting = [start]
    while waiting and len(pages) < most:
        path = waiting.pop(0)
        if path in pages or path.startswith(NOT_PAGES):
            continue
        answer = client.get(path, follow=True)
        pages[path] = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        for link in read(pages[path]).links:
            target = urldefrag(urljoin(here, link)).url
            if not urlsplit(target).netloc and urlsplit(target).scheme == "":
                waiting.append(target)
    return pages
