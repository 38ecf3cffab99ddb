"""The page by which a member writes past the leaders."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from enid.groups import access, concerns, labels
from enid.groups.access import PersonRequest
from enid.groups.forms_concerns import ConcernForm
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits


@login_required
@never_cache
@page
def concern(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Write to whom the agreement names, without the leaders learning of it."""
    group = access.get_group(request.user, group_id)
    to, can_send = concerns.address_of(group), concerns.can_send()
    form = ConcernForm(request.POST if request.method == "POST" and to and can_send else None)
    if form.is_valid() and not limits.may_write_concern(request):
        form.add_error(None, labels.refusal("too_many_concerns"))
    shown = {"group": group, "form": form, "to": to, "can_send": can_send, "sent": False}
    if not form.is_bound or not form.is_valid():
        return render(request, "groups/concern.html", shown, status=WRITTEN if form.is_bound else READ)
    sender = request.user if form.cleaned_data["named"] == "yes" else None
    concerns.send(group=group, to=to, text=form.cleaned_data["text"], sender=sender)
    return render(request, "groups/concern.html", {**shown, "sent": True})
