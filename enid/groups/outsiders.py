"""The link that leaders hand to the programme or employer whom the agreement names.

What it shows is decided in one place, `meetings.queries.seen_from_outside`; members open the same page.
"""

from datetime import datetime

from enid.core.links import hash_of, new_secret
from enid.groups.errors import NothingToShow
from enid.groups.models import Group, OutsideLink, Outsiders


def make_link(*, group: Group, at: datetime) -> str:
    """Return the secret of a new link, which is shown once; an earlier one opens nothing any more.

    raises: NothingToShow
    """
    if group.outsiders == Outsiders.NOTHING:
        raise NothingToShow
    secret = new_secret()
    OutsideLink.objects.update_or_create(
        group=group, defaults={"secret_hash": hash_of(secret), "made_at": at}
    )
    return secret


def withdraw(group: Group) -> None:
    """Make the link open nothing from now on."""
    OutsideLink.objects.filter(group=group).delete()


def link_of(group: Group) -> OutsideLink | None:
    """Return the link that is handed out, or nothing."""
    return OutsideLink.objects.filter(group=group).first()


def find(secret: str) -> Group | None:
    """Return the group behind a link while outsiders learn anything of it."""
    alive = Group.objects.filter(outside_link__secret_hash=hash_of(secret), ended_at=None)
    return alive.exclude(outsiders=Outsiders.NOTHING).first()
