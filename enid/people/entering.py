"""Forms of django-allauth at the door, with the rules of this house."""

from typing import Any

from allauth.account.forms import SignupForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
