"""An invitation opens one account: while it can be accepted, and until that account's address is confirmed."""

from datetime import datetime

from django.db.models import QuerySet

from enid.groups.models import Invitation
from enid.people.models import Person
from enid.people.signup import Way, is_unfinished


def _living(pk: int, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        pk=pk, used_at=None, withdrawn_at=None, expires_at__gt=at, group__ended_at=None
    )


def is_open(pk: int, at: datetime) -> bool:
    """Say whether the invitation opens an account."""
    found = _living(pk, at).select_related("account").first()
    return found is not None and (found.account is None or is_unfinished(found.account))


def hold(pk: int, at: datetime) -> bool:
    """Say the same and hold the invitation; an account begun by it with a mistyped address makes room."""
    held = _living(pk, at).select_for_update().values_list("pk").first()
    if held is None or not is_open(pk, at):
        return False
    begun = Person.objects.filter(pk__in=Invitation.objects.filter(pk=pk).values("account"))
    begun.delete()
    return True


def spend(pk: int, person: Person) -> None:
    """Note whose account the invitation has opened."""
    Invitation.objects.filter(pk=pk).update(account=person)


BY_INVITATION = Way(is_open, hold, spend)
