"""Pages of a group's life: where it stands, whether each goes on, who waits for a place. Leaders move it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enid.groups import access, invitations, labels, life, queries
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.life_forms import TermForm, WaitingForm
from enid.groups.life_models import GoingOn
from enid.groups.models import Group, Membership
from enid.groups.views import READ, WRITTEN, page

_MOVES: dict[str, Callable[[Group, datetime], None]] = {
    "begin": lambda group, at: life.begin(group=group),
    "rest": lambda group, at: life.rest(group=group, at=at),
    "close": lambda group, at: life.close_circle(group=group, at=at),
    "open": lambda group, at: life.open_circle(group=group),
    "decide": lambda group, at: life.ask_to_decide(group=group, at=at),
    "last": lambda group, at: life.announce_end(group=group, at=at),
    "not_last": lambda group, at: life.take_end_back(group=group),
}


@login_required
@page
def life_page(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show where the group stands in its life; leaders move it."""
    place = access.get_membership(request.user, group_id)
    if request.method != "POST":
        return _life_page(request, place, TermForm())
    if not place.is_leader:
        raise Http404
    deed, at = request.POST.get("do", ""), timezone.now()
    if deed == "term":
        form = TermForm(request.POST)
        if not form.is_valid():
            return _life_page(request, place, form, WRITTEN)
        life.begin_term(group=place.group, by=place, at=at, **form.cleaned_data)
        messages.success(request, _("A new term begins. What each said is forgotten."))
    elif deed in _MOVES:
        _MOVES[deed](place.group, at)
    else:
        raise BadRequest
    return redirect("group_life", group_id)


def _life_page(request: PersonRequest, place: Membership, form: TermForm, status: int = READ) -> HttpResponse:
    group = place.group
    proposal = queries.open_proposal(group)
    shown = {
        "group": group,
        "place": place,
        "form": form,
        "places": life.places_open(group),
        "waiting": group.waiting.count() if place.is_leader else 0,
        "term_proposed": bool(proposal and "term" in proposal.terms),
        "goes_on": life.who_goes_on(group) if place.is_leader and group.deciding_since else [],
    }
    return render(request, "groups/life.html", shown, status=status)


@login_required
@page
def going_on(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Let a member say, alone, whether they go on."""
    place = access.get_membership(request.user, group_id)
    if request.method == "POST":
        try:
            life.say_going_on(membership=place, answer=request.POST.get("answer", ""), at=timezone.now())
        except Refused as refused:
            messages.warning(request, labels.refusal(refused.code))
        else:
            messages.success(request, _("Kept. You may change it until the next term begins."))
        return redirect("group_going_on", group_id)
    shown = {
        "group": place.group,
        "answers": GoingOn.Answer.choices,
        "own": life.own_answer(place),
    }
    return render(request, "groups/going_on.html", shown)


@login_required
@page
def waiting(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Keep the list of those who would like a place."""
    group = access.get_led_group(request.user, group_id)
    form = WaitingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            life.let_wait(group=group, at=timezone.now(), **form.cleaned_data)
            return redirect("group_waiting", group_id)
        except Refused as refused:
            form.add_error(None, labels.refusal(refused.code))
    shown = {"group": group, "form": form, "waiting": group.waiting.all(), "places": life.places_open(group)}
    return render(request, "groups/waiting.html", shown, status=WRITTEN if form.is_bound else READ)


@login_required
@require_POST
def waits_no_longer(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    group = access.get_led_group(request.user, group_id)
    life.no_longer_waits(group=group, email=access.get_waiting(group, pk).email)
    return redirect("group_waiting", group_id)


@login_required
@require_POST
def talked(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Note that a preliminary talk took place."""
    group = access.get_led_group(request.user, group_id)
    invitation = access.get_invitation(group, pk)
    invitations.note_talk(invitation=invitation, at=timezone.now())
    return redirect("group_invite", group_id)
