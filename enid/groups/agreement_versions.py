"""How an agreement changes: only together.

Leaders propose a version; it holds once everybody who belongs has accepted it. Until then the one before holds
everywhere. Whoever leaves meanwhile no longer counts; whoever joins is asked too.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from enid.groups import agreement_links as links
from enid.groups import outsiders
from enid.groups.agreement import facts_of, refreshed
from enid.groups.agreement_terms import differing, with_terms
from enid.groups.models import Acceptance, Agreement, Group, Membership, Outsiders
from enid.groups.queries import (
    coming_facts,
    leaders,
    newest_version,
    not_yet_accepted,
    open_proposal,
    present_agreement,
)
from enid.groups.signals import announce


def hold(group: Group) -> Group:
    """Return the group as it stands, held until the transaction ends, so that two changes come one by one."""
    return Group.objects.select_for_update().get(pk=group.pk)


def propose_terms(
    *, group: Group, terms: Mapping[str, Any], by: Membership, at: datetime
) -> Agreement | None:
    """Propose settings that belong to the agreement, beside what is proposed already."""
    held = hold(group)
    base, proposal = newest_version(held), open_proposal(held)
    wanted = differing(held, {**(proposal.terms if proposal else {}), **terms})
    after = facts_of(with_terms(held, wanted), leaders(held))
    text = refreshed(base.text, before=coming_facts(held), after=after)
    return put_forward(held, text, wanted, by=by, at=at)


def put_forward(
    held: Group, text: str, terms: Mapping[str, Any], *, by: Membership | None, at: datetime
) -> Agreement | None:
    """Propose a version, in the place of one that is open; return nothing where it says nothing new.

    held: the group, held by `hold`
    by:   who accepts it by proposing it; None where it follows from somebody's going
    """
    proposal, present = open_proposal(held), present_agreement(held)
    base = proposal or present
    if text == base.text and terms == (proposal.terms if proposal else {}):
        return None
    if proposal:
        withdraw(proposal, at=at)
    if text == present.text and not terms:
        return present  # back to what holds: there is nothing left to ask
    last = held.agreements.latest("number").number
    version = Agreement.objects.create(
        group=held, number=last + 1, text=text, terms=dict(terms), written_at=at, agreed_at=None
    )
    if by:
        Acceptance.objects.create(membership=by, agreement=version, accepted_at=at)
    settle(held, at=at)
    version.refresh_from_db()
    if version.agreed_at is None:
        links.send(version, not_yet_accepted(held, version), at=at)
    return version


def withdraw(proposal: Agreement, *, at: datetime) -> None:
    """Take a proposal back; links to it open nothing any more."""
    Agreement.objects.filter(pk=proposal.pk, agreed_at=None, withdrawn_at=None).update(withdrawn_at=at)
    proposal.links.all().delete()


@transaction.atomic
def take_back(*, group: Group, number: int, at: datetime) -> bool:
    """Withdraw the open proposal that was read; return whether it was still open."""
    proposal = open_proposal(hold(group))
    if proposal is None or proposal.number != number:
        return False
    withdraw(proposal, at=at)
    return True


@transaction.atomic
def settle(group: Group, *, at: datetime) -> None:
    """Let the open proposal hold if everybody who belongs has accepted it."""
    held = hold(group)
    proposal = open_proposal(held)
    if proposal is None or held.ended_at or not_yet_accepted(held, proposal):
        return
    _put_in_force(held, proposal, at)


def _put_in_force(held: Group, proposal: Agreement, at: datetime) -> None:
    terms = differing(held, proposal.terms)
    if terms.keys() & {"outsiders", "outsiders_who"}:
        terms["outsiders_since"] = at  # nothing from before is theirs
    if "outsiders_who" in terms or terms.get("outsiders") == Outsiders.NOTHING:
        outsiders.withdraw(held)  # the link is in the hands of those who are named no more
    for field, value in terms.items():
        setattr(held, field, value)
    held.save(update_fields=list(terms))
    Agreement.objects.filter(pk=proposal.pk).update(agreed_at=at)
    proposal.links.all().delete()
    announce(held.pk)
