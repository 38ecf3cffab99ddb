"""Pages of the agreement: read it, accept a version, propose another, see who accepted what."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enid.groups import (
    access,
    agreement_links,
    agreement_terms,
    agreement_versions,
    course,
    labels,
    operations,
    queries,
)
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused, TooManyProposals
from enid.groups.forms import AgreementForm
from enid.groups.models import AgreementLink, Group
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits


@login_required
@page
def agreement(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Read the agreement and what is proposed; accept a version that was not accepted yet."""
    place = access.get_membership(request.user, group_id)
    if request.method == "POST":
        number = course.whole_number(request.POST.get("number", ""))
        try:
            operations.accept_agreement(membership=place, number=number, at=timezone.now())
        except Refused as refused:
            messages.warning(request, labels.refusal(refused.code))
            return redirect("group_agreement", group_id)
        return redirect("group", group_id)
    shown = {
        "group": place.group,
        "place": place,
        "leaders": queries.leaders(place.group),
        "agreement": queries.present_agreement(place.group),
        "named": agreement_terms.named(place.group),
        "to_accept": queries.agreement_to_accept(place),
        **_proposed(place.group),
        "asked": queries.proposal_to_accept(place),
    }
    return render(request, "groups/agreement.html", shown)


def _proposed(group: Group) -> dict[str, object]:
    """Return the open proposal, what it changes, and who has still to accept it."""
    proposal = queries.open_proposal(group)
    if proposal is None:
        return {"proposal": None}
    return {
        "proposal": proposal,
        "changes": agreement_terms.changes(group, proposal.terms),
        "waiting": queries.not_yet_accepted(group, proposal),
    }


@login_required
@page
def edit(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Propose a new text."""
    leader = access.get_leadership(request.user, group_id)
    newest = queries.newest_version(leader.group)
    first = {"text": newest.text, "number": newest.number}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=first)
    status = WRITTEN if form.is_bound else READ
    if form.is_bound and form.is_valid():
        text, number = form.cleaned_data["text"], form.cleaned_data["number"]
        try:
            if not limits.may_propose(request):
                raise TooManyProposals
            operations.write_agreement(
                group=leader.group, text=text, by=leader, read_number=number, at=timezone.now()
            )
            return redirect("group_agreement", group_id)
        except Refused as refused:
            form.add_error(None, labels.refusal(refused.code))
            form.data = {"text": text, "number": newest.number}
    shown = {"group": leader.group, "form": form, "newest": newest}
    return render(request, "groups/agreement_edit.html", shown, status=status)


@login_required
@require_POST
def withdraw(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Take the open proposal back."""
    group = access.get_led_group(request.user, group_id)
    number = course.whole_number(request.POST.get("number", ""))
    if agreement_versions.take_back(group=group, number=number, at=timezone.now()):
        messages.success(request, _("The proposal is withdrawn. The agreement stays as it is."))
    else:
        messages.warning(request, labels.refusal("agreement_changed"))
    return redirect("group_agreement", group_id)


@login_required
@require_safe
def versions(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show every version, and who accepted it when."""
    group = access.get_group(request.user, group_id)
    shown = {
        "group": group,
        "versions": queries.versions(group),
        "present": queries.present_agreement(group),
    }
    return render(request, "groups/agreement_versions.html", shown)


@limits.links
@never_cache
@page
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Read and accept a proposed version by the link in a mail; only a press accepts."""
    at = timezone.now()
    try:
        found = agreement_links.find(secret, at=at)
        if request.method == "POST":
            return _accepted(request, found)
    except Refused:
        return render(request, "groups/agreement_link_gone.html", status=404)
    group = found.membership.group
    shown = {
        "group": group,
        "leaders": queries.leaders(group),
        "agreement": queries.present_agreement(group),
        **_proposed(group),
    }
    return render(request, "groups/agreement_link.html", shown)


def _accepted(request: HttpRequest, found: AgreementLink) -> HttpResponse:
    """Accept once.

    raises: LinkGone, AgreementChanged
    """
    at = timezone.now()
    with transaction.atomic():
        agreement_links.use(found, at=at)
        operations.accept_agreement(membership=found.membership, number=found.agreement.number, at=at)
    shown = {"group": found.membership.group, **_proposed(found.membership.group)}
    return render(request, "groups/agreement_link_used.html", shown)
