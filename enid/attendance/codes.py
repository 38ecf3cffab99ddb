"""The code that changes on the screen of a group in one room: who reads it now sits in front of it.

Pure but for the server's key: time comes in as an argument. Nothing is stored, so nothing can be read out.
"""

import base64
from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

WINDOW_S = 30
"""A code is good in its own window and in the next one, so that nobody is late by a second."""


def code_at(meeting_id: UUID, at: datetime) -> str:
    """Return the code of this meeting at this moment: 80 bits, in letters and digits."""
    return _code(meeting_id, _window(at))


def is_good(code: str, meeting_id: UUID, at: datetime) -> bool:
    """Tell whether this code is on the screen now, or was a moment ago."""
    now = _window(at)
    return any(constant_time_compare(code, _code(meeting_id, window)) for window in (now, now - 1))


def _window(at: datetime) -> int:
    return int(at.timestamp()) // WINDOW_S


def _code(meeting_id: UUID, window: int) -> str:
    signed = salted_hmac("enid.attendance.code", f"{meeting_id} {window}", algorithm="sha256").digest()
    return base64.b32encode(signed[:10]).decode().lower()
