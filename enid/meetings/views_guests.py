"""Guests of one evening: a leader makes a link, the guest knocks, a leader opens."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups import queries as groups
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.meetings import access, labels, operations, queries
from enid.meetings.forms import GuestForm
from enid.meetings.models import GuestPass, Meeting

CARRIED = "guest_passes"  # session key: meeting id -> pass that this browser carries; never its secret


@login_required
@never_cache
@page
def invite(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Make a guest's link and show it once."""
    found = access.get_conducted_meeting(request.user, meeting_id, at=timezone.now())
    form = GuestForm(request.POST if request.method == "POST" else None)
    link, at = "", timezone.now()
    if form.is_bound and form.is_valid():
        link = _made(form, found, at)
    shown = {
        "meeting": found,
        "group": found.group,
        "form": form,
        "link": link,
        "guests": queries.guests(found, at=at),
    }
    return render(
        request, "meetings/guest_invite.html", shown, status=READ if link or not form.is_bound else WRITTEN
    )


def _made(form: GuestForm, meeting: Meeting, at: datetime) -> str:
    try:
        _pass, secret = operations.make_guest_pass(meeting=meeting, name=form.cleaned_data["name"], at=at)
    except Refused as refused:
        form.add_error(None, labels.refusal(refused.code))
        return ""
    return settings.URL + reverse("guest", args=[secret])


@login_required
@require_POST
def withdraw(request: PersonRequest, meeting_id: UUID, pk: int) -> HttpResponse:
    """Take a guest's link back."""
    found = access.get_conducted_meeting(request.user, meeting_id, at=timezone.now())
    guest = get_object_or_404(GuestPass, pk=pk, meeting=found)
    operations.withdraw_guest_pass(guest=guest, at=timezone.now())
    messages.success(request, _("The link opens nothing any more."))
    return redirect("guest_invite", meeting_id)


@never_cache
@page
def guest(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell a guest where they come, and let them go to the door by accepting what holds there."""
    try:
        carried = access.get_pass(secret, at=timezone.now())
    except Http404:
        return render(request, "groups/invitation_gone.html", status=404)
    meeting = carried.meeting
    if request.method == "POST":
        passes = request.session.get(CARRIED, {})
        request.session[CARRIED] = {**passes, str(meeting.pk): carried.pk}
        return redirect("room", meeting.pk)
    shown = {
        "guest": carried,
        "meeting": meeting,
        "group": meeting.group,
        "leaders": groups.leaders(meeting.group),
        "agreement": groups.present_agreement(meeting.group),
        "opens_at": meeting.starts_at - queries.EARLY,
    }
    return render(request, "meetings/guest.html", shown)
