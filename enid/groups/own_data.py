"""What the groups chapter keeps of a person: for their export, and for their erasure."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from enid.groups import relations
from enid.groups.agreement import Facts
from enid.groups.agreement_versions import settle
from enid.groups.life_models import Coordination, GoingOn, Waiting
from enid.groups.models import Group, Invitation, Membership
from enid.groups.operations import end_group, refresh_agreement, tell_the_room
from enid.groups.queries import coming_facts, groups_led_alone
from enid.people.models import Person
from enid.people.own_data import addresses_of


def collect(person: Person) -> dict[str, Any]:
    """Return the person's places, declarations, acceptances and invitations as plain values."""
    places = Membership.objects.filter(person=person).select_related("group")
    places = places.prefetch_related("acceptances__agreement", "past_roles")
    letters = _letters_to(person).select_related("group")
    return {
        "memberships": [_place(place) for place in places],
        "coordinations": [
            {
                "group": each.group.name,
                "began_at": each.began_at.isoformat(),
                "ended_at": each.ended_at and each.ended_at.isoformat(),
            }
            for each in Coordination.objects.filter(person=person).select_related("group")
        ],
        "waits_for_a_place": [
            {"name": each.name, "since": each.since.isoformat()} for each in _waits(person)
        ],
        "invitations": [_letter(each) for each in letters],
        **relations.collect(person),
        "invited_others": [
            {"group": each.group.name, "created_at": each.created_at.isoformat()}
            for each in Invitation.objects.filter(invited_by=person).select_related("group")
        ],
    }


def _place(place: Membership) -> dict[str, Any]:
    accepted = [
        {"version": each.agreement.number, "text": each.agreement.text, "at": each.accepted_at.isoformat()}
        for each in place.acceptances.all()
    ]
    return {
        "group": place.group.name,
        "role": place.role,
        "role_since": place.role_since.isoformat(),
        "leads_until": place.leads_until and place.leads_until.isoformat(),
        "deputy_since": place.deputy_since and place.deputy_since.isoformat(),
        "consents": [
            {"visit": each.visit.name, "yes": each.yes} for each in place.consents.select_related("visit")
        ],
        "going_on": GoingOn.objects.filter(membership=place).values_list("answer", flat=True).first(),
        "earlier_roles": [
            {"role": each.role, "began_at": each.began_at.isoformat(), "ended_at": each.ended_at.isoformat()}
            for each in place.past_roles.all()
        ],
        "joined_at": place.joined_at.isoformat(),
        "left_at": place.left_at and place.left_at.isoformat(),
        "credential": place.credential,
        "independent": place.independent,
        "told": place.dependence_told,
        "asked_to_lead_at": place.asked_to_lead_at and place.asked_to_lead_at.isoformat(),
        "asked_as": place.asked_to_lead_at and place.asked_as,
        "accepted": accepted,
    }


def _letters_to(person: Person) -> QuerySet[Invitation]:
    return Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=addresses_of(person))


def _waits(person: Person) -> QuerySet[Waiting]:
    return Waiting.objects.annotate(lower=Lower("email")).filter(lower__in=addresses_of(person))


def _letter(letter: Invitation) -> dict[str, Any]:
    """Return an invitation; the group's name only once it was accepted, since before it is not theirs to know."""
    return {
        "name": letter.name,
        "email": letter.email,
        "role": letter.role,
        "created_at": letter.created_at.isoformat(),
        "answer": letter.answer,
        "asked_at": letter.asked_at and letter.asked_at.isoformat(),
        "talked_at": letter.talked_at and letter.talked_at.isoformat(),
    }


def erase(person: Person) -> None:
    """Erase the person's places, wishes, relations and invitations; groups of theirs alone end."""
    relations.erase(person)
    places = Membership.objects.filter(person=person).select_related("group")
    here = list(places.filter(left_at=None))
    before = {place.pk: coming_facts(place.group) for place in here}
    for place in here:
        if not place.group.memberships.filter(left_at=None).exclude(pk=place.pk).exists():
            end_group(group=place.group, at=timezone.now())
        tell_the_room(place.group_id)
    gone = [(place.group, before[place.pk]) for place in here]
    places.delete()
    for group, facts in gone:
        _without_them(group, facts)
    Coordination.objects.filter(person=person).delete()
    _letters_to(person).delete()
    _waits(person).delete()


def _without_them(group: Group, before: Facts) -> None:
    """Let the agreement say of the leaders what is so now; whoever is gone no longer counts."""
    at = timezone.now()
    if group.memberships.filter(left_at=None).exists():
        refresh_agreement(group, before, by=None, at=at)
    settle(group, at=at)


def blocks(person: Person) -> list[str]:
    """Return a sentence for each group that would be without a leader."""
    sentence = _(
        "You are the only leader of “%(group)s”. Ask somebody there to lead first, or end the group."
    )
    return [sentence % {"group": group.name} for group in groups_led_alone(person)]
