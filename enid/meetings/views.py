"""Pages of a group and its meetings."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enid.groups import life, observers, relations
from enid.groups import queries as groups
from enid.groups.access import PersonRequest, get_dated_group, get_led_group, get_membership
from enid.groups.errors import Refused
from enid.groups.models import Group
from enid.groups.views import READ, WRITTEN, page
from enid.meetings import access, answers, covers, labels, operations, planning, queries, starting
from enid.meetings.forms import CancelForm, MeetingForm, Scope
from enid.meetings.views_coordination import count_change, dates_page, told_too_late
from enid.meetings.views_dates import prefilled

CANCEL = {
    Scope.ONE: operations.cancel,
    Scope.FOLLOWING: planning.cancel_following,
    Scope.ALL: planning.cancel_all,
}
FIELD_OF: dict[str, str | None] = {"overlaps": "hour", "too_many_changes": None}
PAST_SHOWN = 12
LATER_SHOWN = 4  # beside the next one; all dates have a page of their own


@login_required
@require_safe
def group(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show a group to somebody who belongs: the next meeting, the circle, what holds here."""
    place = get_membership(request.user, group_id)
    at, held = timezone.now(), queries.past(place.group, most=PAST_SHOWN)
    coming = [] if place.group.resting_since else queries.coming(place.group, at=at)
    people = groups.circle(place.group)
    begins = place.is_leader and not held
    so = starting.facts(place.group, people, has_dates=bool(coming), at=at) if begins else None
    shown = {
        "group": place.group,
        "place": place,
        "circle": people,
        "starting": so,
        "next_step": so and starting.next_step(so),
        "agreement": groups.present_agreement(place.group),
        "to_accept": groups.agreement_to_accept(place),
        "apart": relations.unanswered(request.user, place.group),
        "proposed": groups.proposal_to_accept(place),
        "next": coming[0] if coming else None,
        "next_is_open": bool(coming) and queries.is_open(coming[0], at=at),
        "opens_at": coming[0].starts_at - queries.EARLY if coming else None,
        "later": coming[1 : 1 + LATER_SHOWN],
        "past": held,
        "asked_about_visit": observers.is_asked(place, at=at),
        "term_is_over": life.is_over(
            place.group, held=queries.held_this_term(place.group), today=timezone.localdate()
        ),
        "own": queries.own_presence(request.user, held),
    }
    return render(request, "meetings/group.html", shown)


@login_required
@page
def new(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Plan one meeting."""
    group = get_dated_group(request.user, group_id)
    back = dates_page(request.user, group)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, group=group, initial=prefilled(request)
    )
    if form.is_bound and form.is_valid() and _planned(request, form, group, timezone.now()):
        return redirect("group", group_id) if back["belongs"] else redirect(str(back["dates_url"]))
    shown = {"group": group, "form": form, **back}
    return render(request, "meetings/new.html", shown, status=WRITTEN if form.is_bound else READ)


def _planned(request: PersonRequest, form: MeetingForm, group: Group, at: datetime) -> bool:
    starts = form.cleaned_data["starts"]
    try:
        count_change(request)
        operations.plan(
            group=group,
            person=request.user,
            starts_at=starts.at,
            length_min=form.cleaned_data["length_min"],
            at=at,
        )
    except Refused as refused:
        form.add_error(FIELD_OF.get(refused.code, "day"), labels.refusal(refused.code))
        return False
    if starts.twice:
        messages.warning(request, _("That hour comes twice that night. The meeting begins at the first one."))
    return True


@login_required
@require_POST
def start(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Start a meeting now and go to it."""
    group = get_led_group(request.user, group_id)
    life.begin(group=group)
    meeting = operations.start_now(group=group, person=request.user, at=timezone.now())
    return redirect("meeting", meeting.pk)


@login_required
@require_safe
def meeting(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Show one meeting: the way into the room, guests, and afterwards present or not."""
    found = access.get_meeting(request.user, meeting_id)
    place, at = access.get_place(request.user, found), timezone.now()
    leads = access.conducts(place, found, at=at)
    shown = {
        "meeting": found,
        "group": found.group,
        "place": place,
        "is_open": queries.is_open(found, at=at),
        "opens_at": found.starts_at - queries.EARLY,
        "may_be_noted": queries.may_be_noted(found, at=at),
        "to_accept": groups.agreement_to_accept(place),
        "guests": queries.guests(found, at=at) if leads else [],
        "leads": leads,
        "covers": covers.asked(found),
        "own": queries.own_presence(request.user, [found]).get(found.pk),
        "answerable": answers.answerable(found, at=at),
        "said": answers.said_by(place, found),
        "missing": answers.missing(found.group, [found])[found.pk],
    }
    return render(request, "meetings/meeting.html", shown)


@login_required
@page
def cancel(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting, after one question."""
    found = access.get_dated_meeting(request.user, meeting_id)
    back = dates_page(request.user, found.group)
    if request.method == "POST" and told_too_late(request, found, back):
        return redirect(str(back["dates_url"]))
    form = CancelForm(request.POST if request.method == "POST" else None)
    shown = {"meeting": found, "group": found.group, "form": form if found.series else None, **back}
    if request.method != "POST" or (found.series and not form.is_valid()):
        return render(request, "meetings/cancel.html", shown, status=WRITTEN if form.is_bound else READ)
    try:
        count_change(request)
        CANCEL[form.cleaned_data["scope"] if found.series else Scope.ONE](meeting=found, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    else:
        messages.success(request, _("Cancelled."))
    return redirect("group", found.group_id) if back["belongs"] else redirect(str(back["dates_url"]))
