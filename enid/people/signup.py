"""Who may open an account: whom something has sent that opens one account, or anyone where the server says so.

What opens one belongs to a chapter above (today: an invitation to a group), which answers for it here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from enid.people.models import Person

CARRIED = "signup_by"  # session key: [way, primary key] of what sent this browser; never its secret


@dataclass(frozen=True)
class Way:
    """One kind of thing that opens one account, by its primary key.

    is_open: whether it would open one now
    hold:    the same, held until the end of the transaction, and an account begun before is gone
    spend:   note whose account it has opened
    """

    is_open: Callable[[int, datetime], bool]
    hold: Callable[[int, datetime], bool]
    spend: Callable[[int, Person], None]


WAYS: dict[str, Way] = {}


def register(name: str, way: Way) -> None:
    """Take a way in; called once when the server starts."""
    WAYS[name] = way


def allow(request: HttpRequest, name: str, pk: int) -> None:
    """Let this browser open an account by that which has sent it, as long as that opens one."""
    request.session[CARRIED] = [name, pk]


def carried(request: HttpRequest) -> tuple[str, int] | None:
    """Return what has sent this browser."""
    found = request.session.get(CARRIED)
    return (found[0], found[1]) if found and found[0] in WAYS else None


def may_sign_up(request: HttpRequest) -> bool:
    """Say whether this browser may open an account."""
    if settings.SIGNUP == "open":
        return True
    found = carried(request)
    return found is not None and WAYS[found[0]].is_open(found[1], timezone.now())


def hold(request: HttpRequest) -> bool:
    """Say the same at the moment the account is made, and make room; of two made at once the later one stays.

    To be called in the transaction that makes the account.
    """
    if settings.SIGNUP == "open":
        return True
    found = carried(request)
    return found is not None and WAYS[found[0]].hold(found[1], timezone.now())


def spend(request: HttpRequest, person: Person) -> None:
    """Note whose account it is, in the same transaction."""
    found = carried(request)
    if found and settings.SIGNUP != "open":
        WAYS[found[0]].spend(found[1], person)


def is_unfinished(person: Person) -> bool:
    """Say whether an account was begun and nobody has shown yet that its address is theirs."""
    return Person.objects.unfinished().filter(pk=person.pk).exists()
