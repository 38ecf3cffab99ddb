"""Invitations: leaders write them; whoever holds one reads, answers, and joins by accepting the agreement.

Only a POST joins or answers: programs that scan mail open links, and must change nothing by it.
"""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups import access, course, invitations, labels, queries, relations
from enid.groups.access import PersonRequest
from enid.groups.errors import AlreadyHere, InvitationGone, Refused, TooManyLetters
from enid.groups.forms import DeclarationForm, InviteForm, QuestionForm
from enid.groups.models import Group, Invitation, InvitedAs, Membership
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits, signup

CARRIED = "invitation"  # session key: which invitation waits while somebody signs in; never its secret


@login_required
@never_cache
@page
def invite(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Write an invitation; send it by mail or show its link once."""
    leader = access.get_leadership(request.user, group_id)
    at, group = timezone.now(), leader.group
    link = text = ""
    form = InviteForm(request.POST if request.method == "POST" else None)
    form.fields["text"].initial = invitations.letter(group, at=at)
    status = WRITTEN if form.is_bound else READ
    if form.is_bound and form.is_valid():
        try:
            link, text = _write(request, leader, form, at)
        except Refused as refused:
            form.add_error(None, labels.refusal(refused.code))
        else:
            status = READ
            if form.cleaned_data["email"]:
                messages.success(request, _("The invitation is on its way."))
                return redirect("group_invite", group_id)
    shown = {"group": group, "form": form, "link": link, "text": text}
    shown["waiting"] = queries.open_invitations(group, at=at)
    return render(request, "groups/invite.html", shown, status=status)


@transaction.atomic
def _write(request: PersonRequest, leader: Membership, form: InviteForm, at: datetime) -> tuple[str, str]:
    """Return the link and the whole letter; mail it where an address was given."""
    data = form.cleaned_data
    invitee = invitations.Invitee(data["name"], data["email"], data["role"])
    made, secret = invitations.invite(group=leader.group, by=leader.person, invitee=invitee, at=at)
    if data["email"] and not limits.may_write_invitation(request):
        raise TooManyLetters
    link = settings.URL + reverse("invitation", args=[secret])
    text = data["text"] or invitations.letter(leader.group, at=at)
    letter = invitations.ready_letter(invitation=made, text=text, link=link)
    if data["email"]:
        invitations.send_letter(invitation=made, letter=letter, reply_to=leader.person.email)
    return link, letter


@login_required
@require_POST
def withdraw(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Take an invitation back."""
    group = access.get_led_group(request.user, group_id)
    invitation = access.get_invitation(group, pk)
    invitations.withdraw(invitation=invitation, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("group_invite", group_id)


@never_cache
@page
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what an invitee should know, and take one of three answers."""
    try:
        found = invitations.find(secret, at=timezone.now())
    except InvitationGone:
        return _home_by(request, secret) or _gone(request)
    if request.method != "POST":
        return _letter_page(request, found, QuestionForm(initial={"email": found.email}))
    return _ANSWERS.get(request.POST.get("answer", ""), _unknown)(request, found)


def _home_by(request: HttpRequest, secret: str) -> HttpResponse | None:
    """Lead somebody who joined by this link to their group; whoever does not belong learns nothing."""
    person = request.user
    if not person.is_authenticated:
        return None
    place = invitations.place_by(secret, person_id=person.pk)
    return redirect("group", place.group_id) if place else None


def _gone(request: HttpRequest) -> HttpResponse:
    """Say the same of used, expired, withdrawn and invented links, and nothing of any group."""
    return render(request, "groups/invitation_gone.html", status=404)


def _letter_page(
    request: HttpRequest, found: Invitation, form: QuestionForm, status: int = READ
) -> HttpResponse:
    shown = {**_told(found), "form": form}
    return render(request, "groups/invitation.html", shown, status=status)


def _told(found: Invitation) -> dict[str, object]:
    """Return everything an invitee reads before joining."""
    return {
        "invitation": found,
        "group": found.group,
        "leaders": queries.leaders(found.group),
        "known": queries.known_about(found.group),
        "agreement": queries.present_agreement(found.group),
    }


def _gladly(request: HttpRequest, found: Invitation) -> HttpResponse:
    invitations.answer(invitation=found, answer=invitations.GLADLY)
    request.session[CARRIED] = found.pk
    if not request.user.is_authenticated:
        signup.allow(request, "invitation", found.pk)
    return redirect("invitation_carried")


def _question(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _letter_page(request, found, form, WRITTEN)
    data = form.cleaned_data
    try:
        invitations.ask(
            invitation=found, question=data["question"], reply_to=data["email"], at=timezone.now()
        )
    except Refused as refused:
        form.add_error(None, labels.refusal(refused.code))
        return _letter_page(request, found, form, WRITTEN)
    return render(request, "groups/invitation_answered.html", {"answer": "question"})


def _not_now(request: HttpRequest, found: Invitation) -> HttpResponse:
    invitations.answer(invitation=found, answer=invitations.NOT_NOW)
    return render(
        request, "groups/invitation_answered.html", {"answer": "not_now", "until": found.expires_at}
    )


def _unknown(request: HttpRequest, found: Invitation) -> HttpResponse:
    return _letter_page(request, found, QuestionForm(initial={"email": found.email}), WRITTEN)


_ANSWERS = {
    invitations.GLADLY: _gladly,
    invitations.QUESTION: _question,
    invitations.NOT_NOW: _not_now,
}


@never_cache
@page
def carried(request: HttpRequest) -> HttpResponse:
    """Accept the agreement and join, with the invitation that this browser carries; sign in first."""
    if CARRIED not in request.session:
        raise Http404
    try:
        found = invitations.carried(request.session[CARRIED], at=timezone.now())
    except InvitationGone:
        return _gone(request)
    if not request.user.is_authenticated:
        return render(request, "groups/invitation_sign_in.html", {"next": reverse("invitation_carried")})
    if found.role == InvitedAs.COORDINATOR:
        return _coordinate(cast(PersonRequest, request), found)
    leads = found.role in (Membership.Role.LEADER, Membership.Role.TRAINEE)
    form = DeclarationForm(request.POST if request.method == "POST" else None) if leads else None
    asks = bool(relations.unanswered(cast(PersonRequest, request).user, found.group, before=found.created_at))
    unsaid = asks and "still" not in request.POST
    if request.method != "POST" or unsaid or (form and not form.is_valid()):
        return _accept_page(request, found, form, asks=asks)
    return _join(cast(PersonRequest, request), found, form)


def _coordinate(request: PersonRequest, found: Invitation) -> HttpResponse:
    """Begin to look after the dates, after one press."""
    if request.method != "POST":
        return render(request, "groups/coordination_accept.html", {"group": found.group})
    try:
        invitations.accept_coordination(invitation=found, person=request.user, at=timezone.now())
    except InvitationGone:
        return _gone(request)
    del request.session[CARRIED]
    return redirect("group_coordination", found.group_id)


def _accept_page(
    request: HttpRequest, found: Invitation, form: DeclarationForm | None, *, asks: bool
) -> HttpResponse:
    status = WRITTEN if request.method == "POST" else READ
    shown = {**_told(found), "form": form, "asks": asks}
    return render(request, "groups/invitation_accept.html", shown, status=status)


def _join(request: PersonRequest, found: Invitation, form: DeclarationForm | None) -> HttpResponse:
    group: Group = found.group
    try:
        invitations.accept(
            invitation=found,
            person=request.user,
            number=course.whole_number(request.POST.get("number", "")),
            declaration=form.declaration() if form else None,
            at=timezone.now(),
        )
    except InvitationGone:
        return _gone(request)
    except AlreadyHere as refused:
        messages.warning(request, labels.refusal(refused.code))
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
        return redirect("invitation_carried")
    else:
        relations.belong_all_the_same(request.user, group, at=timezone.now(), before=found.created_at)
    del request.session[CARRIED]
    return redirect("group", group.pk)
