"""The page on which leaders bring in a table of people: read, judged whole, invited together, taken back together."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enid.groups import access, imports, invitations, labels
from enid.groups.access import PersonRequest
from enid.groups.csv_members import Bad, Row, Table
from enid.groups.csv_text import Unreadable
from enid.groups.errors import Refused, RowsRefused, TooManyLetters
from enid.groups.life_forms import LetterForm, TableForm
from enid.groups.models import Membership
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits

SALT = "import-rows"
KEPT_S = 60 * 60  # how long a table that was read may wait for "Invite them"


@login_required
@never_cache
@page
def bring(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Read a table and show what is in it; invite everybody on a second press."""
    leader = access.get_leadership(request.user, group_id)
    if request.method != "POST":
        return _page(request, leader, TableForm())
    if request.POST.get("do") == "invite":
        return _invite_them(request, leader)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, leader, form, status=WRITTEN)
    try:
        table = imports.read(form.cleaned_data["table"].read())
    except Unreadable as unreadable:
        form.add_error("table", labels.table_problem(unreadable.code))
        return _page(request, leader, form, status=WRITTEN)
    return _looked_at(request, leader, table)


def _looked_at(request: PersonRequest, leader: Membership, table: Table) -> HttpResponse:
    """Show the rows: all good and ready to be invited, or the bad ones with line and reason."""
    at = timezone.now()
    bad = sorted([*table.bad, *imports.judge(group=leader.group, rows=table.rows, at=at)], key=_line)
    if bad:
        return _page(request, leader, TableForm(), bad=bad, status=WRITTEN)
    letter = LetterForm(
        initial={"text": invitations.letter(leader.group, at=at), "rows": _sealed(leader, table)}
    )
    return _page(request, leader, TableForm(), table=table, letter=letter)


def _line(bad: Bad) -> int:
    return bad.line


def _sealed(leader: Membership, table: Table) -> str:
    rows = [[row.line, row.name, row.email, row.role] for row in table.rows]
    return signing.dumps([str(leader.group_id), rows], salt=SALT, compress=True)


def _opened(leader: Membership, sealed: str) -> list[Row] | None:
    """Return the rows that this page sealed for this group within the hour, or None."""
    try:
        group, rows = signing.loads(sealed, salt=SALT, max_age=KEPT_S)
    except (signing.BadSignature, ValueError):
        return None
    return [Row(*row) for row in rows] if group == str(leader.group_id) else None


def _invite_them(request: PersonRequest, leader: Membership) -> HttpResponse:
    letter, at = LetterForm(request.POST), timezone.now()
    rows = _opened(leader, request.POST.get("rows", ""))
    if rows is None or not letter.is_valid():
        messages.warning(request, _("Nobody was invited. Please choose the table again."))
        return redirect("group_import", leader.group_id)
    try:
        _send(request, leader, rows, letter.cleaned_data["text"], at)
    except RowsRefused as refused:
        return _page(request, leader, TableForm(), bad=refused.bad, status=WRITTEN)
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
        return redirect("group_import", leader.group_id)
    sent = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(rows))
    messages.success(request, sent % {"n": len(rows)})
    return redirect("group_import", leader.group_id)


@transaction.atomic
def _send(request: PersonRequest, leader: Membership, rows: list[Row], text: str, at: datetime) -> None:
    """Invite and write to everybody, or to nobody."""
    for invitation, secret in imports.bring_in(group=leader.group, by=leader.person, rows=rows, at=at):
        if not limits.may_write_invitation(request):
            raise TooManyLetters
        link = settings.URL + reverse("invitation", args=[secret])
        letter = invitations.ready_letter(invitation=invitation, text=text, link=link)
        invitations.send_letter(invitation=invitation, letter=letter, reply_to=leader.person.email)


@login_required
@require_POST
def undo(request: PersonRequest, group_id: UUID, pk: int) -> HttpResponse:
    """Take a whole import back."""
    group = access.get_led_group(request.user, group_id)
    try:
        imports.undo(brought=access.get_import(group, pk), at=timezone.now())
        messages.success(request, _("All of it is taken back. The links open nothing any more."))
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    return redirect("group_import", group_id)


def _page(
    request: PersonRequest,
    leader: Membership,
    form: TableForm,
    *,
    table: Table | None = None,
    letter: LetterForm | None = None,
    bad: list[Bad] | None = None,
    status: int = READ,
) -> HttpResponse:
    shown = {
        "group": leader.group,
        "form": form,
        "table": table,
        "people": [(row, labels.role_name(row.role)) for row in table.rows] if table else [],
        "letter": letter,
        "bad": [(each.line, labels.row_problem(each.code)) for each in bad or []],
        "imports": leader.group.imports.filter(undone_at=None),
    }
    return render(request, "groups/import.html", shown, status=status)
