"""The only doors to a group: whoever may not know of it meets a plain 404."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enid.groups.life_models import Coordination, Import, Visit, Waiting
from enid.groups.models import Group, Invitation, Membership
from enid.people.models import Person


class PersonRequest(HttpRequest):
    """A request behind `login_required`; for type checkers alone."""

    user: Person


def get_membership(person: Person, group_id: UUID) -> Membership:
    """Return the person's present place in the group, or 404."""
    places = Membership.objects.select_related("group").filter(left_at=None, group__ended_at=None)
    place = places.filter(person_id=person.pk, group_id=group_id).first()
    if place is None:
        raise Http404
    return place


def get_group(person: Person, group_id: UUID) -> Group:
    """Return the group if the person belongs to it, or 404."""
    return get_membership(person, group_id).group


def get_leadership(person: Person, group_id: UUID) -> Membership:
    """Return the person's place in a group that they lead, or 404."""
    place = get_membership(person, group_id)
    if not place.is_leader:
        raise Http404
    return place


def get_led_group(person: Person, group_id: UUID) -> Group:
    """Return the group if the person leads it, or 404."""
    return get_leadership(person, group_id).group


def get_companion(leader: Membership, pk: int) -> Membership:
    """Return somebody else who belongs to the leader's group today, or 404."""
    others = leader.group.memberships.filter(left_at=None).exclude(pk=leader.pk).select_related("person")
    companion = others.filter(pk=pk).first()
    if companion is None:
        raise Http404
    return companion


def get_coordination(person: Person, group_id: UUID) -> Coordination:
    """Return what lets the person look after the group's dates, or 404."""
    present = Coordination.objects.select_related("group").filter(ended_at=None, group__ended_at=None)
    found = present.filter(person_id=person.pk, group_id=group_id).first()
    if found is None:
        raise Http404
    return found


def get_dated_group(person: Person, group_id: UUID) -> Group:
    """Return the group if the person leads it or coordinates its dates, or 404."""
    try:
        return get_led_group(person, group_id)
    except Http404:
        return get_coordination(person, group_id).group


def get_a_coordination(leader: Membership, pk: int) -> Coordination:
    """Return one present coordinator of the leader's group, or 404."""
    found = leader.group.coordinations.filter(ended_at=None, pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return found


def get_invitation(group: Group, pk: int) -> Invitation:
    """Return one invitation into this group, or 404."""
    return get_object_or_404(Invitation, pk=pk, group=group)


def get_import(group: Group, pk: int) -> Import:
    """Return one table that was brought into this group, or 404."""
    return get_object_or_404(Import, pk=pk, group=group)


def get_visit(group: Group, pk: int) -> Visit:
    """Return one visit that this group was asked about, or 404."""
    return get_object_or_404(Visit, pk=pk, group=group)


def get_waiting(group: Group, pk: int) -> Waiting:
    """Return somebody who waits for a place in this group, or 404."""
    return get_object_or_404(Waiting, pk=pk, group=group)
