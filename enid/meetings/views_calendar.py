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
from enid.meetings.forms import CalendarForm, FeedForm
from enid.meetings.models import CalendarChoice, CalendarFeed

CALENDAR = "text/calendar; charset=utf-8"
FEED = CalendarChoice.By.FEED


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
    """Choose how dates reach one's calendar; make, change or withdraw its link, which is shown once."""
    deed = request.POST.get("do", "")
    found = CalendarFeed.objects.filter(person=request.user).first()
    chosen = CalendarChoice.objects.filter(person=request.user).first() or CalendarChoice()
    way = CalendarForm(
        request.POST if deed == "way" else None, initial={"by": chosen.by, "remind_min": chosen.remind_min}
    )
    form = FeedForm(
        request.POST if deed and deed != "way" else None, initial={"busy": bool(found and found.busy)}
    )
    if way.is_bound and way.is_valid():
        operations.choose_calendar(person=request.user, **way.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("me_calendar")
    link = ""
    if form.is_bound and form.is_valid():
        if deed != "make":
            _done(request, deed, form.cleaned_data["busy"])
            return redirect("me_calendar")
        link = _new_link(request, form.cleaned_data["busy"])
    shown = {"way": way, "form": form, "feed": found, "link": link, "by_link": chosen.by == FEED}
    shown["webcal"] = "webcal" + link.removeprefix("https").removeprefix("http")
    return render(request, "meetings/calendar.html", shown)


def _new_link(request: PersonRequest, busy: bool) -> str:
    secret = operations.make_feed(person=request.user, busy=busy, at=timezone.now())
    return settings.URL + reverse("calendar_feed", args=[secret])


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
