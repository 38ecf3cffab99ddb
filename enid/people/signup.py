"""Who may open an account: people whom an invitation has sent, or anyone where the server says so."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

ALLOWED_UNTIL = "signup_allowed_until"


def allow(request: HttpRequest, until: datetime) -> None:
    """Let this browser open one account until the invitation runs out."""
    request.session[ALLOWED_UNTIL] = until.isoformat()


def may_sign_up(request: HttpRequest) -> bool:
    """Say whether this browser may open an account."""
    if settings.SIGNUP == "open":
        return True
    until = parse_datetime(request.session.get(ALLOWED_UNTIL, ""))
    return until is not None and timezone.now() < until
