"""Pages about oneself: settings, confirming who it is, sessions, export, erasure."""

from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from enid.people import export, fresh, operations
from enid.people.forms import CodeForm, EraseForm, SettingsForm
from enid.people.models import Person

FIELDS = ("display_name", "profession", "time_zone", "language")


class PersonRequest(HttpRequest):
    """A request by somebody who is signed in."""

    user: Person


@login_required
@require_http_methods(["GET", "POST"])
def me(request: PersonRequest) -> HttpResponse:
    """Show and change what a person says of themselves."""
    person = request.user
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(person, name) for name in FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        operations.change_settings(
            person=person,
            name=said["display_name"],
            profession=said["profession"],
            time_zone=said["time_zone"],
            language=said["language"],
        )
        messages.success(request, _("Saved."))
        return redirect(fresh.safe_next(request, reverse("me")))
    shown = {
        "form": form,
        "zones": sorted(available_timezones()),
        "next": fresh.safe_next(request, ""),
        "has_mail_server": bool(settings.SMTP_URL),
    }
    return render(request, "people/me.html", shown, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: PersonRequest) -> HttpResponse:
    """Confirm who it is by a code or a passkey."""
    person, target = request.user, fresh.safe_next(request, reverse("me"))
    form = CodeForm(request.POST if "code" in request.POST else None)
    if "send" in request.POST and not fresh.send_code(request, person):
        messages.error(request, _("Several codes are on their way already. Please wait a few minutes."))
    if form.is_bound and form.is_valid():
        if fresh.take_code(request, person, form.cleaned_data["code"]):
            return redirect(target)
        form.add_error("code", _("That is not the code, or it is too old. You can have a new one."))
    shown = {
        "form": form,
        "next": target,
        "sent": fresh.has_code(request),
        "has_passkey": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists(),
    }
    return render(request, "people/confirm.html", shown)


@login_required
@require_safe
def sessions(request: PersonRequest) -> HttpResponse:
    """List where this account is signed in."""
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at)
    return render(request, "people/sessions.html", {"sessions": found, "here": request.session.session_key})


@login_required
@require_POST
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one session."""
    operations.sign_out_one(person=request.user, pk=pk, at=timezone.now())
    return redirect("me_sessions")


@login_required
@require_POST
def sessions_end(request: PersonRequest) -> HttpResponse:
    """End every session, this one too."""
    operations.sign_out_everywhere(person=request.user, at=timezone.now())
    _leave_this_browser(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("home")


@fresh.required
@never_cache
@require_GET
def own_data(request: PersonRequest) -> HttpResponse:
    """Hand out everything kept about the person, as a file."""
    answer = JsonResponse(
        export.everything(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = 'attachment; filename="enid-my-data.json"'
    return answer


@fresh.required
@require_http_methods(["GET", "POST"])
def erase(request: PersonRequest) -> HttpResponse:
    """Erase the account, after saying what goes and what stays."""
    person = request.user
    form = EraseForm(request.POST if request.method == "POST" else None)
    reasons = operations.reasons_to_stay(person)
    if request.method == "POST" and form.is_valid():
        try:
            operations.erase(person=person, at=timezone.now())
        except operations.StillNeeded as needed:
            reasons = needed.reasons
        else:
            _leave_this_browser(request)
            messages.success(request, _("Your account and what Enid kept about you are erased."))
            return redirect("home")
    return render(
        request,
        "people/erase.html",
        {"form": form, "reasons": reasons},
        status=422 if request.method == "POST" else 200,
    )


def _leave_this_browser(request: HttpRequest) -> None:
    """End this session too, without telling a second time that somebody signed out."""
    request.session.flush()
    request.user = AnonymousUser()
