"""The flyer of a group, for its leaders to print."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enid.core import pdf
from enid.groups import access, flyer
from enid.groups.access import PersonRequest

PAPERS = ("a4", "us-letter")


@login_required
@require_safe
def printed(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Hand out the flyer; answers go to the leader who prints it."""
    group = access.get_led_group(request.user, group_id)
    asked = request.GET.get("paper", "")
    paper = cast("pdf.Paper", asked if asked in PAPERS else "a4")
    try:
        made = flyer.make(group, answers_to=request.user, paper=paper)
    except pdf.NoDocument:
        messages.warning(
            request, _("The document could not be made just now. Please try once more in a minute.")
        )
        return redirect("group_invite", group_id)
    return pdf.answer(made, "balint-group.pdf")
