"""What is removed when its time is over, and what must be ready in time; every sweep can be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from enid.attendance import keeping
from enid.groups import life, observers, roles
from enid.groups.models import AgreementLink, Group, Invitation
from enid.meetings import covers, planning, reminders, telling, zone_changes
from enid.meetings.models import GuestPass, KnownDevice, Meeting, Series
from enid.people import idle, outbox
from enid.people.models import OneTimeLink, Person
from enid.polls import operations as poll_operations
from enid.polls.models import Poll

SESSION_BEGINS = timedelta(hours=1)
UNFINISHED_KEPT = timedelta(days=1)
DEVICE_IDLE = timedelta(days=180)
INVITATION_KEPT = timedelta(days=30)
POLL_KEPT = timedelta(days=30)
MEETING_KEPT = timedelta(days=730)
GROUP_KEPT = timedelta(days=365)


def sessions(at: datetime) -> None:
    """Remove sessions that have expired, and with them from where and with which browser they were."""
    from allauth.usersessions.models import UserSession  # apps' models: only once Django is set up
    from django.contrib.sessions.models import Session

    Session.objects.filter(expire_date__lt=at).delete()
    begun = UserSession.objects.filter(created_at__lt=at - SESSION_BEGINS)  # a new one may not be saved yet
    begun.exclude(session_key__in=Session.objects.values("session_key")).delete()


def counts(at: datetime) -> None:
    """Remove counts of tries that are over; the cache itself would keep them, with addresses on the net."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM rate_count WHERE expires < %s", [connection.ops.adapt_datetimefield_value(at)]
        )


def links(at: datetime) -> None:
    """Remove links for one use that open nothing any more."""
    OneTimeLink.objects.filter(expires_at__lt=at).delete()
    AgreementLink.objects.filter(expires_at__lt=at).delete()


def unfinished(at: datetime) -> None:
    """Remove accounts that were begun and whose address nobody ever confirmed."""
    Person.objects.unfinished().filter(joined_at__lt=at - UNFINISHED_KEPT, memberships=None).delete()


def guests(at: datetime) -> None:
    """Remove guests of evenings that are over."""
    GuestPass.objects.filter(expires_at__lt=at).delete()


def invitations(at: datetime) -> None:
    """Remove invitations a month after they ran out; who belongs stands in the memberships."""
    Invitation.objects.filter(expires_at__lt=at - INVITATION_KEPT).delete()


def meetings(at: datetime) -> None:
    """Remove meetings after two years, and with them who was present; what proves a credit stays as a copy."""
    keeping.let_go(Meeting.objects.filter(starts_at__lt=at - MEETING_KEPT))
    over = Series.objects.filter(last_date__lt=(at - MEETING_KEPT).date())
    over.exclude(pk__in=Meeting.objects.exclude(series=None).values("series")).delete()


def polls(at: datetime) -> None:
    """Remove questions for a time a month after they were decided or closed, and with them every answer."""
    over = Q(decided_at__lt=at - POLL_KEPT) | Q(decided_at=None, closes_at__lt=at - POLL_KEPT)
    Poll.objects.filter(over).delete()


def groups(at: datetime) -> None:
    """Remove groups a year after their end, with places, agreements and acceptances."""
    over = Group.objects.filter(ended_at__lt=at - GROUP_KEPT)
    keeping.let_go(Meeting.objects.filter(group__in=over))
    over.delete()


def devices(at: datetime) -> None:
    """Forget browsers not seen for half a year."""
    KnownDevice.objects.filter(seen_at__lt=at - DEVICE_IDLE).delete()


ALL: dict[str, Callable[[datetime], object]] = {
    "outbox": outbox.sweep,
    "sessions": sessions,
    "counts": counts,
    "links": links,
    "unfinished accounts": unfinished,
    "unused accounts": idle.sweep,
    "guests": guests,
    "invitations": invitations,
    "devices": devices,
    "meetings": meetings,
    "proofs of attendance": keeping.sweep,
    "zone rules": zone_changes.follow_zone_rules,
    "series": planning.fill_seasons,
    "leaders who stop": roles.end_leading_due,
    "visits": observers.forget_visits,
    "waiting lists": life.forget_waiting,
    "reminders of polls": poll_operations.remind_due,
    "polls": polls,
    "covers": covers.sweep,
    "reminders": reminders.sweep,
    "calendars by mail": telling.sweep,
    "groups": groups,
}
