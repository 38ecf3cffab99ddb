"""Small helpers around a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

DEVICES = "Permissions-Policy"
NO_DEVICE = "camera=(), microphone=(), display-capture=(), geolocation=()"


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def devices_closed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep camera and microphone from every page that has not asked for them, whatever somebody once allowed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(DEVICES, NO_DEVICE)
        return response

    return middleware
