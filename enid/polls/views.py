"""Pages on which leaders ask for a time, see what each one costs whom, and take one."""

from datetime import date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from enid.groups.access import PersonRequest, get_led_group, get_membership
from enid.groups.errors import Refused
from enid.groups.models import Group
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits
from enid.polls import access, labels, operations, queries
from enid.polls.candidates import candidate
from enid.polls.errors import AlreadyDecided, Undecidable
from enid.polls.forms import HoursForm, QuestionForm, TimesForm
from enid.polls.models import Poll
from enid.polls.ranking import Ranked, fairer, spread

SHOWN = 9


@login_required
@require_safe
def polls(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Show the questions for a time that are open or were decided lately."""
    place, at = get_membership(request.user, group_id), timezone.now()
    found = [(poll, queries.is_open(poll, at=at)) for poll in queries.polls_of(place.group)]
    return render(request, "polls/polls.html", {"group": place.group, "place": place, "polls": found})


@login_required
@page
def new_times(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Ask about a few times."""
    return _new(request, group_id, TimesForm, "polls/new_times.html")


@login_required
@page
def new_hours(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Ask for the free hours of everybody's week."""
    return _new(request, group_id, HoursForm, "polls/new_hours.html")


def _new(request: PersonRequest, group_id: UUID, kind: type[QuestionForm], template: str) -> HttpResponse:
    group, at = get_led_group(request.user, group_id), timezone.now()
    form = kind(request.POST if request.method == "POST" else None, group=group, at=at)
    if form.is_bound and form.is_valid():
        made = _started(request, form, group, at)
        if made:
            messages.success(request, _("Everybody in the group is being written to."))
            return redirect("poll_people" if form.cleaned_data["names"] else "poll_result", group_id, made.pk)
    return render(
        request, template, {"group": group, "form": form}, status=WRITTEN if form.is_bound else READ
    )


def _started(request: PersonRequest, form: QuestionForm, group: Group, at: datetime) -> Poll | None:
    if not limits.may_ask_for_time(request):
        form.add_error(None, labels.refusal("too_many_today"))
        return None
    try:
        return operations.start(group=group, question=form.question(), at=at)
    except Refused as refused:
        form.add_error(None, labels.refusal(refused.code))
        return None


@login_required
@require_safe
def result(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Show leaders the times in order, and what each one costs whom."""
    poll, at = access.get_led_poll(request.user, group_id, poll_id), timezone.now()
    standing = queries.standing(poll)
    shown = {
        "group": poll.group,
        "poll": poll,
        "described": labels.described(poll),
        "open": queries.is_open(poll, at=at),
        "times": [_line(ranked, standing.names, at) for ranked in _shown(poll, standing.ranked)]
        if standing.names
        else [],
        "turns": _turns(poll, standing.ranked) if standing.names else [],
        "reminds_itself": operations.reminds_itself(poll),
        "answered": len(standing.names),
        "silent": standing.silent,
        "named": queries.named(poll),
        "chosen": queries.chosen(poll),
    }
    return render(request, "polls/result.html", shown)


def _shown(poll: Poll, ranked: list[Ranked]) -> list[Ranked]:
    """Return every named time; of the hours of a week the best, as long as leaders can come to any."""
    if poll.kind == Poll.Kind.TIMES:
        return ranked
    led = [each for each in ranked if not each.lacks_leader]
    return spread(led or ranked)[:SHOWN]


def _turns(poll: Poll, ranked: list[Ranked]) -> list[datetime]:
    """Return when two or three times begin that are fairer in turn than one alone; nothing for a single meeting."""
    if poll.decided_at or poll.many < 2:
        return []
    return [each.candidate.instants()[0] for each in fairer(ranked)]


def _line(ranked: Ranked, names: dict[int, str], at: datetime) -> dict[str, object]:
    first = ranked.candidate.instants()[0]
    return {
        "first": first,
        "costs": labels.costs(ranked, names),
        "day": f"{ranked.candidate.days[0]:%Y-%m-%d}",
        "hour": f"{ranked.candidate.hour:%H:%M}",
        "to_come": first > at,
    }


@login_required
@page
def choose(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Take one of the times, and go on to planning its dates."""
    poll, at = access.get_led_poll(request.user, group_id, poll_id), timezone.now()
    day, hour = _named_time(request)
    try:
        if request.method == "POST":
            return redirect(_planning(operations.decide(poll=poll, day=day, hour=hour, at=at)))
        if poll.decided_at:
            raise AlreadyDecided
        operations.check_decidable(poll, day, hour, at=at)
    except (AlreadyDecided, Undecidable) as refused:
        messages.warning(request, labels.refusal(refused.code))
        return redirect("poll_result", group_id, poll_id)
    first = candidate(poll, day, hour).instants()[0]
    shown = {"group": poll.group, "poll": poll, "first": first, "described": labels.described(poll)}
    return render(request, "polls/choose.html", shown)


def _named_time(request: PersonRequest) -> tuple[date, time]:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        return day, time.fromisoformat(request.GET.get("hour", "")).replace(tzinfo=None)
    except ValueError:
        raise Http404 from None


def _planning(poll: Poll) -> str:
    """Return the address of the page that plans what was decided."""
    told = {
        "first" if poll.rhythm else "day": f"{poll.chosen_day:%Y-%m-%d}",
        "hour": f"{poll.chosen_hour:%H:%M}",
        "length_min": poll.length_min,
    }
    if poll.rhythm:
        told |= {"rhythm": poll.rhythm, "many": poll.many, "time_zone": poll.time_zone}
    name = "group_dates_new" if poll.rhythm else "meeting_new"
    return f"{reverse(name, args=[poll.group_id])}?{urlencode(told)}"


@login_required
@require_POST
def remind(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Remind those who have not answered; once."""
    poll = access.get_led_poll(request.user, group_id, poll_id)
    try:
        many = operations.remind(poll=poll, at=timezone.now())
    except Refused as refused:
        messages.warning(request, labels.refusal(refused.code))
    else:
        text = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", many)
        messages.success(request, text % {"n": many})
    return redirect("poll_result", group_id, poll_id)


@login_required
@page
def end(request: PersonRequest, group_id: UUID, poll_id: UUID) -> HttpResponse:
    """Delete a question with every answer to it."""
    poll = access.get_led_poll(request.user, group_id, poll_id)
    if request.method == "POST":
        operations.end(poll=poll)
        messages.success(request, _("The question is deleted, with every answer to it."))
        return redirect("group_polls", group_id)
    return render(request, "polls/end.html", {"group": poll.group, "poll": poll})
