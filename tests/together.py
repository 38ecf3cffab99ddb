"""What a circle does together: everybody accepts what is proposed, somebody begins to learn leading."""

from datetime import datetime

from enid.groups import operations, queries
from enid.groups.models import Group, Membership
from enid.groups.operations import Declaration


def everybody_accepts(group: Group, *, at: datetime) -> None:
    """Let everybody who has not accepted the open proposal do so."""
    proposal = queries.open_proposal(group)
    assert proposal is not None
    for place in queries.not_yet_accepted(group, proposal):
        operations.accept_agreement(membership=place, number=proposal.number, at=at)


def begins_to_learn(place: Membership, *, at: datetime) -> None:
    """Let somebody be asked whether they would learn to lead, and say yes."""
    operations.ask_to_lead(member=place, at=at, role=Membership.Role.TRAINEE)
    operations.begin_to_lead(member=place, declaration=Declaration("", independent=True), at=at)
    place.refresh_from_db()
