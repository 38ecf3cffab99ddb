"""Pages about who belongs and who leads."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from enid.groups import access, labels, operations, roles
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused, TooManyProposals
from enid.groups.forms import DeclarationForm, spoken
from enid.groups.life_forms import UntilForm
from enid.groups.life_models import PastRole
from enid.groups.models import Membership
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits


@login_required
@page
def leave(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Leave a group, after one question."""
    place = access.get_membership(request.user, group_id)
    if request.method == "POST" and _done(
        request, lambda: operations.leave(membership=place, at=timezone.now())
    ):
        messages.success(request, _("You have left the group."))
        return redirect("home")
    return render(request, "groups/leave.html", {"group": place.group, "place": place})


@login_required
@page
def member(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Ask somebody to lead too, or remove them."""
    leader = access.get_leadership(request.user, group_id)
    companion = access.get_companion(leader, pk)
    deed = request.POST.get("do", "")
    if deed in _ROLE_DEEDS:
        _done(request, lambda: _ROLE_DEEDS[deed](companion, request.POST.get("role", ""), timezone.now()))
        return redirect("group_member", group_id, pk)
    if deed in ("ask", "ask_trainee"):
        role = Membership.Role.LEADER if deed == "ask" else Membership.Role.TRAINEE
        operations.ask_to_lead(member=companion, at=timezone.now(), role=role)
        return redirect("group_member", group_id, pk)
    if deed == "remove" and _done(
        request, lambda: operations.remove(membership=companion, at=timezone.now())
    ):
        _tell(companion)
        return redirect("group", group_id)
    shown = {"group": leader.group, "place": companion, "past": _past(companion)}
    shown["roles"] = [(role, labels.role_name(role)) for role in roles.BY_LEADERS if role != companion.role]
    return render(request, "groups/member.html", shown)


def _past(place: Membership) -> list[tuple[str, PastRole]]:
    return [(labels.role_name(each.role), each) for each in place.past_roles.all()]


_ROLE_DEEDS: dict[str, Callable[[Membership, str, datetime], None]] = {
    "role": lambda place, role, at: roles.give(place=place, role=role, at=at),
    "deputy": lambda place, role, at: roles.name_deputy(place=place, at=at),
    "no_deputy": lambda place, role, at: roles.end_deputy(place=place, at=at),
}


def _tell(gone: Membership) -> None:
    body = _("You no longer belong to the group “%(group)s”. Questions go to its leaders.\n")
    subject = _("About your Balint group")
    EmailMessage(subject=subject, body=body % {"group": gone.group.name}, to=[gone.person.email]).send()


@login_required
@page
def lead(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Begin to lead, or to learn it, when asked; or change what one said of oneself."""
    place = access.get_membership(request.user, group_id)
    if not place.declares and place.asked_to_lead_at is None:
        raise Http404
    if request.POST.get("do") == "decline":
        operations.decline_to_lead(member=place)
        return redirect("group", group_id)
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=spoken(place))
    if form.is_bound and form.is_valid() and _done(request, lambda: _say(request, place, form)):
        messages.success(request, _("Saved. Everybody who belongs or is invited can read it."))
        return redirect("group", group_id)
    shown = {"group": place.group, "place": place, "form": form}
    return render(request, "groups/lead.html", shown, status=WRITTEN if form.is_bound else READ)


def _say(request: PersonRequest, place: Membership, form: DeclarationForm) -> None:
    if not limits.may_propose(request):
        raise TooManyProposals
    at, said = timezone.now(), form.declaration()
    if place.asked_to_lead_at:
        operations.begin_to_lead(member=place, declaration=said, at=at)
    else:
        operations.change_declaration(leader=place, declaration=said, at=at)


@login_required
@page
def stop_leading(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Become a member again, after one question."""
    leader = access.get_leadership(request.user, group_id)
    if request.POST.get("do") in ("until", "stay"):
        return _lead_until(request, leader)
    if request.method == "POST" and _done(
        request, lambda: operations.stop_leading(leader=leader, at=timezone.now())
    ):
        return redirect("group", group_id)
    return _stop_page(request, leader, UntilForm(initial={"day": leader.leads_until}))


def _stop_page(request: HttpRequest, leader: Membership, form: UntilForm, status: int = READ) -> HttpResponse:
    shown = {"group": leader.group, "place": leader, "form": form}
    return render(request, "groups/stop_leading.html", shown, status=status)


def _lead_until(request: HttpRequest, leader: Membership) -> HttpResponse:
    """Keep a leader's last day, or take it back."""
    if request.POST["do"] == "stay":
        roles.lead_until(leader=leader, day=None)
        return redirect("group_stop_leading", leader.group_id)
    form = UntilForm(request.POST)
    if not form.is_valid():
        return _stop_page(request, leader, form, WRITTEN)
    roles.lead_until(leader=leader, day=form.cleaned_data["day"])
    messages.success(request, _("Kept. The circle reads until when you lead; until then you lead as before."))
    return redirect("group", leader.group_id)


@login_required
@page
def end(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """End the group for everybody, after one question."""
    group = access.get_led_group(request.user, group_id)
    if request.method == "POST":
        operations.end_group(group=group, at=timezone.now())
        messages.success(request, _("The group has ended."))
        return redirect("home")
    return render(request, "groups/end.html", {"group": group})


def _done(request: HttpRequest, verb: Callable[[], object]) -> bool:
    """Run a verb; tell a refusal in a sentence."""
    try:
        verb()
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
        return False
    return True
