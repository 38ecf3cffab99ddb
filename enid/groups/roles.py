"""Verbs of roles: what somebody is in the group, since when, and until when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from enid.groups.errors import LastLeader, NotThatRole
from enid.groups.life_models import Coordination
from enid.groups.models import Group, Membership
from enid.groups.operations import stop_leading, tell_the_room
from enid.groups.past_roles import drop_deputy, turn
from enid.people.models import Person

Role = Membership.Role
BY_LEADERS = (Role.MEMBER, Role.INTERPRETER)  # leading, and learning it, ask for a person's own yes


@transaction.atomic
def give(*, place: Membership, role: str, at: datetime) -> None:
    """Make somebody who does not lead a member or an interpreter.

    raises: NotThatRole for leaders, for leading and for learning it
    """
    place = Membership.objects.select_for_update().get(
        pk=place.pk
    )  # they may have left since the page was read
    if place.left_at or place.is_leader or role not in BY_LEADERS:
        raise NotThatRole
    turn(place, role, at)
    place.asked_to_lead_at = None
    place.credential, place.independent, place.dependence_told = "", None, ""
    place.save()
    tell_the_room(place.group_id)


@transaction.atomic
def name_deputy(*, place: Membership, at: datetime) -> None:
    """Name the member who holds the circle if all leaders' lines are gone; there is one.

    raises: NotThatRole for anyone but a member
    """
    if place.role != Role.MEMBER:
        raise NotThatRole
    for other in place.group.memberships.filter(left_at=None).exclude(deputy_since=None).exclude(pk=place.pk):
        drop_deputy(other, at)
        other.save(update_fields=["deputy_since"])
    if place.deputy_since is None:
        place.deputy_since = at
        place.save(update_fields=["deputy_since"])
    tell_the_room(place.group_id)


@transaction.atomic
def end_deputy(*, place: Membership, at: datetime) -> None:
    """Let a deputy be a member like others."""
    drop_deputy(place, at)
    place.save(update_fields=["deputy_since"])
    tell_the_room(place.group_id)


@transaction.atomic
def lead_until(*, leader: Membership, day: date | None) -> None:
    """Say until which day a leader leads, so that whoever follows can lead beside them; None takes it back."""
    leader.leads_until = day
    leader.save(update_fields=["leads_until"])


def stays_alone(circle: Sequence[Membership], *, today: date) -> Membership | None:
    """Return whoever leads past the day they had named, since nobody else leads; or nothing."""
    leading = [place for place in circle if place.is_leader]
    if len(leading) != 1:
        return None
    day = leading[0].leads_until
    return leading[0] if day and day < today else None


def end_leading_due(at: datetime) -> None:
    """Make members of leaders whose last day is over everywhere; the only leader of a group stays one."""
    over = (at.astimezone(UTC) - timedelta(hours=12)).date()
    due = Membership.objects.filter(
        left_at=None, role=Role.LEADER, leads_until__lt=over, group__ended_at=None
    )
    for place in due.select_related("group").order_by("pk"):
        try:
            stop_leading(leader=place, at=at)
        except LastLeader:
            continue  # they stay one, and the page of roles says so


@transaction.atomic
def begin_to_coordinate(*, group: Group, person: Person, at: datetime) -> Coordination:
    """Let somebody look after the dates; again changes nothing."""
    present, _ = Coordination.objects.get_or_create(
        group=group, person=person, ended_at=None, defaults={"began_at": at}
    )
    return present


@transaction.atomic
def end_coordination(*, coordination: Coordination, at: datetime) -> None:
    """End it; what was planned stays."""
    Coordination.objects.filter(pk=coordination.pk, ended_at=None).update(ended_at=at)
