"""Settings from the environment: each with a type, a safe default and a sentence of help.

A wrong value refuses to start and says which variable, what it held and what it may hold.
For every NAME, NAME_FILE may name a file that holds the value (for secrets kept by a service manager).
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


class BadSetting(ValueError):
    """A variable holds something it may not hold; the message is for the person who starts the server."""


@dataclass(frozen=True)
class Setting:
    """One variable of the environment, as `enid doctor` and docs/deploy.md show it."""

    name: str
    default: str
    help: str


REGISTRY: dict[str, Setting] = {}


def _raw(name: str, default: str, help: str, environ: Mapping[str, str]) -> str:
    REGISTRY[name] = Setting(name, default, help)
    if name in environ:
        return environ[name].strip()
    file = environ.get(name + "_FILE")
    if file is None:
        return default
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE names {file}, which cannot be read ({error.strerror}).") from error


def _parsed(name: str, held: str, may_hold: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(held)
    except (ValueError, KeyError) as error:
        raise BadSetting(f"{name} holds {held!r}. It may hold {may_hold}.") from error


def text(name: str, default: str, help: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable's text."""
    return _raw(name, default, help, environ)


def choice(
    name: str, default: str, allowed: tuple[str, ...], help: str, environ: Mapping[str, str] = os.environ
) -> str:
    """Return one of a few words."""
    held = _raw(name, default, help, environ)
    return _parsed(name, held, " or ".join(allowed), lambda value: {a: a for a in allowed}[value])


def flag(name: str, default: bool, help: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Return yes or no; written as yes/no, true/false, on/off or 1/0."""
    words = {
        "1": True,
        "yes": True,
        "true": True,
        "on": True,
        "0": False,
        "no": False,
        "false": False,
        "off": False,
        "": default,
    }
    held = _raw(name, "yes" if default else "no", help, environ)
    return _parsed(name, held, "yes or no", lambda value: words[value.lower()])


def number(
    name: str, default: int, low: int, high: int, help: str, environ: Mapping[str, str] = os.environ
) -> int:
    """Return a whole number from low to high."""

    def within(value: str) -> int:
        n = int(value)
        if not low <= n <= high:
            raise ValueError(value)
        return n

    return _parsed(
        name, _raw(name, str(default), help, environ), f"a whole number from {low} to {high}", within
    )


def url(
    name: str, default: str, schemes: tuple[str, ...], help: str, environ: Mapping[str, str] = os.environ
) -> str:
    """Return an address with one of the given schemes, without a slash at its end; empty where nothing is set."""

    def checked(value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in schemes or not (parts.netloc or parts.path)):
            raise ValueError(value)
        return value.rstrip("/")

    may_hold = "an address that begins with " + " or ".join(f"{s}:" for s in schemes)
    return _parsed(name, _raw(name, default, help, environ), may_hold, checked)


# turn:host:port?transport=udp and its kin (RFC 7064, RFC 7065); a name, IPv4, or IPv6 in brackets.
WAY = re.compile(
    r"(?P<scheme>stuns?|turns?):(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?:\?transport=(?P<transport>udp|tcp))?"
)


def host_of(way: str) -> str:
    """Return the host of a STUN or TURN address that was checked."""
    parts = WAY.fullmatch(way)
    return parts["host"] if parts else ""


def ways(
    name: str, schemes: tuple[str, ...], help: str, environ: Mapping[str, str] = os.environ
) -> tuple[str, ...]:
    """Return addresses of STUN or TURN servers, separated by commas; none where nothing is set."""

    def checked(value: str) -> tuple[str, ...]:
        found = tuple(part.strip() for part in value.split(",") if part.strip())
        for way in found:
            parts = WAY.fullmatch(way)
            if not parts or parts["scheme"] not in schemes:
                raise ValueError(way)
        return found

    example = f"{schemes[0]}:host:3478"
    may_hold = f"addresses such as {example}, separated by commas"
    return _parsed(name, _raw(name, "", help, environ), may_hold, checked)
