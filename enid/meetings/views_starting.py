"""The page that walks a leader through starting a group."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enid.groups.access import PersonRequest, get_led_group
from enid.meetings import queries, starting


@login_required
@require_safe
def steps(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show what is done for a group to form, and what is next."""
    group, at = get_led_group(request.user, group_id), timezone.now()
    so = starting.facts_of(group, has_dates=bool(queries.coming(group, at=at)), at=at)
    shown = {"group": group, "so": so, "steps": starting.steps(so), "next": starting.next_step(so)}
    return render(request, "meetings/starting.html", shown)
