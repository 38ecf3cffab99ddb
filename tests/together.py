"""What a whole circle does: everybody accepts what is proposed."""

from datetime import datetime

from enid.groups import operations, queries
from enid.groups.models import Group


def everybody_accepts(group: Group, *, at: datetime) -> None:
    """Let everybody who has not accepted the open proposal do so."""
    proposal = queries.open_proposal(group)
    assert proposal is not None
    for place in queries.not_yet_accepted(group, proposal):
        operations.accept_agreement(membership=place, number=proposal.number, at=at)
