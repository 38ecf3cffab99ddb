"""What is removed when its time is over; every sweep can be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from enid.groups.models import Invitation
from enid.meetings.models import GuestPass, KnownDevice
from enid.people import outbox

DEVICE_IDLE = timedelta(days=180)
INVITATION_KEPT = timedelta(days=30)


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


def devices(at: datetime) -> None:
    """Forget browsers not seen for half a year."""
    KnownDevice.objects.filter(seen_at__lt=at - DEVICE_IDLE).delete()


ALL: dict[str, Callable[[datetime], object]] = {
    "outbox": outbox.sweep,
    "sessions": sessions,
    "guests": guests,
    "invitations": invitations,
    "devices": devices,
}
