"""Answers that a calendar program sends by mail, taken for the one person whose entry they name."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction

from enid.groups.errors import Refused
from enid.groups.models import Membership
from enid.meetings import answers, moments
from enid.meetings.calendar.reply import Reply, Said
from enid.meetings.models import Answer, Invited, Meeting
from enid.meetings.uids import meetings_named
from enid.people.own_data import addresses_of

MOST_AN_HOUR = 60  # replies of one person: a program that answers by itself must not keep the server busy
HOUR_S = 3600


class UnknownEntry(Refused):
    """We asked nobody by that name, or took it back."""

    code = "unknown_entry"


class OtherSender(Refused):
    """Somebody else was asked than who answers."""

    code = "other_sender"


class TooManyReplies(Refused):
    """This person's calendar has answered very often within the hour."""

    code = "too_many_replies"


class Over(Refused):
    """Nothing that the answer names is still to come."""

    code = "over"


def take(reply: Reply, *, at: datetime) -> int:
    """Keep what a calendar answered; return for how many meetings.

    raises: UnknownEntry, OtherSender, TooManyReplies, Over
    """
    row = Invited.objects.exclude(told={}).select_related("person", "group").filter(uid=reply.uid).first()
    if row is None:
        raise UnknownEntry
    if not {reply.sender, reply.attendee} <= addresses_of(row.person):
        raise OtherSender
    _count(row.person_id, at)  # kept whatever comes of it
    place = Membership.objects.filter(person=row.person, group=row.group, left_at=None).first()
    if place is None:
        raise UnknownEntry
    # The whole first, so that what was said of one date stays.
    ordered = sorted(reply.said, key=lambda said: said.date is not None)
    with transaction.atomic():
        many = sum(_keep(row, place, said, at) for said in ordered)
    if not many:
        raise Over
    return many


def _count(person_id: int, at: datetime) -> None:
    key = f"mail-in:{person_id}:{at:%Y%m%d%H}"
    many = cache.get(key, 0)
    if many >= MOST_AN_HOUR:
        raise TooManyReplies
    cache.set(key, many + 1, HOUR_S)


def _keep(row: Invited, place: Membership, said: Said, at: datetime) -> int:
    meetings = list(meetings_named(row.uid, at=at).filter(group=row.group).select_related("series"))
    if said.date is not None:
        meetings = [meeting for meeting in meetings if meeting.series_date == _day(said.date, meeting)]
    kept = _settled(place, meetings) if said.date is None and said.answer != Answer.Said.CANNOT else set()
    for meeting in meetings:
        if meeting.pk not in kept:
            answers.answer(place=place, meeting=meeting, said=said.answer, at=at)
    return len(meetings)


def _settled(place: Membership, meetings: list[Meeting]) -> set[object]:
    """Return the dates of which something was said already: a yes to the whole does not take back a no to one."""
    said = answers.present_answers(meetings).filter(membership=place)
    return set(said.values_list("meeting_id", flat=True)) if len(meetings) > 1 else set()


def _day(which: date | datetime, meeting: Meeting) -> date:
    """Return the date by the rule; programs write it in the series' zone, in their own or in UTC."""
    if not isinstance(which, datetime):
        return which
    zone: ZoneInfo = moments.zone_or_utc(meeting.series.time_zone if meeting.series else meeting.time_zone)
    return which.astimezone(zone).date() if which.tzinfo else which.date()
