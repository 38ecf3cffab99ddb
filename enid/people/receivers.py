"""What follows when somebody signs in, by whichever door."""

from django.conf import settings
from django.http import HttpRequest


def stay_signed_in(request: HttpRequest, **_news: object) -> None:
    """Let the session of somebody signed in last longer than a visitor's."""
    request.session.set_expiry(settings.SIGNED_IN_S)
