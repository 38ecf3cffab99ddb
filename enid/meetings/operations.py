"""Verbs of the meetings chapter: plan, start, cancel, record, confirm, and let guests in for one evening."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import tzdata
from django.db import transaction
from django.db.models import F

from enid.core.links import hash_of, new_secret
from enid.groups.models import Group, Membership
from enid.meetings import covers
from enid.meetings.errors import NotClosed, NotOpen, Overlaps, PastTime, TooFar, TooManyGuests, UnknownMember
from enid.meetings.models import (
    Attendance,
    CalendarChoice,
    CalendarFeed,
    GuestPass,
    KnownDevice,
    Meeting,
    Series,
    Untold,
)
from enid.meetings.moments import zone_or_utc
from enid.meetings.queries import EARLY, coming, may_be_noted
from enid.meetings.signals import attendance_confirmed, guests_changed, meeting_cancelled
from enid.people.models import Person

FARTHEST = timedelta(days=731)
GUEST_STAYS = timedelta(hours=12)  # after the planned beginning: one evening, even a late one
MOST_GUESTS = 6
ZONE_DATA = tzdata.IANA_VERSION  # by which instants follow from wall clocks


@transaction.atomic
def start_now(*, group: Group, person: Person, at: datetime) -> Meeting:
    """Return the meeting that begins now; a second press returns the same one.

    `person` is the leader who asks; the meeting does not keep who it was.
    """
    hold(group)
    for meeting in coming(group, at=at):
        if meeting.starts_at - EARLY <= at and (meeting.opened_at or at < end_of(meeting)):
            return meeting
    return Meeting.objects.create(group=group, starts_at=at, length_min=group.length_min)


@transaction.atomic
def plan(*, group: Group, person: Person, starts_at: datetime, length_min: int, at: datetime) -> Meeting:
    """Return a new meeting at a time to come.

    raises: PastTime, TooFar, Overlaps
    """
    if starts_at <= at:
        raise PastTime
    if starts_at > at + FARTHEST:
        raise TooFar
    hold(group)
    ends_at = starts_at + timedelta(minutes=length_min)
    if any(other.starts_at < ends_at and starts_at < end_of(other) for other in coming(group, at=at)):
        raise Overlaps
    note_untold(group.pk)
    zone = zone_or_utc(group.time_zone)
    wall = starts_at.astimezone(zone)
    return Meeting.objects.create(
        group=group,
        starts_at=starts_at,
        length_min=length_min,
        wall_date=wall.date(),
        wall_hour=wall.time(),
        time_zone=zone.key,
        zone_data=ZONE_DATA,
        changed_at=at,
    )


@transaction.atomic
def cancel(*, meeting: Meeting, at: datetime) -> None:
    """Cancel a meeting that has not begun; again changes nothing.

    raises: NotOpen once people have been in the room
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled_at:
        return
    if meeting.opened_at or meeting.closed_at:
        raise NotOpen
    meeting.cancelled_at = at
    meeting.save(update_fields=["cancelled_at"])
    note_change(meeting.series_id, at)
    note_untold(meeting.group_id)
    transaction.on_commit(partial(meeting_cancelled.send, Meeting, meeting_id=meeting.pk))


def record_opened(*, meeting_id: UUID, at: datetime) -> None:
    """Note that the first person came into the room."""
    Meeting.objects.filter(pk=meeting_id, opened_at=None).update(opened_at=at)


@transaction.atomic
def record_closed(*, meeting_id: UUID, present_seats: set[str], at: datetime) -> None:
    """Note the close and write who was present, once; a leader confirms it afterwards.

    present_seats: seats of members; those of guests leave no row
    """
    found = Meeting.objects.select_for_update(of=("self",)).select_related("group")
    meeting = found.filter(pk=meeting_id).first()
    if meeting is None or meeting.closed_at:
        return
    meeting.closed_at = at
    meeting.opened_at = meeting.opened_at or at
    meeting.save(update_fields=["closed_at", "opened_at"])
    Group.objects.filter(pk=meeting.group_id).update(forming_since=None)  # a leader has just ended a meeting
    places = Membership.objects.filter(group=meeting.group_id, left_at=None)
    instead = covers.leading(meeting, at=at)
    rows = [
        Attendance(
            meeting=meeting,
            membership=place,
            role=Membership.Role.LEADER if place.pk in instead else place.role,
            setting=meeting.group.setting,
            present=place.seat in present_seats,
        )
        for place in places
    ]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def record_held(*, meeting: Meeting, at: datetime) -> None:
    """Note that a meeting took place without Enid's room, as it was planned.

    raises: NotClosed before its planned end, and while its room is open
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not may_be_noted(meeting, at=at):
        raise NotClosed
    meeting.opened_at, meeting.closed_at = meeting.starts_at, end_of(meeting)
    meeting.save(update_fields=["opened_at", "closed_at"])


@transaction.atomic
def confirm_attendance(*, meeting: Meeting, person: Person, present: set[int], at: datetime) -> None:
    """Keep who was present, as a leader says; saying it again corrects it.

    present: primary keys of memberships
    raises:  NotClosed, UnknownMember
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.closed_at is None:
        raise NotClosed
    places = _places_of(meeting)
    if present - places.keys():
        raise UnknownMember
    for pk, place in places.items():
        kept = {"present": pk in present}
        made = {**kept, "role": place.role, "setting": meeting.group.setting}
        meeting.attendances.update_or_create(membership=place, defaults=kept, create_defaults=made)
    Meeting.objects.filter(pk=meeting.pk).update(confirmed_at=at)
    transaction.on_commit(partial(attendance_confirmed.send, Meeting, meeting_id=meeting.pk))


def _places_of(meeting: Meeting) -> dict[int, Membership]:
    """Return those with a row already, and those who belong today and belonged then."""
    theirs = Membership.objects.filter(group=meeting.group_id)
    rows = theirs.filter(attendances__meeting=meeting)
    today = theirs.filter(left_at=None, joined_at__lte=meeting.closed_at)
    return {place.pk: place for place in (*rows, *today)}


@transaction.atomic
def make_guest_pass(*, meeting: Meeting, name: str, at: datetime) -> tuple[GuestPass, str]:
    """Return a pass for one evening and the secret of its link, which is shown once.

    raises: NotOpen, TooManyGuests
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled_at or meeting.closed_at:
        raise NotOpen
    if meeting.guests.filter(withdrawn_at=None).count() >= MOST_GUESTS:
        raise TooManyGuests
    secret = new_secret()
    until = max(meeting.starts_at, at) + GUEST_STAYS
    made = GuestPass.objects.create(
        meeting=meeting, secret_hash=hash_of(secret), name=name, created_at=at, expires_at=until
    )
    transaction.on_commit(partial(guests_changed.send, Meeting, meeting_id=meeting.pk))
    return made, secret


@transaction.atomic
def withdraw_guest_pass(*, guest: GuestPass, at: datetime) -> None:
    """Make a guest's link open nothing from now on."""
    GuestPass.objects.filter(pk=guest.pk, withdrawn_at=None).update(withdrawn_at=at)
    transaction.on_commit(partial(guests_changed.send, Meeting, meeting_id=guest.meeting_id))


def remember_device(*, membership: Membership, secret: str, at: datetime) -> None:
    """Let this browser in without knocking from now on; only a hash of its secret is kept."""
    KnownDevice.objects.update_or_create(
        membership=membership, secret_hash=hash_of(secret), defaults={"seen_at": at}
    )


@transaction.atomic
def let_browser_in(*, meeting_id: UUID, seat: str, device: str, at: datetime) -> None:
    """Remember the browser that a leader let in: a member's for good, a guest's for the evening.

    device: hash of the browser's own secret
    """
    GuestPass.objects.filter(meeting=meeting_id, seat=seat).update(device_hash=device)
    for membership in Membership.objects.filter(seat=seat, left_at=None, group__meetings=meeting_id):
        KnownDevice.objects.update_or_create(
            membership=membership, secret_hash=device, defaults={"seen_at": at}
        )


@transaction.atomic
def make_feed(*, person: Person, busy: bool, at: datetime) -> str:
    """Return the secret of a new calendar link, which is shown once; an earlier link opens nothing any more.

    Dates come by the link from now on, and no longer by mail as well: a calendar would show them twice.
    """
    secret = new_secret()
    CalendarFeed.objects.update_or_create(
        person=person, defaults={"secret_hash": hash_of(secret), "busy": busy, "made_at": at}
    )
    _choose(person, CalendarChoice.By.FEED)
    return secret


@transaction.atomic
def choose_calendar(*, person: Person, by: str, remind_min: int | None = None) -> None:
    """Choose how dates reach a person's calendar; any other way than the link makes the link open nothing.

    remind_min: how long before a meeting they are reminded; None leaves it as it is
    """
    if by != CalendarChoice.By.FEED:
        CalendarFeed.objects.filter(person=person).delete()
    _choose(person, by)
    if remind_min is not None:
        CalendarChoice.objects.filter(person=person).update(remind_min=remind_min)


def _choose(person: Person, by: str) -> None:
    CalendarChoice.objects.update_or_create(person=person, defaults={"by": by})
    for group_id in Membership.objects.filter(person=person, left_at=None).values_list("group", flat=True):
        note_untold(group_id)


def say_only_busy(*, person: Person, busy: bool) -> None:
    """Choose what the entries of a person's calendar say; the link stays."""
    CalendarFeed.objects.filter(person=person).update(busy=busy)


def withdraw_feed(*, person: Person) -> None:
    """Make a person's calendar link open nothing from now on; nothing comes in its place by itself."""
    choose_calendar(person=person, by=CalendarChoice.By.NEITHER)


def note_change(series_id: UUID | None, at: datetime) -> None:
    """Count a change of a series, as calendar programs want it; a meeting that stands alone has none."""
    if series_id:
        Series.objects.filter(pk=series_id).update(sequence=F("sequence") + 1, changed_at=at)


def note_untold(group_id: UUID) -> None:
    """Note that members' calendars are to be told what changed; a row of its own, so that nobody waits for it."""
    Untold.objects.create(group_id=group_id)


def hold(group: Group) -> None:
    """Hold the group's row, so that two leaders who press together make one meeting."""
    Group.objects.select_for_update().filter(pk=group.pk).values_list(F("pk")).first()


def end_of(meeting: Meeting) -> datetime:
    """Return when a meeting is planned to end."""
    return meeting.starts_at + timedelta(minutes=meeting.length_min)
