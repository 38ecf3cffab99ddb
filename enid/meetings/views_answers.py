"""Saying beforehand whether one comes. Only a POST answers: programs that scan mail open links."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups.access import PersonRequest, get_led_group
from enid.groups.errors import Refused
from enid.groups.views import page
from enid.meetings import access, answers, labels, moments
from enid.meetings.forms import LeastForm
from enid.meetings.models import Answer

OTHER = {Answer.Said.COMES: Answer.Said.CANNOT, Answer.Said.CANNOT: Answer.Said.COMES}


@never_cache
@page
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link from a mail would say, and say it when the button is pressed; needs no sign-in."""
    at = timezone.now()
    try:
        place, meeting, said = answers.read_link(token)
        if not answers.answerable(meeting, at=at):
            raise Http404
    except Http404:
        return render(request, "meetings/answer_gone.html", status=404)
    if request.method == "POST":
        answers.answer(place=place, meeting=meeting, said=said, at=at)
    with translation.override(place.person.language or translation.get_language()):
        zone = moments.zone_or_utc(place.person.time_zone)
        shown = {
            "place": place,
            "when": moments.whole(meeting.starts_at, zone, meeting.group.time_zone),
            "comes": said == Answer.Said.COMES,
            "done": request.method == "POST",
            "other": answers.link(place, meeting.pk, OTHER[Answer.Said(said)]),
        }
        return render(request, "meetings/answer.html", shown)


@login_required
@require_POST
def own(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Say on the meeting's page whether one comes."""
    meeting = access.get_meeting(request.user, meeting_id)
    place = access.get_place(request.user, meeting)
    said = Answer.Said.COMES if request.POST.get("do") == "comes" else Answer.Said.CANNOT
    try:
        answers.answer(place=place, meeting=meeting, said=said, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    return redirect("meeting", meeting_id)


@login_required
@require_POST
def least(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Keep below how many members leaders decide anew whether a date is held."""
    group = get_led_group(request.user, group_id)
    form = LeastForm(request.POST)
    if form.is_valid():
        answers.set_least(group=group, least=form.cleaned_data["least"])
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Please give a number from 1 to 24. Nothing was changed."))
    return redirect("group_dates", group_id)
