"""What is wrong, and what to type."""

import json
import os
import shutil
import smtplib
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from enid.site.commands import DONE, NO, parser

LEAST_FREE_MB = 500


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    good: bool
    says: str
    type_this: str = ""


def main(argv: list[str]) -> int:
    """Look at everything and print it; exit 1 when something is wrong."""
    arguments = parser("doctor")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    import django

    django.setup()
    findings = [finding for look in LOOKS for finding in look()]
    if given.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.good else 'MEND'}  {finding.about}: {finding.says}")
            if not finding.good and finding.type_this:
                print(f"      {finding.type_this}")
    return DONE if all(finding.good for finding in findings) else NO


def _python() -> Iterator[Finding]:
    good = sys.version_info >= (3, 11)
    yield Finding(
        "Python", good, ".".join(map(str, sys.version_info[:3])), "apt-get install python3.11 python3.11-venv"
    )


def _data_folder() -> Iterator[Finding]:
    from django.conf import settings

    folder = settings.DATA
    writable = os.access(folder, os.W_OK | os.X_OK)
    yield Finding("data folder", writable, str(folder), f"mkdir -p {folder} && chown {os.getuid()} {folder}")
    if writable:
        free = shutil.disk_usage(folder).free // 1_000_000
        yield Finding(
            "free disk",
            free >= LEAST_FREE_MB,
            f"{free} MB",
            "Make room: an almost full disk stops rooms from keeping their stage.",
        )
    key = folder / "secret_key"
    if key.exists():
        private = not key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield Finding(
            "secret key",
            private,
            "readable by its owner only" if private else "others can read it",
            f"chmod 600 {key}",
        )


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield Finding(
            "database",
            False,
            f"does not answer ({type(error).__name__})",
            "Check ENID_DATABASE_URL and that the server runs.",
        )
        return
    if connection.vendor == "postgresql":
        major = connection.connection.info.server_version // 10_000
        yield Finding("PostgreSQL", major >= 15, f"version {major}", "Enid needs PostgreSQL 15 or newer.")
    else:
        yield Finding("database", True, "SQLite")
    from enid.site import readiness

    pending = readiness.pending_migrations()
    yield Finding(
        "database's shape",
        not pending,
        "as this version needs it" if not pending else "older than this version",
        "enid up brings it up to date, after a backup.",
    )


def _address() -> Iterator[Finding]:
    from django.conf import settings

    local = _is_local()
    yield Finding(
        "address",
        settings.HTTPS or local,
        settings.URL,
        "Set ENID_URL to an https address: passkeys, microphones and cameras need one.",
    )
    if settings.HTTPS:
        yield Finding(
            "proxy",
            settings.BEHIND_PROXY,
            "ENID_BEHIND_PROXY",
            "Set ENID_BEHIND_PROXY=yes, or sign-in limits count the proxy as one person.",
        )
    if settings.DEBUG:
        yield Finding("debug pages", False, "on", "Unset ENID_DEBUG.")
    if not settings.CONTACT and not local:
        yield Finding(
            "contact", False, "nobody is named", "Set ENID_CONTACT to an address that somebody reads."
        )


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.SMTP_URL:
        local = settings.ALLOWED_HOSTS[0] == "localhost"
        yield Finding(
            "mail",
            local,
            "goes to the outbox page only",
            "Set ENID_SMTP_URL, for example smtp+starttls://user:password@mail.example.org:587",
        )
        return
    way: dict[str, Any] = settings.SMTP
    try:
        server = (smtplib.SMTP_SSL if way["use_ssl"] else smtplib.SMTP)(way["host"], way["port"], timeout=10)
        with server:
            if way["use_tls"]:
                server.starttls()
            if way["username"]:
                server.login(way["username"], way["password"])
            server.noop()
    except (OSError, smtplib.SMTPException, socket.gaierror) as error:
        yield Finding(
            "mail",
            False,
            f"{way['host']}:{way['port']} does not take it ({type(error).__name__})",
            "Check ENID_SMTP_URL. Mail waits in the outbox meanwhile.",
        )
        return
    yield Finding("mail", True, f"{way['host']}:{way['port']} answers")


def _relay() -> Iterator[Finding]:
    """Ask each relay for an address, as a browser would with what a page is handed."""
    from django.conf import settings
    from django.utils import timezone

    from enid.room import ice
    from enid.site import relay

    if not settings.TURN_URLS:
        yield Finding(
            "relay",
            _is_local(),
            "none: people behind strict firewalls, about one in five, get neither sound nor picture",
            "Run coturn (deploy/turnserver.conf), and set ENID_TURN_URLS and ENID_TURN_SECRET.",
        )
        return
    if not settings.TURN_SECRET:
        yield Finding(
            "relay", False, "has no secret", "Set ENID_TURN_SECRET to static-auth-secret of coturn."
        )
        return
    for address in settings.TURN_URLS:
        name, password = ice.credentials(settings.TURN_SECRET, until=timezone.now() + ice.CREDENTIALS_LIVE)
        tried = relay.attempt(address, name, password)
        yield Finding(f"relay over {tried.way}", tried.good, tried.says, tried.type_this)
    have = {relay.way_of(address).name for address in settings.TURN_URLS}
    for missing in sorted({"UDP", "TCP", "TLS"} - have):
        yield Finding(f"relay over {missing}", False, "not set", WHY_WAYS[missing])


def _is_local() -> bool:
    from django.conf import settings

    return settings.ALLOWED_HOSTS[0] in ("localhost", "127.0.0.1") or settings.DEMO


WHY_WAYS = {
    "UDP": "Add turn:HOST:3478 to ENID_TURN_URLS: it carries sound best.",
    "TCP": "Add turn:HOST:3478?transport=tcp to ENID_TURN_URLS, for networks without UDP.",
    "TLS": "Add turns:HOST:443?transport=tcp to ENID_TURN_URLS, for hospitals that let only HTTPS through.",
}
LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _data_folder,
    _database,
    _address,
    _mail,
    _relay,
)
