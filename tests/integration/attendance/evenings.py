"""Evenings of the circle, and what is left of them."""

from datetime import datetime, timedelta

from enid.attendance import operations
from enid.attendance.models import CreditWish
from enid.meetings import operations as meetings
from enid.meetings.models import Attendance, Meeting
from enid.meetings.queries import people_in
from enid.people.models import Person
from tests.cast import NOON, Cast

HOUR = timedelta(hours=1)


def held(cast: Cast, *present: Person, at: datetime = NOON) -> Meeting:
    """Hold a meeting of an hour at which these were in the room; nobody has confirmed it yet."""
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=at)
    meetings.record_opened(meeting_id=meeting.pk, at=at)
    seats = {cast.membership(person).seat for person in present}
    meetings.record_closed(meeting_id=meeting.pk, present_seats=seats, at=at + HOUR)
    meeting.refresh_from_db()
    return meeting


def confirm(cast: Cast, meeting: Meeting, *present: Person, by: Person | None = None) -> None:
    """Confirm, as Marta unless somebody else is named."""
    keys = {place.pk for place in people_in(meeting) if place.person in present}
    at = meeting.starts_at + 2 * HOUR
    operations.confirm(meeting=meeting, by=cast.membership(by or cast.marta), present=keys, at=at)
    meeting.refresh_from_db()


def line(cast: Cast, meeting: Meeting, person: Person) -> Attendance:
    """Return somebody's line."""
    return Attendance.objects.get(meeting=meeting, membership=cast.membership(person))


def wish(cast: Cast, person: Person) -> None:
    """Have somebody's minutes kept in the circle."""
    CreditWish.objects.create(membership=cast.membership(person))
