"""Where django-allauth asks what this house wants."""

from allauth.account.adapter import DefaultAccountAdapter
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

    def get_login_stages(self) -> list[str]:
        """A code or a passkey is enough; a passkey after a code would lock out who lost their device."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.account.stages.EmailVerificationStage"]
