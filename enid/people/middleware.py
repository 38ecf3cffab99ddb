"""Show every page in the person's own language and every time in their own zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from enid.people import idle
from enid.people.models import today


def own_language_and_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Activate what the signed-in person chose; visitors keep what their browser asks for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            idle.seen(request.user, today())
            if request.user.language:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()
            try:
                timezone.activate(ZoneInfo(request.user.time_zone))
            except (ZoneInfoNotFoundError, ValueError):
                timezone.deactivate()  # a zone renamed since it was chosen: times appear in UTC, marked as such
        try:
            response = get_response(request)
            if request.user.is_authenticated and not response.has_header("Cache-Control"):
                response["Cache-Control"] = "no-store, private"  # the next person at this screen presses Back
            return response
        finally:
            timezone.deactivate()

    return middleware
