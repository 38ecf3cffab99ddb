"""What an employer or programme sees: for them behind a secret link, and the same for every member."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enid.groups import labels, outsiders
from enid.groups.access import PersonRequest, get_led_group, get_membership
from enid.groups.errors import NothingToShow
from enid.groups.models import Membership
from enid.meetings import queries
from enid.people import limits


@login_required
@require_safe
def outside(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show members the very page that an employer or programme sees, and whether they have a link to it."""
    return _members_page(request, get_membership(request.user, group_id))


def _members_page(request: PersonRequest, place: Membership, link: str = "") -> HttpResponse:
    shown = {
        "group": place.group,
        "place": place,
        "seen": queries.seen_from_outside(place.group),
        "handed": outsiders.link_of(place.group),
        "link": link,
    }
    return render(request, "meetings/outside.html", shown)


@login_required
@never_cache
@require_POST
def make(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Make the link for those whom the agreement names, and show it once."""
    group = get_led_group(request.user, group_id)
    try:
        secret = outsiders.make_link(group=group, at=timezone.now())
    except NothingToShow as refused:
        messages.warning(request, labels.refusal(refused.code))
        return redirect("group_outside", group_id)
    link = settings.URL + reverse("outside_link", args=[secret])
    return _members_page(request, get_membership(request.user, group_id), link)


@login_required
@require_POST
def withdraw(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Take the link back."""
    outsiders.withdraw(get_led_group(request.user, group_id))
    messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return redirect("group_outside", group_id)


@limits.links
@never_cache
@require_safe
def seen(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an employer or programme what the agreement names, and nothing else."""
    group = outsiders.find(secret)
    if group is None:
        return render(request, "meetings/seen_gone.html", status=404)
    return render(request, "meetings/seen.html", {"group": group, "seen": queries.seen_from_outside(group)})
