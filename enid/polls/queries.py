"""Reads of the polls chapter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from enid.groups.models import Group, Membership
from enid.polls.candidates import candidate, candidates, voice
from enid.polls.models import Asked, Poll
from enid.polls.ranking import Ranked, rank


def is_open(poll: Poll, *, at: datetime) -> bool:
    """Tell whether answers are taken."""
    return poll.decided_at is None and at < poll.closes_at


def polls_of(group: Group) -> list[Poll]:
    """Return the polls of a group, the latest first."""
    return list(group.polls.all())


def open_polls(group: Group, *, at: datetime) -> QuerySet[Poll]:
    """Return the polls of a group that take answers."""
    return group.polls.filter(decided_at=None, closes_at__gt=at)


def here(poll: Poll) -> QuerySet[Asked]:
    """Return everybody who was asked and counts today: who left, and whose link was withdrawn, does not."""
    still = Q(membership=None) | Q(membership__left_at=None)
    return poll.asked.filter(still, withdrawn_at=None).select_related("membership__person")


def named(poll: Poll) -> list[Asked]:
    """Return the people without an account whom leaders named."""
    return list(here(poll).filter(membership=None))


def place_in(poll: Poll, membership: Membership) -> Asked | None:
    """Return what a member was asked and has answered, if anything."""
    return here(poll).filter(membership=membership).first()


@dataclass(frozen=True)
class Standing:
    """How a poll stands: the times in order, who answered by key, and the names of those who did not."""

    ranked: list[Ranked]
    names: dict[int, str]
    silent: list[str]


def standing(poll: Poll) -> Standing:
    """Return the order of times by the answers so far; for leaders alone."""
    asked = list(here(poll).prefetch_related("replies__option"))
    answered = [each for each in asked if each.answered]
    silent = [name_of(each) for each in asked if not each.answered]
    known = [each.membership_id for each in asked if each.membership_id]
    newcomers = poll.group.memberships.filter(left_at=None).exclude(pk__in=known)
    silent += [place.person.name for place in newcomers.select_related("person")]
    voices = [voice(each, poll) for each in answered]
    ranked = rank(candidates(poll), voices, poll.length_min)
    return Standing(ranked, {each.pk: name_of(each) for each in answered}, silent)


def name_of(asked: Asked) -> str:
    """Return the name by which leaders know somebody."""
    return asked.membership.person.name if asked.membership else asked.name


def chosen(poll: Poll) -> datetime | None:
    """Return when the first meeting begins that was decided on, or nothing."""
    if poll.chosen_day is None or poll.chosen_hour is None:
        return None
    return candidate(poll, poll.chosen_day, poll.chosen_hour).instants()[0]
