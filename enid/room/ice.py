"""Ways for sound and picture: what a page is told of STUN servers and relays.

A relay takes whoever shows a name and a password that the shared secret signs, until the moment in the name
("TURN REST API", draft-uberti-behave-turn-rest-00, as coturn has it). The name says nothing about a person.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

CREDENTIALS_LIVE = timedelta(hours=4)
"""For who has been let in. Longer than a meeting; a page that stays asks for fresh ones."""

TRIAL_LASTS = timedelta(minutes=2)
"""For who is still at the door: long enough to see whether the relay answers."""


def servers(*, until: datetime) -> list[dict[str, Any]]:
    """Return the servers that are set as RTCPeerConnection takes them, relays with credentials good until a moment."""
    found: list[dict[str, Any]] = []
    if settings.STUN_URLS:
        found.append({"urls": list(settings.STUN_URLS)})
    if settings.TURN_URLS and settings.TURN_SECRET:
        name, password = credentials(settings.TURN_SECRET, until=until)
        found.append({"urls": list(settings.TURN_URLS), "username": name, "credential": password})
    return found


def credentials(secret: str, *, until: datetime) -> tuple[str, str]:
    """Return a name and password for the relay, good until a moment; nobody can tell whom they were made for."""
    name = f"{int(until.timestamp())}:{secrets.token_hex(8)}"
    signed = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
    return name, base64.b64encode(signed).decode()
