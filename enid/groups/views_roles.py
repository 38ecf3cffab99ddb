"""Who has which role since when, for the circle; leaders end a coordinator's part here."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enid.groups import access, labels, queries, roles
from enid.groups.access import PersonRequest


@login_required
@require_safe
def roles_page(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show everybody's role to those who belong."""
    place = access.get_membership(request.user, group_id)
    coordinators = place.group.coordinations.filter(ended_at=None).select_related("person")
    circle = queries.circle(place.group)
    shown = {
        "group": place.group,
        "place": place,
        "circle": [(labels.role_name(each.role), each) for each in circle],
        "stays": roles.stays_alone(circle, today=timezone.localdate()),
        "coordinators": coordinators,
    }
    return render(request, "groups/roles.html", shown)


@login_required
@require_POST
def end_coordination(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Have somebody look after the dates no longer."""
    leader = access.get_leadership(request.user, group_id)
    roles.end_coordination(coordination=access.get_a_coordination(leader, pk), at=timezone.now())
    messages.success(request, _("They no longer look after the dates. What was planned stays."))
    return redirect("group_roles", group_id)
