"""Who comes to a meeting, said beforehand: by a link in a mail, on the meeting's page, or by a calendar's answer.

Everybody in the group sees who will be missing; nobody is asked why. Nothing follows by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import F, QuerySet
from django.http import Http404
from django.urls import reverse

from enid.groups.models import Group, Membership
from enid.meetings.errors import NotOpen
from enid.meetings.models import Answer, Meeting, Quorum

LEAST = 4  # members, where a group's leaders said nothing else
LINK_OPENS = timedelta(days=400)  # at most; it opens nothing once the meeting has begun
SAID = Answer.Said
_SIGNER = signing.TimestampSigner(salt="enid.meetings.answer", sep="~")


def answer(*, place: Membership, meeting: Meeting, said: str, at: datetime) -> None:
    """Keep whether somebody comes; saying it again corrects it.

    raises: NotOpen once the meeting has begun or is cancelled
    """
    if not answerable(meeting, at=at):
        raise NotOpen
    Answer.objects.update_or_create(
        meeting=meeting, membership=place, defaults={"said": said, "begins_at": meeting.starts_at}
    )


def answerable(meeting: Meeting, *, at: datetime) -> bool:
    """Tell whether it can still be said beforehand that one comes."""
    return not (meeting.cancelled_at or meeting.closed_at or meeting.opened_at) and meeting.starts_at > at


def present_answers(meetings: Iterable[Meeting]) -> QuerySet[Answer]:
    """Return what those who belong today said of these meetings, for the hour at which they now begin."""
    said = Answer.objects.filter(meeting__in=list(meetings), begins_at=F("meeting__starts_at"))
    return said.filter(membership__left_at=None).select_related("membership__person")


def said_by(place: Membership, meeting: Meeting) -> str:
    """Return what somebody said of a meeting, or nothing."""
    return present_answers([meeting]).filter(membership=place).values_list("said", flat=True).first() or ""


@dataclass(frozen=True)
class Missing:
    """Who said that they cannot come, and whether too few members are left."""

    names: tuple[str, ...]
    too_few: bool


def missing(group: Group, meetings: list[Meeting]) -> Mapping[UUID, Missing]:
    """Return for each meeting who cannot come; members who said nothing are expected, as the group agreed."""
    members = group.memberships.filter(left_at=None, role=Membership.Role.MEMBER).count()
    least, cannot = least_of(group), present_answers(meetings).filter(said=SAID.CANNOT)
    found: dict[UUID, list[Membership]] = {meeting.pk: [] for meeting in meetings}
    for row in cannot.order_by("membership__joined_at", "pk"):
        found[row.meeting_id].append(row.membership)
    return {
        pk: Missing(
            tuple(place.person.name for place in places),
            too_few=members - sum(not place.is_leader for place in places) < least and bool(places),
        )
        for pk, places in found.items()
    }


def least_of(group: Group) -> int:
    """Return below how many members the group's leaders wish to decide anew."""
    kept = Quorum.objects.filter(group=group).values_list("least", flat=True).first()
    return LEAST if kept is None else kept


def set_least(*, group: Group, least: int) -> None:
    """Keep below how many members leaders decide anew."""
    Quorum.objects.update_or_create(group=group, defaults={"least": least})


def link(place: Membership, meeting_id: UUID, said: str) -> str:
    """Return a link that leads to one button: this person, this meeting, this answer."""
    token = _SIGNER.sign(f"{place.pk}.{meeting_id.hex}.{said}")
    return settings.URL + reverse("answer_link", args=[token])


def read_link(token: str) -> tuple[Membership, Meeting, str]:
    """Return whom, which meeting and which answer a link means, or 404."""
    try:
        pk, meeting_id, said = _SIGNER.unsign(token, max_age=LINK_OPENS).split(".")
    except signing.BadSignature:
        raise Http404 from None
    places = Membership.objects.filter(pk=pk, left_at=None, group__ended_at=None, person__is_active=True)
    place = places.select_related("group", "person").first()
    meeting = Meeting.objects.select_related("group").filter(pk=meeting_id).first()
    if place is None or meeting is None or place.group_id != meeting.group_id:
        raise Http404
    return place, meeting, said
