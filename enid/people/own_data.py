"""One's own data: every chapter says here what it keeps of a person, how to erase it, and what stands in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enid.people.models import Person


@dataclass(frozen=True)
class Chapter:
    """What one chapter knows: plain data for the export, the erasure, and sentences that keep it from happening."""

    collect: Callable[[Person], Any]
    erase: Callable[[Person], None]
    blocks: Callable[[Person], list[str]]


CHAPTERS: dict[str, Chapter] = {}


def register(
    chapter: str,
    collect: Callable[[Person], Any],
    erase: Callable[[Person], None],
    blocks: Callable[[Person], list[str]],
) -> None:
    """Take a chapter in; called once when the server starts."""
    CHAPTERS[chapter] = Chapter(collect, erase, blocks)
