"""What the attendance chapter keeps of a person: for their export, and for their erasure."""

from typing import Any

from enid.attendance.models import Correction, CreditWish, Dispute, KeptLine
from enid.people.models import Person


def collect(person: Person) -> dict[str, Any]:
    """Return wishes for minutes, corrections and disputes of the person's lines, and lines kept as proof."""
    wishes = CreditWish.objects.filter(membership__person=person).select_related("membership__group")
    mine = {"attendance__membership__person": person}
    about = "attendance__meeting__group"
    return {
        "minutes_asked_for": [
            {"group": one.membership.group.name, "asked_at": one.asked_at.isoformat()} for one in wishes
        ],
        "corrections": [
            {**_line(one), "at": one.at.isoformat(), "was": one.was, "became": one.became}
            for one in Correction.objects.filter(**mine).select_related(about)
        ],
        "disputes": [
            {**_line(one), "said_at": one.said_at.isoformat(), "reason": one.reason, "answer": one.answer}
            for one in Dispute.objects.filter(**mine).select_related(about)
        ],
        "kept_as_proof": [_kept(one) for one in KeptLine.objects.filter(person=person)],
    }


def _line(one: Correction | Dispute) -> dict[str, Any]:
    meeting = one.attendance.meeting
    return {"group": meeting.group.name, "began_at": meeting.starts_at.isoformat()}


def _kept(one: KeptLine) -> dict[str, Any]:
    return {
        "group": one.group_name,
        "began_at": one.starts_at.isoformat(),
        "role": one.role,
        "setting": one.setting,
        "present": one.present,
        "minutes": one.minutes,
    }


def erase(person: Person) -> None:
    """Erase kept lines; all else goes with the person's places and lines."""
    KeptLine.objects.filter(person=person).delete()


def blocks(person: Person) -> list[str]:
    """Return nothing: no line of a record keeps a person from going."""
    return []
