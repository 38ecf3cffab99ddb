"""People without an account whom leaders ask too: their links, handed over by leaders."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.polls import access, labels, operations, queries
from enid.polls.forms import NamesForm
from enid.polls.links import link_of


@login_required
@never_cache
@page
def people(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Show each person's link, and take more names."""
    poll, at = access.get_led_poll(request.user, group_id, poll_id), timezone.now()
    form = NamesForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            operations.name_people(poll=poll, names=form.cleaned_data["names"], at=at)
            return redirect("poll_people", group_id, poll_id)
        except Refused as refused:
            form.add_error(None, labels.refusal(refused.code))
    shown = {
        "group": poll.group,
        "poll": poll,
        "open": queries.is_open(poll, at=at),
        "form": form,
        "named": [(asked, link_of(asked)) for asked in queries.named(poll)],
    }
    return render(request, "polls/people.html", shown, status=WRITTEN if form.is_bound else READ)


@login_required
@require_POST
def renew(request: PersonRequest, group_id: UUID, poll_id: UUID, pk: int) -> HttpResponse:
    """Give somebody another link."""
    asked = access.get_named(request.user, group_id, poll_id, pk)
    operations.renew_link(asked=asked)
    messages.success(request, _("There is a new link. The one before opens nothing any more."))
    return redirect("poll_people", group_id, poll_id)


@login_required
@require_POST
def withdraw(request: PersonRequest, group_id: UUID, poll_id: UUID, pk: int) -> HttpResponse:
    """Take somebody out, with their link and their answer."""
    asked = access.get_named(request.user, group_id, poll_id, pk)
    operations.withdraw_link(asked=asked, at=timezone.now())
    messages.success(request, _("The link opens nothing any more, and the answer is deleted."))
    return redirect("poll_people", group_id, poll_id)
