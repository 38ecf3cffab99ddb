"""The way to a code from a mail: asking for it, having it sent again, beginning anew with another address.

django-allauth leads whoever waits for a code back to the page where it is typed, so that a mistyped address would be
a dead end; and on the way it forgets where somebody was going.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.stagekit import clear_login, stash_login, unstash_login
from allauth.account.stages import LoginByCodeStage, LoginStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enid.people import fresh, operations

GOING = "after_code"  # session key: where somebody goes once they are in
View = Callable[..., HttpResponseBase]


def keeps_the_way(view: View) -> View:
    """Remember where a visitor was going, and carry it on where they have to begin anew."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated and (going := fresh.safe_next(request, "")):
            request.session[GOING] = going
        answer = view(request, *args, **kwargs)
        going = request.session.get(GOING, "")
        if going and answer.get("Location") in (reverse("account_login"), reverse("account_signup")):
            answer["Location"] += "?" + urlencode({"next": going})
        return answer

    return keeping


class _AskCode(account.RequestLoginCodeView):  # type: ignore[misc] # allauth is not typed
    """The page that asks for a code. While one can be typed in this browser, no other goes to the same address."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponse | None:
        if stage.key == LoginByCodeStage.key and self._names_another(request, stage.login.email or ""):
            clear_login(request)
            return None
        answer: HttpResponse = super()._redirect_to_pending_stage(request, stage)
        return answer

    def _names_another(self, request: HttpRequest, email: str) -> bool:
        return request.POST.get("email", email).strip().lower() != email.lower()


_ask_code = _AskCode.as_view()


@keeps_the_way
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send a code to sign in with; sent again it is a new one, with its own ten minutes."""
    waits = unstash_login(request) if "again" in request.POST else None
    answer: HttpResponseBase = _ask_code(request)
    if waits is None:
        return answer
    if answer.status_code != 302:  # too many: the code that was sent still holds
        stash_login(request, waits)
        return _too_soon(request, "account_confirm_login_code")
    messages.success(request, _told_again())
    return answer


@keeps_the_way
def confirm_address(request: HttpRequest) -> HttpResponseBase:
    """Take the code that shows whose address it is, or send another."""
    again = request.POST.get("action") == "resend"
    process = EmailVerificationProcess.resume(request) if again else None
    if process and not _may_send(request, process):
        return _too_soon(request, "account_email_verification_sent")
    answer: HttpResponseBase = account.email_verification_sent(request)
    if process:
        messages.success(request, _told_again())
    return answer


@require_POST
@keeps_the_way
def another_address(request: HttpRequest) -> HttpResponseBase:
    """Put aside the code that somebody waits for, and ask for the address again."""
    opens = EMAIL_VERIFICATION_CODE_SESSION_KEY in request.session
    process = EmailVerificationProcess.resume(request)
    if process is None:
        clear_login(request)
    else:
        process.abort()
    if request.user.is_authenticated:
        return redirect("account_email")
    if process and process.user:
        # Else the address would count as taken if it was right after all.
        operations.drop_unfinished(person=process.user)
    return redirect("account_signup" if opens else "account_login")


def _may_send(request: HttpRequest, process: Any) -> bool:
    allowed = consume_email_verification_rate_limit(request, process.email, dry_run=True)
    return bool(process.can_resend and allowed)


def _too_soon(request: HttpRequest, page: str) -> HttpResponseBase:
    messages.warning(
        request, _("No further code was sent: please use the newest one, or wait a few minutes.")
    )
    going = request.session.get(GOING, "")
    return redirect(reverse(page) + ("?" + urlencode({"next": going}) if going else ""))


def _told_again() -> str:
    return _("A new code takes the place of the one before.")
