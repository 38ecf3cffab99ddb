"""Answering: signed in, or by one's own link without signing in. Only a POST answers: programs that scan mail open links."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from enid.groups import zones
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits
from enid.polls import access, grid, labels, operations, queries
from enid.polls.candidates import zone_of
from enid.polls.forms import HoursAnswerForm, TimesAnswerForm
from enid.polls.links import new_asked
from enid.polls.models import Asked, Poll
from enid.polls.times import said_by


@login_required
@page
def poll(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Answer as a member who is signed in."""
    place, found = access.get_place(request.user, group_id, poll_id)
    if request.method == "POST":
        asked = operations.asked_of(poll=found, membership=place)
    else:
        asked = queries.place_in(found, place) or new_asked(found, membership=place)
    asked.poll = found
    return _answer_page(request, asked, {"place": place})


@never_cache
@page
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer by a link, without signing in."""
    try:
        asked = access.get_asked(secret, at=timezone.now())
    except Http404:
        return render(request, "groups/invitation_gone.html", status=404)
    return _answer_page(request, asked, {"by_link": True})


def _answer_page(request: HttpRequest, asked: Asked, more: dict[str, object]) -> HttpResponse:
    """Show the question in the reader's zone, and keep what they answer."""
    at, zone = timezone.now(), _zone(request, asked)
    with timezone.override(ZoneInfo(zone)):
        form = _form(request, asked, zone)
        status = READ
        if form.is_bound:
            if form.is_valid() and _kept(request, form, asked, zone, at):
                return redirect(request.path)
            status = WRITTEN
        shown = {**_shown(asked, zone, at), **more, "form": form}
        if isinstance(form, HoursAnswerForm):
            shown["week"] = grid.week(_free(form, asked, zone))
        if isinstance(form, TimesAnswerForm):
            shown["replies"] = _replies(asked, form)
        shown["detects"] = not request.GET.get("zone") and not _is_chosen(asked)
        return render(request, "polls/answer.html", shown, status=status)


def _shown(asked: Asked, zone: str, at: datetime) -> dict[str, object]:
    poll = asked.poll
    return {
        "group": poll.group,
        "poll": poll,
        "asked": asked,
        "open": queries.is_open(poll, at=at),
        "described": labels.described(poll),
        "zone": zone,
        "zones": zones.choices(zone),
        "chosen": queries.chosen(poll),
    }


def _zone(request: HttpRequest, asked: Asked) -> str:
    """Return the zone that the reader chose just now, else the one that is known of them."""
    wished = request.POST.get("zone") or request.GET.get("zone") or ""
    return wished if wished in zones.names() else zone_of(asked, asked.poll)


def _is_chosen(asked: Asked) -> bool:
    """Tell whether the reader's zone is known; UTC is what an account has that never chose."""
    account = asked.membership.person.time_zone if asked.membership else "UTC"
    return bool(asked.time_zone) or account != "UTC"


def _form(request: HttpRequest, asked: Asked, zone: str) -> TimesAnswerForm | HoursAnswerForm:
    given = request.POST if request.method == "POST" else None
    if asked.poll.kind == Poll.Kind.HOURS:
        return HoursAnswerForm(given)
    replies = asked.replies.all() if asked.pk else ()
    before = {str(reply.option_id): reply.choice for reply in replies}
    return TimesAnswerForm(given, times=said_by(asked.poll, zone), initial=before)


def _replies(asked: Asked, form: TimesAnswerForm) -> list[tuple[object, str]]:
    """Return what somebody answered, in words; for when answers are closed."""
    replies = asked.replies.order_by("option") if asked.pk else ()
    return [(form.fields[str(reply.option_id)].label, reply.get_choice_display()) for reply in replies]


def _free(form: HoursAnswerForm, asked: Asked, zone: str) -> frozenset[int]:
    """Return what is painted: what was just sent, else what is kept, by the reader's clock."""
    if form.is_bound:
        return frozenset(form.cleaned_data.get("free", ()))
    return grid.kept(asked, zone)


def _kept(
    request: HttpRequest, form: TimesAnswerForm | HoursAnswerForm, asked: Asked, zone: str, at: datetime
) -> bool:
    if not limits.may_answer_poll(request, f"{asked.pk}"):
        form.add_error(None, labels.refusal("too_often"))
        return False
    try:
        if isinstance(form, HoursAnswerForm):
            free = frozenset(form.cleaned_data["free"])
            operations.answer_hours(asked=asked, free=free, zone=zone, at=at)
        else:
            operations.answer_times(asked=asked, choices=form.choices(), zone=zone, at=at)
    except Refused as refused:
        form.add_error(None, labels.refusal(refused.code))
        return False
    messages.success(request, _("Your answer is kept. You can change it until the deadline."))
    return True
