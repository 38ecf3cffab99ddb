"""The first page."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enid.groups.models import Membership
from enid.groups.queries import answers_for, coordinated_by, groups_of
from enid.meetings.models import Meeting
from enid.meetings.queries import is_open, next_meetings
from enid.people.models import Person


def home(request: HttpRequest) -> HttpResponse:
    """Say what Enid is to a visitor; a person finds their groups and next meetings here."""
    if not request.user.is_authenticated:
        return render(request, "site/home.html")
    at = timezone.now()
    shown: dict[str, object] = {
        "places": _places(request.user, at),
        "answers": answers_for(request.user, at=at),
    }
    shown["coordinated"] = coordinated_by(request.user)
    return render(request, "site/home.html", shown)


def _places(person: Person, at: datetime) -> list[tuple[Membership, Meeting | None, bool]]:
    """Return each place with its next meeting and whether its room is open, soonest first."""
    places = groups_of(person)
    soonest = next_meetings([place.group for place in places], at=at)
    rows = [(place, soonest.get(place.group_id)) for place in places]
    rows.sort(key=lambda row: (row[1] is None, row[1].starts_at if row[1] else at))
    return [(place, meeting, meeting is not None and is_open(meeting, at=at)) for place, meeting in rows]
