"""Where django-allauth asks what this house wants."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from enid.people import codes, signup
from enid.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Sign-up by invitation; asking again who it is stands in enid.people.fresh."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether this browser may open an account."""
        return signup.may_sign_up(request)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Write that there is an account; allauth's own way asks for the page of a lost password, and there is none."""
        self.send_mail("account/email/account_already_exists", email, {})

    def is_reauthentication_required(self, app: str) -> bool:
        """Leave it to fresh.required: allauth never asks an account without a password again."""
        return False

    def get_login_stages(self) -> list[str]:
        """A code or a passkey is enough; a passkey after a code would lock out who lost their device."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.account.stages.EmailVerificationStage"]

    def post_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse:
        """Ask somebody who has no name yet by which the circle knows them; then go on to where they wanted."""
        answer: HttpResponse = super().post_login(request, user, **how)
        request.session.pop(codes.GOING, None)
        if user.display_name:
            return answer
        return redirect(f"{reverse('me')}?{urlencode({'next': answer['Location']})}")
