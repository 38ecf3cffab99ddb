"""What the room hears from the chapters below: each rings the doorbell."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enid.groups.signals import roster_changed
from enid.meetings.signals import attendance_confirmed, guests_changed, meeting_cancelled
from enid.people.signals import person_renamed, signed_out_everywhere
from enid.room.doorbell import ring


@receiver(roster_changed)
def on_roster_changed(sender: object, group_id: Any, **_: Any) -> None:
    """Chairs are set or taken away."""
    ring("group", group_id)


@receiver([guests_changed, meeting_cancelled])
def on_meeting_changed(sender: object, meeting_id: Any, **_: Any) -> None:
    """A guest may knock, or may not any more; a cancelled meeting has no room."""
    ring("meeting", meeting_id)


@receiver([person_renamed, signed_out_everywhere])
def on_person_changed(sender: object, person_id: Any, **_: Any) -> None:
    """A name is told anew; old tickets are void."""
    ring("person", person_id)


@receiver(attendance_confirmed)
def on_attendance_confirmed(sender: object, meeting_id: Any, **_: Any) -> None:
    """The log of the room has served its purpose."""
    ring("confirmed", meeting_id)
