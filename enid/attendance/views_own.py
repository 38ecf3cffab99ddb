"""Pages of a member: "I am here", one's own record, what is wrong with it, minutes, and a statement."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enid.attendance import access, codes, labels, operations, queries, statement
from enid.attendance.errors import CodeTooOld
from enid.attendance.forms import DisputeForm, StatementForm
from enid.core import pdf
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.meetings import access as meetings
from enid.meetings import moments
from enid.meetings.queries import is_open

CARRIED = "here"  # in the browser's session: meeting -> until when this browser may press
CARRIED_FOR = timedelta(minutes=10)
LINES_A_PAGE = 50
YEAR = timedelta(days=365)


@never_cache
@require_safe
def here_code(request: HttpRequest, meeting_id: UUID, code: str) -> HttpResponse:
    """Take the code that a phone has read; whoever must sign in first keeps it for ten minutes."""
    at = timezone.now()
    if codes.is_good(code, meeting_id, at):
        until = int((at + CARRIED_FOR).timestamp())
        request.session[CARRIED] = {str(meeting_id): until}
    return redirect("here", meeting_id)


@login_required
@never_cache
@page
def here(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Let a member say that they are here."""
    found, at = meetings.get_meeting(request.user, meeting_id), timezone.now()
    place = meetings.get_place(request.user, found)
    fresh = request.session.get(CARRIED, {}).get(str(meeting_id), 0) > at.timestamp()
    refused = ""
    if request.method == "POST":
        try:
            if not fresh:
                raise CodeTooOld
            operations.sign_in(meeting=found, place=place, at=at)
            return redirect("here", meeting_id)
        except Refused as error:
            refused = error.code
    shown = {
        "meeting": found,
        "group": found.group,
        "refused": labels.refusal(refused) if refused else "",
        "signed_in": queries.signed_in(found, place),
        "fresh": fresh,
        "is_open": is_open(found, at=at),
    }
    return render(request, "attendance/here.html", shown, status=WRITTEN if refused else READ)


@login_required
@require_safe
def own(request: PersonRequest) -> HttpResponse:
    """Show a person their own record over all their groups."""
    lines = Paginator(queries.own_lines(request.user), LINES_A_PAGE)
    shown = {
        "lines": lines.get_page(request.GET.get("page")),
        "places": queries.credit_places(request.user),
    }
    return render(request, "attendance/own.html", shown)


@login_required
@page
def dispute(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that a line is wrong."""
    line = access.get_own_line(request.user, pk)
    form = DisputeForm(request.POST if request.method == "POST" else None, line=line)
    if form.is_bound and form.is_valid():
        try:
            operations.dispute(line=line, reason=form.cleaned_data["reason"], at=timezone.now())
        except Refused as refused:
            messages.warning(request, labels.refusal(refused.code))
        else:
            messages.success(request, _("Your leaders see it and will answer. Until then the line stays."))
        return redirect("me_attendance")
    shown = {"line": line, "form": form}
    return render(request, "attendance/dispute.html", shown, status=WRITTEN if form.is_bound else READ)


@login_required
@require_POST
def minutes(request: PersonRequest, pk: int) -> HttpResponse:
    """Have one's minutes kept in one group, or no more."""
    place = access.get_own_place(request.user, pk)
    if request.POST.get("do") == "keep":
        operations.ask_minutes(place=place, at=timezone.now())
    else:
        operations.drop_minutes(place=place)
    return redirect("me_attendance")


@login_required
@never_cache
@page
def own_statement(request: PersonRequest) -> HttpResponse:
    """Make a statement of attendance."""
    person, at, lines = request.user, timezone.now(), queries.own_lines(request.user)
    today = at.astimezone(moments.zone_or_utc(person.time_zone)).date()
    names = sorted({line.group_name for line in lines})
    form = StatementForm(
        request.POST if request.method == "POST" else None, groups=names, since=today - YEAR, until=today
    )
    if form.is_bound and form.is_valid():
        try:
            made = statement.make(person, lines, _wanted(form.cleaned_data), at=at)
            return pdf.answer(made, "enid-attendance.pdf")
        except pdf.NoDocument as refused:
            form.add_error(None, labels.refusal(refused.code))
    shown = {"form": form, "names": names}
    return render(request, "attendance/statement.html", shown, status=WRITTEN if form.is_bound else READ)


def _wanted(data: dict[str, Any]) -> statement.Wanted:
    return statement.Wanted(data["since"], data["until"], frozenset(data["groups"]), data["paper"])
