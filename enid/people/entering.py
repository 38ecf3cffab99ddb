"""Forms of django-allauth at the door, with the rules of this house."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm, SignupForm
from allauth.core import context
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from enid.people import limits, signup
from enid.people.models import Person


class OpenAccountForm(SignupForm):  # type: ignore[misc] # allauth is not typed
    """Open an account by what has sent this browser, which opens one and no more."""

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | Any]:
        """Return the account, or the page that says why there is none."""
        if not limits.may_begin_account(request):
            return None, limits.too_many(request)
        # An address that has an account spends nothing, or a second try would tell which addresses have one.
        if self.account_already_exists:
            return super().try_save(request)  # type: ignore[no-any-return]
        with transaction.atomic():
            if not signup.hold(request):
                return None, render(request, "account/signup_closed.html", status=403)
            person, answer = super().try_save(request)
            if person:
                signup.spend(request, person)
        return person, answer


class AskCodeForm(RequestLoginCodeForm):  # type: ignore[misc] # allauth is not typed
    """Ask for a code; known and unknown addresses are counted and answered alike."""

    def clean_email(self) -> str:
        """Return the address, after counting."""
        email = str(super().clean_email())
        if not limits.may_ask_code(context.request, email):
            raise ValidationError(
                _("Several codes are on their way already. Please wait a few minutes."), code="too_many_codes"
            )
        return email
