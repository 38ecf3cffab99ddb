"""What is removed when its time is over; every sweep can be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from enid.groups.models import Group, Invitation
from enid.meetings.models import GuestPass, KnownDevice, Meeting
from enid.people import outbox

DEVICE_IDLE = timedelta(days=180)
INVITATION_KEPT = timedelta(days=30)
MEETING_KEPT = timedelta(days=730)
GROUP_KEPT = timedelta(days=365)


def sessions(at: datetime) -> None:
    """Remove sessions that have expired."""
    from django.contrib.sessions.models import Session  # an app's model: only once Django is set up

    Session.objects.filter(expire_date__lt=at).delete()


def guests(at: datetime) -> None:
    """Remove guests of evenings that are over."""
    GuestPass.objects.filter(expires_at__lt=at).delete()


def invitations(at: datetime) -> None:
    """Remove invitations a month after they ran out; who belongs stands in the memberships."""
    Invitation.objects.filter(expires_at__lt=at - INVITATION_KEPT).delete()


def meetings(at: datetime) -> None:
    """Remove meetings after two years, and with them who was present."""
    Meeting.objects.filter(starts_at__lt=at - MEETING_KEPT).delete()


def groups(at: datetime) -> None:
    """Remove groups a year after their end, with places, agreements and acceptances."""
    Group.objects.filter(ended_at__lt=at - GROUP_KEPT).delete()


def devices(at: datetime) -> None:
    """Forget browsers not seen for half a year."""
    KnownDevice.objects.filter(seen_at__lt=at - DEVICE_IDLE).delete()


ALL: dict[str, Callable[[datetime], object]] = {
    "outbox": outbox.sweep,
    "sessions": sessions,
    "guests": guests,
    "invitations": invitations,
    "devices": devices,
    "meetings": meetings,
    "groups": groups,
}
