"""Verbs of an import: judge every row against the group, bring all in or none, take all back."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from enid.groups import csv_members, invitations
from enid.groups.csv_members import Bad, Row, Table
from enid.groups.errors import RowsRefused, SomebodyJoined
from enid.groups.life import IN_A_PLACE
from enid.groups.life_models import Import
from enid.groups.models import Group, Invitation
from enid.groups.queries import open_invitations
from enid.people.models import Person


def read(data: bytes) -> Table:
    """Return the people of a table.

    raises: Unreadable
    """
    return csv_members.read(data, is_address=is_address)


def is_address(text: str) -> bool:
    """Say whether mail could be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def judge(*, group: Group, rows: Sequence[Row], at: datetime) -> list[Bad]:
    """Return the rows that the group cannot take now, by their lines."""
    here = group.memberships.filter(left_at=None).values_list("person__email", flat=True)
    belong = {email.lower() for email in here}
    asked = {each.email.lower() for each in open_invitations(group, at=at) if each.email}
    bad = []
    for row in rows:
        if row.email.lower() in belong:
            bad.append(Bad(row.line, "already_here"))
        elif row.email.lower() in asked:
            bad.append(Bad(row.line, "already_invited"))
        elif group.closed_since and row.role in IN_A_PLACE:
            bad.append(Bad(row.line, "circle_closed"))
    return bad


@transaction.atomic
def bring_in(*, group: Group, by: Person, rows: Sequence[Row], at: datetime) -> list[tuple[Invitation, str]]:
    """Invite everybody of a table, or nobody; return each invitation with the secret of its link.

    raises: RowsRefused, GroupFull, TooManyOpen
    """
    group = Group.objects.select_for_update().get(pk=group.pk)
    if bad := judge(group=group, rows=rows, at=at):
        raise RowsRefused(bad)
    brought = Import.objects.create(group=group, brought_by=by, at=at)
    made = []
    for row in rows:
        invitee = invitations.Invitee(row.name, row.email, row.role)
        made.append(invitations.invite(group=group, by=by, invitee=invitee, at=at))
    Invitation.objects.filter(pk__in=[each.pk for each, _ in made]).update(brought=brought)
    return made


@transaction.atomic
def undo(*, brought: Import, at: datetime) -> None:
    """Take every invitation of an import back, while nobody has joined by one.

    raises: SomebodyJoined
    """
    brought = Import.objects.select_for_update().get(pk=brought.pk)
    theirs = Invitation.objects.select_for_update().filter(brought=brought)
    if any(each.used_at for each in theirs):
        raise SomebodyJoined
    Invitation.objects.filter(brought=brought, withdrawn_at=None).update(withdrawn_at=at)
    Import.objects.filter(pk=brought.pk, undone_at=None).update(undone_at=at)
