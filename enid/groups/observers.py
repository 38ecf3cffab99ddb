"""Observers: everybody is asked, alone, two days before at the latest. All yes, or not this time; nothing between.

Nobody learns who said what, nor how many: the outcome shows only once no answer counts any more, and then stands, so
that it never follows upon anybody's own answer. No consent is kept longer than it holds.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from enid.core.links import hash_of, new_secret
from enid.core.zones import zone_or_utc
from enid.groups.errors import FirstTerm, NoVisit, TooManyVisits, TooSoonToWatch
from enid.groups.life_models import Consent, Visit
from enid.groups.models import Group, Membership
from enid.groups.operations import tell_the_room

ASKED_BEFORE = timedelta(days=2)
ANSWERED_BEFORE = timedelta(days=1)  # so that whoever would watch need not come in vain
LONGEST = timedelta(days=92)
MOST_VISITS = 4


class Outcome(StrEnum):
    """What everybody learns."""

    ASKED = "asked"
    ALL = "all"
    NOT = "not"
    CHANGED = "changed"  # somebody has joined since the answers were settled


OPEN = (Outcome.ASKED, Outcome.ALL)


@transaction.atomic
def ask(*, group: Group, name: str, first_day: date, last_day: date, at: datetime) -> tuple[Visit, str]:
    """Ask everybody whether somebody may watch; return the visit and the secret of its link, shown once.

    raises: FirstTerm, TooSoonToWatch, TooManyVisits
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.term_number == 1:
        raise FirstTerm
    if at + ASKED_BEFORE > _begins(group, first_day) or not first_day <= last_day <= first_day + LONGEST:
        raise TooSoonToWatch
    if sum(outcome(each, at=at) in OPEN for each in group.visits.select_related("group")) >= MOST_VISITS:
        raise TooManyVisits
    secret = new_secret()
    made = Visit.objects.create(
        group=group,
        name=name,
        secret_hash=hash_of(secret),
        first_day=first_day,
        last_day=last_day,
        asked_at=at,
    )
    return made, secret


@transaction.atomic
def say(*, visit: Visit, membership: Membership, yes: bool, at: datetime) -> None:
    """Keep what a member says, which they may change until the answers count.

    raises: NoVisit when it is stopped or no answer counts any more
    """
    visit = Visit.objects.select_for_update().select_related("group").get(pk=visit.pk)
    if not may_answer(visit, at=at):
        raise NoVisit
    Consent.objects.update_or_create(visit=visit, membership=membership, defaults={"yes": yes})


@transaction.atomic
def stop(*, visit: Visit, at: datetime) -> None:
    """End a visit at once. Who it was is kept nowhere, and what each had said goes with it."""
    Visit.objects.filter(pk=visit.pk, stopped_at=None).update(stopped_at=at)
    visit.consents.all().delete()
    tell_the_room(visit.group_id)


def outcome(visit: Visit, *, at: datetime) -> Outcome:
    """Return the one thing that everybody learns."""
    counted_at = _counts_until(visit)
    if visit.stopped_at:
        return Outcome.NOT
    if at < counted_at:
        return Outcome.ASKED
    places = Membership.objects.filter(group=visit.group_id)
    asked = places.filter(Q(left_at=None) | Q(left_at__gte=counted_at), joined_at__lt=counted_at)
    if asked.exclude(consents__in=visit.consents.filter(yes=True)).exists():
        return Outcome.NOT
    return Outcome.CHANGED if places.filter(joined_at__gte=counted_at).exists() else Outcome.ALL


def may_answer(visit: Visit, *, at: datetime) -> bool:
    """Say whether an answer counts now."""
    return not visit.stopped_at and at < _counts_until(visit)


def is_asked(membership: Membership, *, at: datetime) -> bool:
    """Say whether a visit waits for this member's first answer."""
    unanswered = Visit.objects.filter(group=membership.group_id, stopped_at=None)
    unanswered = unanswered.exclude(consents__membership=membership).select_related("group")
    return any(may_answer(visit, at=at) for visit in unanswered)


def find(secret: str, *, at: datetime) -> Visit:
    """Return the visit behind a link, all having said yes or being asked.

    raises: NoVisit
    """
    return _living(Visit.objects.filter(secret_hash=hash_of(secret)).select_related("group").first(), at)


def _living(visit: Visit | None, at: datetime) -> Visit:
    if visit is None or visit.group.ended_at or outcome(visit, at=at) not in OPEN:
        raise NoVisit
    return visit


@transaction.atomic
def agree(*, visit: Visit, at: datetime) -> None:
    """Note that whoever watches has accepted what holds in the group.

    raises: NoVisit while not all have said yes
    """
    if outcome(visit, at=at) is not Outcome.ALL:
        raise NoVisit
    Visit.objects.filter(pk=visit.pk, agreed_at=None).update(agreed_at=at)
    tell_the_room(visit.group_id)


def who_may_watch(group: Group, *, day: date, at: datetime) -> list[Visit]:
    """Return those who may watch a meeting of that day, as the clock of the group shows it."""
    of_day = group.visits.filter(stopped_at=None, first_day__lte=day, last_day__gte=day)
    agreed = of_day.exclude(agreed_at=None).select_related("group")
    return [visit for visit in agreed if outcome(visit, at=at) is Outcome.ALL]


def day_of(group: Group, moment: datetime) -> date:
    """Return the day that the group's clock shows."""
    return moment.astimezone(zone_or_utc(group.time_zone)).date()


def remember_device(*, seat: str, device: str) -> None:
    """Keep the hash of the browser that a leader let in."""
    Visit.objects.filter(seat=seat).update(device_hash=device)


def forget_visits(at: datetime) -> None:
    """Remove visits that are over, and what was said of those that will not be."""
    Visit.objects.filter(last_day__lt=at.date() - timedelta(days=1)).delete()
    near = Visit.objects.filter(stopped_at=None, first_day__lte=at.date() + timedelta(days=2))
    for visit in near.select_related("group"):
        if outcome(visit, at=at) is Outcome.NOT:
            stop(visit=visit, at=at)


def _counts_until(visit: Visit) -> datetime:
    return _begins(visit.group, visit.first_day) - ANSWERED_BEFORE


def _begins(group: Group, day: date) -> datetime:
    return datetime.combine(day, time(), zone_or_utc(group.time_zone)).astimezone(UTC)
