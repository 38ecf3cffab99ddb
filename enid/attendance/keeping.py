"""How long a line lives: two years with its meeting, six where it proves a credit that the member asked for."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from enid.attendance.models import KeptLine
from enid.meetings.models import Attendance, Meeting

PROOF_KEPT = timedelta(days=6 * 365 + 2)
BATCH = 500


@transaction.atomic
def let_go(meetings: QuerySet[Meeting]) -> None:
    """Delete meetings; of each line that proves a credit a copy stays that knows its member alone."""
    _keep_proofs(meetings)
    meetings.delete()


def _keep_proofs(meetings: QuerySet[Meeting]) -> None:
    proofs = Attendance.objects.filter(
        meeting__in=meetings, meeting__confirmed_at__isnull=False, membership__credit_wish__isnull=False
    )
    proofs = proofs.select_related("meeting__group", "membership")
    KeptLine.objects.bulk_create((_copy(line) for line in proofs), batch_size=BATCH)


def _copy(line: Attendance) -> KeptLine:
    return KeptLine(
        person_id=line.membership.person_id,
        group_name=line.meeting.group.name,
        starts_at=line.meeting.starts_at,
        role=line.role,
        setting=line.setting,
        present=line.present,
        minutes=line.minutes,
    )


def sweep(at: datetime) -> None:
    """Remove proofs after six years."""
    KeptLine.objects.filter(starts_at__lt=at - PROOF_KEPT).delete()
