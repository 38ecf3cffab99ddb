"""Passkeys: what a browser hands over is read with suspicion before django-allauth takes it."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Line

LONGEST = 20_000  # letters of JSON; a real passkey's answer has about two thousand
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, struct.error)
NOT_TAKEN = _("The passkey could not be read. Nothing was changed; please try again.")


@contextmanager
def suspicion() -> Iterator[None]:
    """Turn whatever a forged answer breaks in the parsers below into one calm sentence."""
    try:
        yield
    except UNREADABLE as error:
        raise ValidationError(NOT_TAKEN, code="unreadable") from error


class Credential(forms.JSONField):
    """A browser's answer; neither long nor nested deep enough to exhaust the parser."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the answer as plain values."""
        try:
            if len(value or "") > LONGEST:
                raise ValidationError(NOT_TAKEN, code="unreadable")
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(NOT_TAKEN, code="unreadable") from error


class AddForm(AddWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A new passkey and a name for it."""

    name = Line(_("A name for it"), 60, required=False)
    credential = Credential()

    def clean_passwordless(self) -> bool:
        """Every passkey here signs in by itself, so its owner must have been recognised by the device."""
        return True

    def clean(self) -> dict[str, Any]:
        """Take the browser's answer."""
        with suspicion():
            return dict(super().clean())


class EditForm(EditWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A passkey's other name."""

    name = Line(_("A name for it"), 60)


class LoginForm(LoginWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """Sign in by a passkey."""

    credential = Credential()

    def clean_credential(self) -> Any:
        """Return the passkey that answered."""
        with suspicion():
            return super().clean_credential()


class ConfirmForm(ReauthenticateWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """Confirm by a passkey that it is still the same person."""

    credential = Credential()

    def clean_credential(self) -> Any:
        """Return the passkey that answered."""
        with suspicion():
            return super().clean_credential()


class ConfirmView(ReauthenticateWebAuthnView):  # type: ignore[misc] # allauth is not typed
    """Confirm by a passkey; what went wrong is said where a code can be had instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send whoever has no passkey to the codes."""
        if request.user.is_authenticated and not is_mfa_enabled(request.user):
            return redirect(self.passthrough_next_url(reverse("me_confirm")))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Say so, and go back to the choice."""
        super().form_invalid(form)  # leaves the messages
        return redirect(self.passthrough_next_url(reverse("me_confirm")))


confirm = ConfirmView.as_view()
