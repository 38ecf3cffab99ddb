"""News of the groups chapter; the room listens."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from enid.groups.models import Group

roster_changed = Signal()
"""Sent with `group_id` after the commit whenever who belongs, who leads or an option of the group changed."""


def announce(group_id: UUID) -> None:
    """Send the news once it is certain."""
    transaction.on_commit(partial(roster_changed.send, Group, group_id=group_id))
