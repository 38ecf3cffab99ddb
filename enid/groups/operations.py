"""Verbs of the groups chapter: start, change, accept, lead, leave, remove, end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from enid.groups import agreement as texts
from enid.groups import agreement_versions as versions
from enid.groups import terms
from enid.groups.agreement_terms import TERMS
from enid.groups.errors import (
    AgreementChanged,
    FormatRefused,
    LastLeader,
    NoDeclaration,
    NotAsked,
    NotThatRole,
)
from enid.groups.formats import Format, to_json, validate
from enid.groups.models import Acceptance, Agreement, Group, Membership, OutsideLink
from enid.groups.past_roles import turn
from enid.groups.queries import coming_facts, facts, newest_version, open_proposal, present_agreement
from enid.groups.signals import announce
from enid.people.models import Person

LEADER, MEMBER = Membership.Role.LEADER, Membership.Role.MEMBER
TRAINEE = Membership.Role.TRAINEE
FROM = {LEADER: (MEMBER, TRAINEE), TRAINEE: (MEMBER,)}  # who may be asked to become what


@dataclass(frozen=True)
class Declaration:
    """What a leader says of themselves: credential, and independence or a sentence of what is so."""

    credential: str
    independent: bool
    told: str = ""

    def checked(self) -> "Declaration":
        """Return the declaration if it is whole.

        raises: NoDeclaration when a leader is neither independent nor says what is so
        """
        if not self.independent and not self.told:
            raise NoDeclaration
        return Declaration(self.credential, self.independent, "" if self.independent else self.told)


@transaction.atomic
def start_group(
    *, person: Person, settings: Mapping[str, Any], format: Format, declaration: Declaration, at: datetime
) -> Group:
    """Return a new group that this person leads, with its first agreement written and accepted by them.

    settings: fields of Group; the words of the agreement follow from them
    """
    said = declaration.checked()
    group = Group.objects.create(
        **{**terms.first(), **settings},
        format=to_json(_valid(format)),
        length_min=format.total_min,
        created_at=at,
        outsiders_since=at,
        forming_since=at,
        term_began_at=at,
    )
    leader = Membership(group=group, person=person, role=LEADER, joined_at=at, role_since=at)
    _say(leader, said)
    _write_first_agreement(leader, at)
    return group


def _write_first_agreement(leader: Membership, at: datetime) -> None:
    text = texts.default_text(leader.group, facts(leader.group))
    first = Agreement.objects.create(group=leader.group, number=1, text=text, written_at=at, agreed_at=at)
    Acceptance.objects.create(membership=leader, agreement=first, accepted_at=at)


@transaction.atomic
def change_settings(
    *, group: Group, settings: Mapping[str, Any], by: Membership, at: datetime
) -> Agreement | None:
    """Change a group's options; what the agreement names is proposed, and what is proposed is returned.

    returns: the new version, in force already where nobody else has to accept it; nothing where it asks for none
    """
    free = {field: value for field, value in settings.items() if field not in TERMS}
    for field, value in free.items():
        setattr(group, field, value)
    group.save(update_fields=list(free))
    tell_the_room(group.pk)
    named = {field: value for field, value in settings.items() if field in TERMS}
    proposed = versions.propose_terms(group=group, terms=named, by=by, at=at)
    group.refresh_from_db(fields=[*TERMS, "outsiders_since"])
    return proposed


@transaction.atomic
def change_format(*, group: Group, format: Format, length_min: int) -> None:
    """Keep a preset or the leaders' own copy.

    length_min: planned length of a meeting, which may differ from the sum of the stages
    raises:     FormatRefused
    """
    group.format = to_json(_valid(format))
    group.length_min = length_min
    group.save(update_fields=["format", "length_min"])
    tell_the_room(group.pk)


def _valid(format: Format) -> Format:
    problems = validate(format)
    if problems:
        raise FormatRefused(problems)
    return format


@transaction.atomic
def write_agreement(*, group: Group, text: str, by: Membership, read_number: int, at: datetime) -> Agreement:
    """Propose a new text, accepted by whoever writes it; it holds once everybody else has accepted it too.

    raises: AgreementChanged when another version was written since `read_number`
    """
    held = versions.hold(group)
    base = newest_version(held)
    if base.number != read_number:
        raise AgreementChanged
    named = base.terms if base.agreed_at is None else {}
    return versions.put_forward(held, text, named, by=by, at=at) or base


@transaction.atomic
def accept_agreement(*, membership: Membership, number: int, at: datetime) -> None:
    """Note that a member accepts the version they have read: the one in force, or the one proposed.

    raises: AgreementChanged when it is neither
    """
    held = versions.hold(membership.group)
    asked = (present_agreement(held), open_proposal(held))
    version = next((each for each in asked if each and each.number == number), None)
    if version is None:
        raise AgreementChanged
    Acceptance.objects.get_or_create(membership=membership, agreement=version, defaults={"accepted_at": at})
    versions.settle(held, at=at)
    tell_the_room(membership.group_id)


def refresh_agreement(
    group: Group, before: texts.Facts, *, by: Membership | None, at: datetime
) -> Agreement | None:
    """Propose the lines that follow from what leaders say, brought up to date.

    before: `queries.coming_facts` from before the change
    by:     who has read and accepted it with the change; None where everybody is still to read it
    """
    held = versions.hold(group)
    base, proposal = newest_version(held), open_proposal(held)
    text = texts.refreshed(base.text, before=before, after=coming_facts(held))
    return versions.put_forward(held, text, proposal.terms if proposal else {}, by=by, at=at)


@transaction.atomic
def ask_to_lead(*, member: Membership, at: datetime, role: Membership.Role = LEADER) -> None:
    """Ask a member whether they would lead too, or learn to; nothing changes before their own yes."""
    here = Membership.objects.filter(pk=member.pk, role__in=FROM[role], left_at=None)
    here.filter(asked_to_lead_at=None).update(asked_to_lead_at=at, asked_as=role)


@transaction.atomic
def begin_to_lead(*, member: Membership, declaration: Declaration, at: datetime) -> None:
    """Make a member a leader or a trainee, by their own consent and with their declaration.

    raises: NotAsked, NoDeclaration
    """
    said = declaration.checked()
    member = Membership.objects.select_for_update().select_related("group").get(pk=member.pk)
    if member.asked_to_lead_at is None or member.left_at:
        raise NotAsked
    before = coming_facts(member.group)
    member.asked_to_lead_at = None
    turn(member, member.asked_as, at)
    _say(member, said)
    refresh_agreement(member.group, before, by=member, at=at)
    tell_the_room(member.group_id)


@transaction.atomic
def decline_to_lead(*, member: Membership) -> None:
    """Stay a member; the question is gone."""
    Membership.objects.filter(pk=member.pk).update(asked_to_lead_at=None)


@transaction.atomic
def change_declaration(*, leader: Membership, declaration: Declaration, at: datetime) -> Agreement | None:
    """Change what a leader says of themselves; return the version proposed if the group must be told.

    raises: NotThatRole, NoDeclaration
    """
    leader = _as_it_is(leader)
    before = coming_facts(leader.group)
    _say(leader, declaration.checked())
    return refresh_agreement(leader.group, before, by=leader, at=at)


def _say(place: Membership, said: Declaration) -> None:
    place.credential, place.independent, place.dependence_told = said.credential, said.independent, said.told
    place.save()


@transaction.atomic
def stop_leading(*, leader: Membership, at: datetime) -> None:
    """Make a leader a member again.

    raises: LastLeader, NotThatRole
    """
    leader = _as_it_is(leader)
    _keep_a_leader(leader)
    before = coming_facts(leader.group)
    _withdraw_links(leader, at)
    turn(leader, MEMBER, at)
    leader.credential, leader.independent, leader.dependence_told = "", None, ""
    leader.save()
    refresh_agreement(leader.group, before, by=None, at=at)
    tell_the_room(leader.group_id)


@transaction.atomic
def leave(*, membership: Membership, at: datetime) -> None:
    """End a person's place in the group; their browsers are forgotten with it.

    raises: LastLeader
    """
    _keep_a_leader(membership)
    _let_go(membership, at)


@transaction.atomic
def remove(*, membership: Membership, at: datetime) -> None:
    """End somebody else's place, as a leader decides.

    raises: LastLeader
    """
    leave(membership=membership, at=at)


def _keep_a_leader(membership: Membership) -> None:
    """Refuse while others would be left without a leader; the group's row is held against two who go at once."""
    if not membership.is_leader:
        return
    Group.objects.select_for_update().get(pk=membership.group_id)
    present = Membership.objects.filter(group=membership.group_id, left_at=None)
    if not present.exclude(pk=membership.pk).filter(role=LEADER).exists():
        raise LastLeader


def _as_it_is(leader: Membership) -> Membership:
    """Return the place as it stands now, held: a page may have read it before somebody else ended it.

    raises: NotThatRole
    """
    held = Membership.objects.select_for_update().select_related("group", "person").get(pk=leader.pk)
    if held.left_at or not held.is_leader:
        raise NotThatRole
    return held


def _withdraw_links(leader: Membership, at: datetime) -> None:
    """Close the links that somebody made as a leader and may still hold: they opened a way back."""
    theirs = leader.group.invitations.filter(invited_by=leader.person, used_at=None, withdrawn_at=None)
    theirs.update(withdrawn_at=at)
    OutsideLink.objects.filter(group=leader.group).delete()


def _let_go(membership: Membership, at: datetime) -> None:
    before = coming_facts(membership.group)
    if membership.is_leader:
        _withdraw_links(membership, at)
    membership.group.coordinations.filter(person=membership.person, ended_at=None).update(ended_at=at)
    membership.left_at, membership.asked_to_lead_at = at, None
    membership.deputy_since = membership.leads_until = None
    membership.save(update_fields=["left_at", "asked_to_lead_at", "deputy_since", "leads_until"])
    refresh_agreement(membership.group, before, by=None, at=at)
    versions.settle(membership.group, at=at)
    tell_the_room(membership.group_id)


@transaction.atomic
def end_group(*, group: Group, at: datetime) -> None:
    """End the group for everybody: its pages, links and rooms open no more."""
    Group.objects.filter(pk=group.pk, ended_at=None).update(ended_at=at)
    group.memberships.filter(left_at=None).update(left_at=at, asked_to_lead_at=None)
    group.visits.all().delete()
    group.coordinations.filter(ended_at=None).update(ended_at=at)
    group.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    tell_the_room(group.pk)


def tell_the_room(group_id: UUID) -> None:
    """Let the room of this group read anew who belongs, once the change is certain."""
    announce(group_id)
