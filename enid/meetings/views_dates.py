"""Pages of a group's dates: everybody reads them; leaders make, move and cancel."""

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from enid.groups.access import PersonRequest, get_dated_group, get_membership
from enid.groups.errors import Refused
from enid.groups.models import Group
from enid.groups.views import READ, WRITTEN, page
from enid.meetings import access, answers, labels, planning, queries
from enid.meetings.calendar.occurrences import Plan, is_missing, is_odd
from enid.meetings.forms import LeastForm, LeaveOutForm, MoveForm, Scope, SeriesForm
from enid.meetings.models import Meeting
from enid.meetings.views_coordination import count_change, dates_page, told_too_late
from enid.people import limits

FIELD_OF: dict[str, str | None] = {
    "too_many_changes": None,
    "past_time": "first",
    "too_far": "many",
    "no_dates": "skipped",
    "overlaps": "hour",
    "zone_gone": "time_zone",
}
MOVED_FIELD_OF: dict[str, str | None] = {"overlaps": "hour", "too_many_changes": None}


@login_required
@require_safe
def dates(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show every date to come."""
    place, at = get_membership(request.user, group_id), timezone.now()
    living = [
        (series, labels.described(series.plan())) for series in queries.living_series(place.group, at=at)
    ]
    found = queries.dates(place.group, at=at)
    missing = answers.missing(place.group, found)
    shown = {
        "group": place.group,
        "place": place,
        "series": living,
        "dates": [(meeting, missing[meeting.pk]) for meeting in found],
        "least": LeastForm(initial={"least": answers.least_of(place.group)}),
        "season": planning.SEASON.days // 30,
    }
    return render(request, "meetings/dates.html", shown)


@login_required
@page
def new(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Make a series: first its dates in words, then, on a second press, the series."""
    group = get_dated_group(request.user, group_id)
    back = dates_page(request.user, group)
    keep = request.POST.get("do") == "keep"
    form = SeriesForm(
        request.POST if request.method == "POST" else None, group=group, initial=prefilled(request)
    )
    good = form.is_bound and form.is_valid() and _accepted(request, form, group, keep)
    if good and keep:
        messages.success(request, _("These dates are kept. Everybody in the group finds them here."))
        return redirect(str(back["dates_url"]))
    shown: dict[str, object] = {"group": group, "form": form, **back}
    if good:
        plan = form.cleaned_data["plan"]
        shown |= {"described": labels.described(plan), "preview": preview(plan)}
    status = READ if good or not form.is_bound else WRITTEN
    return render(request, "meetings/dates_new.html", shown, status=status)


def prefilled(request: PersonRequest) -> dict[str, str]:
    """Return what the address asks to stand in the form; a leader still looks at it and presses."""
    known = ("first", "day", "hour", "time_zone", "rhythm", "many", "length_min")
    return {name: request.GET[name][:40] for name in known if name in request.GET}


def _accepted(request: PersonRequest, form: SeriesForm, group: Group, keep: bool) -> bool:
    """Make the series, or only look whether it could be made; a refusal stands in the form."""
    plan, length = form.cleaned_data["plan"], form.cleaned_data["length_min"]
    verb = planning.make_series if keep else planning.judge
    try:
        if keep:
            count_change(request)
        verb(group=group, plan=plan, length_min=length, at=timezone.now())
    except Refused as refused:
        form.add_error(FIELD_OF[refused.code], labels.refusal(refused.code))
        return False
    return True


def preview(plan: Plan) -> list[tuple[datetime, str]]:
    """Return each date with a sentence where the clocks change over its hour."""
    return [(plan.at(day), _about_clocks(plan, day)) for day in plan.dates()]


def _about_clocks(plan: Plan, day: date) -> str:
    if is_missing(day, plan.hour, plan.zone):
        return _("The clocks go forward over this hour; the meeting begins right after.")
    if is_odd(day, plan.hour, plan.zone):
        return _("This hour comes twice that night; the meeting begins at the first one.")
    return ""


@login_required
@page
def move(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Move one meeting, or its series from it on."""
    found = access.get_dated_meeting(request.user, meeting_id)
    back = dates_page(request.user, found.group)
    if request.method == "POST" and told_too_late(request, found, back):
        return redirect(str(back["dates_url"]))
    form = MoveForm(request.POST if request.method == "POST" else None, meeting=found)
    if form.is_bound and form.is_valid() and _moved(request, form, found, timezone.now()):
        messages.success(
            request, _("Moved. Members see it here, and learn of it by mail where they wish so.")
        )
        return redirect(str(back["dates_url"]))
    shown = {"meeting": found, "group": found.group, "form": form, "zone": form.zone.key, **back}
    return render(request, "meetings/move.html", shown, status=WRITTEN if form.is_bound else READ)


def _moved(request: PersonRequest, form: MoveForm, meeting: Meeting, at: datetime) -> bool:
    data = form.cleaned_data
    try:
        count_change(request)
        if data["scope"] == Scope.ONE:
            planning.move(
                meeting=meeting, day=data["first"], hour=data["hour"], length_min=data["length_min"], at=at
            )
            return True
        change = planning.Change(data["first"], data["hour"], data["rule"], data["length_min"])
        verb = planning.change_all if data["scope"] == Scope.ALL else planning.change_following
        verb(meeting=meeting, change=change, at=at)
    except Refused as refused:
        form.add_error(MOVED_FIELD_OF.get(refused.code, "first"), labels.refusal(refused.code))
        return False
    return True


@login_required
@page
def leave_out(request: PersonRequest, series_id: UUID) -> HttpResponse:
    """Leave days out of a series."""
    series = access.get_dated_series(request.user, series_id)
    back = dates_page(request.user, series.group)
    form = LeaveOutForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not limits.may_change_dates(request):
        form.add_error(None, labels.refusal("too_many_changes"))
    if form.is_bound and form.is_valid():
        many = planning.leave_out(series=series, days=form.cleaned_data["days"], at=timezone.now())
        text = ngettext("%(n)s meeting is cancelled by it.", "%(n)s meetings are cancelled by it.", many)
        messages.success(request, _("These days are left out.") + " " + text % {"n": many})
        return redirect(str(back["dates_url"]))
    shown = {
        **back,
        "group": series.group,
        "form": form,
        "described": labels.described(series.plan()),
        "left_out": sorted(series.plan().skipped),
    }
    return render(request, "meetings/leave_out.html", shown, status=WRITTEN if form.is_bound else READ)
