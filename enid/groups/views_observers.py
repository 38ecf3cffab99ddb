"""Pages about observers: leaders ask, each member says alone, anyone stops it with one press."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups import access, labels, observers
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.life_forms import VisitForm
from enid.groups.life_models import Visit
from enid.groups.models import Membership
from enid.groups.views import READ, WRITTEN, page


@login_required
@never_cache
@page
def observers_page(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show who would watch and what everybody may know of it; leaders ask."""
    place = access.get_membership(request.user, group_id)
    if request.method != "POST":
        return _observers_page(request, place, VisitForm())
    place = access.get_leadership(request.user, group_id)
    form, link = VisitForm(request.POST), ""
    if form.is_valid():
        link = _asked(form, place)
    return _observers_page(request, place, form, link, READ if link else WRITTEN)


def _asked(form: VisitForm, place: Membership) -> str:
    try:
        _visit, secret = observers.ask(group=place.group, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, labels.refusal(refused.code))
        return ""
    return settings.URL + reverse("watch", args=[secret])


def _observers_page(
    request: PersonRequest, place: Membership, form: VisitForm, link: str = "", status: int = READ
) -> HttpResponse:
    visits = place.group.visits.select_related("group")
    shown = {
        "group": place.group,
        "place": place,
        "form": form,
        "link": link,
        "visits": [_line(visit, place) for visit in visits],
    }
    return render(request, "groups/observers.html", shown, status=status)


def _line(visit: Visit, place: Membership) -> dict[str, object]:
    """Return what this member may know of a visit: the outcome, and what they said themselves."""
    at = timezone.now()
    own = visit.consents.filter(membership=place).values_list("yes", flat=True).first()
    return {
        "visit": visit,
        "outcome": observers.outcome(visit, at=at).value,
        "may_answer": observers.may_answer(visit, at=at),
        "own": own,
    }


@login_required
@require_POST
def answer(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Say yes or not this time, or stop a visit; nobody learns who did."""
    place = access.get_membership(request.user, group_id)
    visit, at = access.get_visit(place.group, pk), timezone.now()
    deed = request.POST.get("do", "")
    if deed not in ("stop", "yes", "no"):
        raise BadRequest
    try:
        if deed == "stop":
            observers.stop(visit=visit, at=at)
        else:
            observers.say(visit=visit, membership=place, yes=deed == "yes", at=at)
            messages.success(request, _("Kept. Nobody else learns what you said."))
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    return redirect("group_observers", group_id)
