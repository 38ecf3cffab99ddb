"""The only doors to a poll: whoever may not know of it meets a plain 404."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from enid.core.links import hash_of
from enid.groups.access import get_leadership, get_membership
from enid.groups.models import Membership
from enid.people.models import Person
from enid.polls.models import Asked, Poll

LINK_AFTER = timedelta(days=14)
"""How long after the deadline a link still shows what came of it."""


def get_place(person: Person, group_id: UUID, poll_id: UUID) -> tuple[Membership, Poll]:
    """Return a member's place and a poll of their group, or 404."""
    return get_membership(person, group_id), _poll(group_id, poll_id)


def get_led_poll(person: Person, group_id: UUID, poll_id: UUID) -> Poll:
    """Return a poll of a group that the person leads, or 404."""
    get_leadership(person, group_id)
    return _poll(group_id, poll_id)


def get_named(person: Person, group_id: UUID, poll_id: UUID, pk: int) -> Asked:
    """Return somebody without an account whom leaders named in their poll, or 404."""
    poll = get_led_poll(person, group_id, poll_id)
    named = poll.asked.filter(pk=pk, membership=None, withdrawn_at=None).first()
    if named is None:
        raise Http404
    return named


def get_asked(secret: str, *, at: datetime) -> Asked:
    """Return whom a link asks, while it opens anything and they still belong, or 404."""
    here = Q(membership=None) | Q(membership__left_at=None)
    found = Asked.objects.filter(here, secret_hash=hash_of(secret), withdrawn_at=None)
    found = found.filter(poll__closes_at__gt=at - LINK_AFTER, poll__group__ended_at=None)
    asked = found.select_related("poll__group", "membership__person").first()
    if asked is None:
        raise Http404
    return asked


def _poll(group_id: UUID, poll_id: UUID) -> Poll:
    poll = Poll.objects.select_related("group").filter(pk=poll_id, group_id=group_id).first()
    if poll is None:
        raise Http404
    return poll
