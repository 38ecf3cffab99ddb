"""Pages about who belongs and who leads."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from enid.groups import access, labels, operations
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.forms import DeclarationForm, spoken
from enid.groups.models import Membership
from enid.groups.views import READ, WRITTEN, page


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
    deed = request.POST.get("do")
    if deed == "ask":
        operations.ask_to_lead(member=companion, at=timezone.now())
        return redirect("group_member", group_id, pk)
    if deed == "remove" and _done(
        request, lambda: operations.remove(membership=companion, at=timezone.now())
    ):
        _tell(companion)
        return redirect("group", group_id)
    return render(request, "groups/member.html", {"group": leader.group, "place": companion})


def _tell(gone: Membership) -> None:
    body = _("You no longer belong to the group “%(group)s”. Questions go to its leaders.\n")
    subject = _("About your Balint group")
    EmailMessage(subject=subject, body=body % {"group": gone.group.name}, to=[gone.person.email]).send()


@login_required
@page
def lead(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Begin to lead when asked, or change what one said of oneself."""
    place = access.get_membership(request.user, group_id)
    if not place.is_leader and place.asked_to_lead_at is None:
        raise Http404
    if request.POST.get("do") == "decline":
        operations.decline_to_lead(member=place)
        return redirect("group", group_id)
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=spoken(place))
    if form.is_bound and form.is_valid() and _done(request, lambda: _say(place, form)):
        messages.success(request, _("Saved. Everybody who belongs or is invited can read it."))
        return redirect("group", group_id)
    shown = {"group": place.group, "place": place, "form": form}
    return render(request, "groups/lead.html", shown, status=WRITTEN if form.is_bound else READ)


def _say(place: Membership, form: DeclarationForm) -> None:
    at, said = timezone.now(), form.declaration()
    if place.is_leader:
        operations.change_declaration(leader=place, declaration=said, at=at)
    else:
        operations.begin_to_lead(member=place, declaration=said, at=at)


@login_required
@page
def stop_leading(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Become a member again, after one question."""
    leader = access.get_leadership(request.user, group_id)
    if request.method == "POST" and _done(request, lambda: operations.stop_leading(leader=leader)):
        return redirect("group", group_id)
    return render(request, "groups/stop_leading.html", {"group": leader.group})


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
