"""Calendar files: a private subscription behind a secret link, and files to add by hand."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enid.groups.access import PersonRequest
from enid.groups.views import page
from enid.meetings import access, feeds, operations
from enid.meetings.forms import FeedForm
from enid.meetings.models import CalendarFeed

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program that holds a person's secret link."""
    found = access.get_feed(secret)
    body = feeds.subscribed(found, at=timezone.now())
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    answer = get_conditional_response(request, etag=etag) or HttpResponse(body, content_type=CALENDAR)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"  # kept by the program alone, and asked for anew each time
    answer["X-Robots-Tag"] = "noindex"
    return answer


@login_required
@never_cache
@page
def own(request: PersonRequest) -> HttpResponse:
    """Make, change or withdraw one's own calendar link; it is shown once."""
    found = CalendarFeed.objects.filter(person=request.user).first()
    form = FeedForm(
        request.POST if request.method == "POST" else None, initial={"busy": bool(found and found.busy)}
    )
    link = ""
    if form.is_bound and form.is_valid():
        busy, deed = form.cleaned_data["busy"], request.POST.get("do", "")
        if deed == "make":
            secret = operations.make_feed(person=request.user, busy=busy, at=timezone.now())
            link = settings.URL + reverse("calendar_feed", args=[secret])
        else:
            _done(request, deed, busy)
            return redirect("me_calendar")
    shown = {
        "form": form,
        "feed": found,
        "link": link,
        "webcal": "webcal" + link.removeprefix("https").removeprefix("http"),
    }
    return render(request, "meetings/calendar.html", shown)


def _done(request: PersonRequest, deed: str, busy: bool) -> None:
    if deed == "withdraw":
        operations.withdraw_feed(person=request.user)
        messages.success(request, _("The link opens nothing any more."))
    elif deed == "choose":
        operations.say_only_busy(person=request.user, busy=busy)
        messages.success(request, _("Saved. Your calendar shows it when it looks again."))


@login_required
@require_safe
def meeting_file(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Hand over one meeting as a file."""
    found = access.get_meeting(request.user, meeting_id)
    return _file(feeds.of_meeting(found, at=timezone.now()))


@login_required
@require_safe
def series_file(request: PersonRequest, series_id: UUID) -> HttpResponse:
    """Hand over a series as a file."""
    found = access.get_series(request.user, series_id)
    return _file(feeds.of_series(found, at=timezone.now()))


def _file(body: bytes) -> HttpResponse:
    disposition = 'attachment; filename="meeting.ics"'
    return HttpResponse(body, content_type=CALENDAR, headers={"Content-Disposition": disposition})
