"""The page behind an observer's link: being asked, accepting what holds, and the way to the room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from enid.groups import observers
from enid.groups import queries as groups
from enid.groups.errors import NoVisit
from enid.groups.life_models import Visit
from enid.groups.views import page
from enid.meetings import access, queries
from enid.meetings.models import Meeting


@never_cache
@page
def watch(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell whoever would watch where the answer stands; once all have said yes, let them accept."""
    at = timezone.now()
    try:
        visit = observers.find(secret, at=at)
        if request.method == "POST":
            observers.agree(visit=visit, at=at)
            carried = {*request.session.get(access.WATCHING, []), visit.pk}
            request.session[access.WATCHING] = sorted(carried)
            return redirect("watch", secret)
    except NoVisit:
        return render(request, "groups/invitation_gone.html", status=404)
    shown = {
        "visit": visit,
        "group": visit.group,
        "outcome": observers.outcome(visit, at=at).value,
        "agreement": groups.present_agreement(visit.group),
        "leaders": groups.leaders(visit.group),
        "carries": visit.pk in request.session.get(access.WATCHING, []),
        "meetings": [(each, queries.is_open(each, at=at)) for each in _meetings(visit)],
    }
    return render(request, "meetings/watch.html", shown)


def _meetings(visit: Visit) -> list[Meeting]:
    """Return the meetings to come of the days of this visit."""
    coming = queries.coming(visit.group, at=timezone.now())
    days = ((each, observers.day_of(visit.group, each.starts_at)) for each in coming)
    return [each for each, day in days if visit.first_day <= day <= visit.last_day]
