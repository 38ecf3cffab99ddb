"""Asking somebody to lead one meeting, and their answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.meetings import access, covers, labels
from enid.meetings.forms import CoverForm


@login_required
@page
def ask(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Ask a member to lead this meeting."""
    meeting = access.get_led_meeting(request.user, meeting_id)
    people = {place.pk: place for place in covers.who_may(meeting)}
    names = [(pk, place.person.name) for pk, place in people.items()]
    form = CoverForm(request.POST if request.method == "POST" else None, people=names)
    if form.is_bound and form.is_valid():
        place = access.get_place(request.user, meeting)
        member = people[form.cleaned_data["member"]]
        try:
            covers.ask(meeting=meeting, member=member, by=place, at=timezone.now())
        except Refused as refused:
            messages.warning(request, labels.refusal(refused.code))
        else:
            messages.success(request, _("Asked by mail. Nothing changes before their yes."))
        return redirect("meeting", meeting_id)
    shown = {"meeting": meeting, "group": meeting.group, "form": form}
    return render(request, "meetings/cover.html", shown, status=WRITTEN if form.is_bound else READ)


@login_required
@require_POST
def answer(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Say yes or no to leading this meeting."""
    meeting = access.get_meeting(request.user, meeting_id)
    place = access.get_place(request.user, meeting)
    if request.POST.get("do") != "accept":
        covers.end(meeting=meeting, member=place)
        return redirect("meeting", meeting_id)
    try:
        covers.accept(meeting=meeting, member=place, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    return redirect("meeting", meeting_id)


@login_required
@require_POST
def withdraw(request: PersonRequest, meeting_id: UUID, pk: int) -> HttpResponse:
    """Take back that somebody leads this meeting."""
    meeting = access.get_led_meeting(request.user, meeting_id)
    member = get_object_or_404(covers.who_may(meeting), pk=pk)
    covers.end(meeting=meeting, member=member)
    return redirect("meeting", meeting_id)
