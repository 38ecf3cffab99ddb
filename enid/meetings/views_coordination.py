"""The page of whoever looks after a group's dates and rooms. It names no member and opens no room."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from enid.groups.access import PersonRequest, get_coordination
from enid.groups.models import Group
from enid.meetings import labels, queries
from enid.meetings.errors import TooManyChanges
from enid.meetings.models import Meeting
from enid.people import limits
from enid.people.models import Person


@login_required
@require_safe
def coordination(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show dates, place and telephone to a coordinator, who plans, moves and cancels."""
    group, at = get_coordination(request.user, group_id).group, timezone.now()
    shown = {
        "group": group,
        "series": [(each, labels.described(each.plan())) for each in queries.living_series(group, at=at)],
        "dates": [(each, queries.is_ahead(each, at=at)) for each in queries.planned(group, at=at)],
    }
    return render(request, "meetings/coordination.html", shown)


def told_too_late(request: PersonRequest, meeting: Meeting, back: dict[str, object]) -> bool:
    """Tell a coordinator who does not belong that it is too late to change a date, by the clock alone.

    A refusal because people have been in the room would tell that the group met.
    """
    late = not back["belongs"] and not queries.is_ahead(meeting, at=timezone.now())
    if late:
        messages.warning(request, labels.refusal("too_late"))
    return late


def count_change(request: PersonRequest) -> None:
    """Count a change of dates.

    raises: TooManyChanges
    """
    if not limits.may_change_dates(request):
        raise TooManyChanges


def dates_page(person: Person, group: Group) -> dict[str, object]:
    """Return where this reader finds the dates; a coordinator who does not belong has a page of their own."""
    belongs = group.memberships.filter(person=person, left_at=None).exists()
    name = "group_dates" if belongs else "group_coordination"
    return {"belongs": belongs, "dates_url": reverse(name, args=[group.pk])}
