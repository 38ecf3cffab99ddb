"""What the meetings chapter keeps of a person: for their export, and for their erasure."""

from typing import Any

from enid.meetings.models import (
    Answer,
    Attendance,
    CalendarChoice,
    CalendarFeed,
    Cover,
    Invited,
    KnownDevice,
    Reminder,
)
from enid.people.models import Person


def collect(person: Person) -> dict[str, Any]:
    """Return present or not for each meeting, since when each device is known, and the calendar subscribed to."""
    rows = Attendance.objects.filter(membership__person=person).select_related("meeting__group")
    devices = KnownDevice.objects.filter(membership__person=person).select_related("membership__group")
    return {
        "attendance": [
            {
                "group": row.meeting.group.name,
                "began_at": row.meeting.starts_at.isoformat(),
                "role": row.role,
                "present": row.present,
                "confirmed": row.meeting.confirmed_at is not None,
            }
            for row in rows.order_by("meeting__starts_at")
        ],
        "devices": [
            {"group": device.membership.group.name, "seen_at": device.seen_at.isoformat()}
            for device in devices
        ],
        "calendar": [
            {"made_at": feed.made_at.isoformat(), "only_busy": feed.busy}
            for feed in CalendarFeed.objects.filter(person=person)
        ],
        "calendar_by": list(CalendarChoice.objects.filter(person=person).values("by", "remind_min")),
        "answers": [
            {"group": row.meeting.group.name, "begins_at": row.begins_at.isoformat(), "said": row.said}
            for row in Answer.objects.filter(membership__person=person).select_related("meeting__group")
        ],
        "asked_to_lead_one_meeting": [
            {"group": row.meeting.group.name, "begins_at": row.meeting.starts_at.isoformat()}
            for row in Cover.objects.filter(membership__person=person).select_related("meeting__group")
        ],
        "told_by_mail": [
            {"group": row.group.name, "entry": row.uid, "told": row.told}
            for row in Invited.objects.filter(person=person).select_related("group").order_by("pk")
        ],
    }


def erase(person: Person) -> None:
    """Erase the person's lines, devices, and what their calendar was told."""
    Attendance.objects.filter(membership__person=person).delete()
    KnownDevice.objects.filter(membership__person=person).delete()
    for said in (Answer, Reminder, Cover):
        said.objects.filter(membership__person=person).delete()
    for kept in (CalendarFeed, CalendarChoice, Invited):
        kept.objects.filter(person=person).delete()


def blocks(person: Person) -> list[str]:
    """Return nothing: no meeting keeps a person from going."""
    return []
