"""News from below: who belongs to a group, or where it meets, has changed."""

from uuid import UUID

from enid.groups.models import Group
from enid.meetings.operations import note_untold


def tell_calendars(sender: object, group_id: UUID, **_: object) -> None:
    """Let members' calendars be told: whoever joined is asked, whoever left is asked no more."""
    if Group.objects.filter(pk=group_id).exists():
        note_untold(group_id)
