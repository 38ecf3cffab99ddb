"""Pages of leaders: who was present, a group's record, disputes, and the screen by which people sign in."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enid.attendance import access, codes, labels, operations, queries
from enid.groups.access import PersonRequest, get_led_group
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.groups.words import say, words_of
from enid.meetings import access as meetings
from enid.meetings.forms import PresentForm
from enid.meetings.labels import QUESTIONS
from enid.meetings.models import Meeting
from enid.meetings.queries import PresentOrNot, is_open, may_be_noted, present_or_not

MEETINGS_A_PAGE = 20


@login_required
@page
def after(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Confirm who was present; ten questions to talk about. Nothing else is kept."""
    found = meetings.get_conducted_meeting(request.user, meeting_id, at=timezone.now())
    if found.closed_at is None and not may_be_noted(found, at=timezone.now()):
        messages.warning(request, labels.refusal("not_closed"))
        return redirect("meeting", meeting_id)
    lines = present_or_not(found)
    if request.method == "POST" and _confirmed(request, found, lines):
        return redirect("meeting_after", meeting_id)
    words = words_of(found.group)
    shown = {
        "meeting": found,
        "group": found.group,
        "lines": lines,
        "questions": [say(question, words) for question in QUESTIONS],
        "disputes": queries.open_disputes(meeting=found),
        "corrections": queries.corrections(found),
    }
    status = WRITTEN if request.method == "POST" else READ
    return render(request, "attendance/after.html", shown, status=status)


def _confirmed(request: PersonRequest, meeting: Meeting, lines: list[PresentOrNot]) -> bool:
    form = PresentForm(request.POST, places=[line.membership.pk for line in lines])
    if not form.is_valid():
        messages.warning(request, labels.refusal("unknown_member"))
        return False
    present, by = set(form.cleaned_data["present"]), meetings.get_place(request.user, meeting)
    try:
        operations.confirm(meeting=meeting, by=by, present=present, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
        return False
    messages.success(request, _("Kept: present or not, and nothing else."))
    return True


@login_required
@require_safe
def group_record(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """List a group's meetings for its leaders, and what members say is wrong."""
    group = get_led_group(request.user, group_id)
    held = Paginator(queries.to_note(group, at=timezone.now()), MEETINGS_A_PAGE)
    shown = {
        "group": group,
        "held": held.get_page(request.GET.get("page")),
        "disputes": queries.open_disputes(group=group),
    }
    return render(request, "attendance/group.html", shown)


@login_required
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a disputed line, or leave it."""
    dispute, place = access.get_dispute(request.user, pk)
    correct = request.POST.get("do") == "correct"
    try:
        operations.answer(dispute=dispute, by=place, correct=correct, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    else:
        messages.success(request, _("Corrected.") if correct else _("Left as it is. The member sees that."))
    return redirect("meeting_after", dispute.attendance.meeting_id)


@login_required
@never_cache
@require_safe
def screen(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Show the code by which members in the room sign in with their own phones."""
    at = timezone.now()
    found = meetings.get_conducted_meeting(request.user, meeting_id, at=at)
    if not is_open(found, at=at):
        messages.warning(request, labels.refusal("not_now"))
        return redirect("meeting", meeting_id)
    link = settings.URL + reverse("here_code", args=[found.pk, codes.code_at(found.pk, at)])
    shown = {"meeting": found, "group": found.group, "link": link, "code": _drawn(link)}
    return render(request, "attendance/screen.html", shown)


def _drawn(link: str) -> SafeString:
    """Return the code as a picture in the page itself."""
    drawn = segno.make_qr(link, error="m").svg_inline(
        scale=8, border=4, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308 - an address of our own, drawn as paths
