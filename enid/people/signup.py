"""Who may open an account: people whom an invitation has sent, or anyone where the server says so."""

from datetime import datetime

from django.http import HttpRequest

ALLOWED_UNTIL = "signup_allowed_until"


def allow(request: HttpRequest, until: datetime) -> None:
    """Let this browser open one account until the invitation runs out."""
    request.session[ALLOWED_UNTIL] = until.isoformat()
