"""What a room needs from the database, as plain data: who has a seat, by which name, in which format.

Read, and now and then written, in the hub's own small executor, never on the event loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone

from enid.groups import observers
from enid.groups.formats import Format, from_json
from enid.groups.models import Membership
from enid.meetings import covers, operations, queries
from enid.meetings.models import Meeting
from enid.room.protocol import Options
from enid.room.session import Role, Setting


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat of the roster."""

    seat: str
    role: Role
    name: str
    person_id: int | None
    tickets_from: int  # ms UTC: a ticket issued before is void, since its person signed out everywhere
    devices: frozenset[str] = frozenset()  # hashes of the browsers that a leader has let in before


@dataclass(frozen=True, slots=True)
class Roster:
    """A room as the pages know it."""

    meeting_id: str
    group_id: str
    setting: Setting
    format: Format
    options: Options
    chairs: dict[str, Chair]
    was_opened: bool
    is_over: bool
    deputy: str | None = None  # the seat of the group's standing deputy

    def is_about(self, kind: str, key: str) -> bool:
        """Say whether this news may change something here."""
        people = (str(chair.person_id) for chair in self.chairs.values())
        return kind == "everything" or (self.group_id == key if kind == "group" else key in people)

    @property
    def names(self) -> dict[str, str]:
        """Return the name of each seat, as the circle sees it."""
        return {seat: chair.name for seat, chair in self.chairs.items()}


def load(meeting_id: str) -> Roster | None:
    """Return the room's roster, or None where there is no such meeting (any more)."""
    close_old_connections()
    meeting = Meeting.objects.select_related("group").filter(pk=UUID(meeting_id), cancelled_at=None).first()
    if meeting is None:
        return None
    group = meeting.group
    options = Options(
        hands=group.hands,
        chair=group.empty_chair,
        members_see_time=group.members_see_time,
        lingering=group.lingering,
    )
    return Roster(
        str(meeting.pk),
        str(meeting.group_id),
        Setting(group.setting),
        from_json(group.format),
        options,
        {chair.seat: chair for chair in _chairs(meeting, timezone.now())},
        meeting.opened_at is not None,
        meeting.closed_at is not None,
        _deputy(meeting),
    )


def _chairs(meeting: Meeting, at: datetime) -> list[Chair]:
    instead = covers.leading(meeting, at=at)
    members = [
        Chair(
            place.seat,
            Role.LEADER if place.pk in instead else Role(place.role),
            place.person.name,
            place.person_id,
            _ms(place.person.tickets_from),
            frozenset(device.secret_hash for device in place.devices.all()),
        )
        for place in queries.people_in(meeting).prefetch_related("devices")
    ]
    guests = [
        Chair(one.seat, Role.GUEST, one.name, None, 0, frozenset(filter(None, [one.device_hash])))
        for one in queries.guests(meeting, at=at)
    ]
    watch = [
        Chair(one.seat, Role.OBSERVER, one.name, None, 0, frozenset(filter(None, [one.device_hash])))
        for one in queries.watching(meeting, at=at)
    ]
    return members + guests + watch


def _deputy(meeting: Meeting) -> str | None:
    standing = queries.people_in(meeting).filter(role=Membership.Role.MEMBER).exclude(deputy_since=None)
    return standing.values_list("seat", flat=True).first()


def _ms(moment: datetime | None) -> int:
    return int(moment.timestamp() * 1000) if moment else 0


def record_opened(meeting_id: str, at: datetime) -> None:
    """Note that the first person came into the room."""
    close_old_connections()
    operations.record_opened(meeting_id=UUID(meeting_id), at=at)


def record_closed(meeting_id: str, present: set[str], at: datetime) -> None:
    """Note the close and who was present, once."""
    close_old_connections()
    operations.record_closed(meeting_id=UUID(meeting_id), present_seats=present, at=at)


def remember_device(meeting_id: str, seat: str, device: str) -> None:
    """Keep the hash of a browser that a leader let in, so that it need not knock again."""
    close_old_connections()
    observers.remember_device(seat=seat, device=device)
    operations.let_browser_in(meeting_id=UUID(meeting_id), seat=seat, device=device, at=timezone.now())


def open_meetings(since: timedelta = timedelta(days=14)) -> set[str]:
    """Return the meetings whose room log may still be needed: not confirmed, and not too old."""
    close_old_connections()
    recent = Meeting.objects.filter(
        confirmed_at=None, cancelled_at=None, starts_at__gte=timezone.now() - since
    )
    return {str(pk) for pk in recent.values_list("pk", flat=True)}
