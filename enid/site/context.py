"""What every page's template may ask."""

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Name the server's operator and whether this is the demonstration."""
    return {
        "operator": settings.OPERATOR,
        "contact": settings.CONTACT,
        "is_demo": settings.DEMO,
        "open_signup": settings.SIGNUP == "open",
    }
