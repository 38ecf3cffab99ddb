"""Where django-allauth asks what this house wants."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from enid.people import signup


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Sign-up by invitation; asking again who it is stands in enid.people.fresh."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether this browser may open an account."""
        return signup.may_sign_up(request)

    def is_reauthentication_required(self, app: str) -> bool:
        """Leave it to fresh.required: allauth never asks an account without a password again."""
        return False


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is not typed
    """A passkey signs in by itself; it is not a second step after a code, which would lock out who lost it."""

    def is_mfa_enabled(self, user: AbstractBaseUser, types: object = None) -> bool:
        """Never ask for a passkey after a code."""
        return False
