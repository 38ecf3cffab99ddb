"""Pages of a group that its leaders and members read and change."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from enid.core.http import is_htmx
from enid.groups import access, course, labels, operations, queries
from enid.groups.access import PersonRequest
from enid.groups.errors import FormatRefused, TooManyGroups
from enid.groups.formats import PRESETS, FloorCode, PullBack
from enid.groups.forms import SettingsForm, StartForm
from enid.groups.models import Agreement, Group
from enid.people import limits

page = require_http_methods(["GET", "HEAD", "POST"])
READ, WRITTEN = 200, 422  # 422: the form came back with something to mend


@login_required
@page
def new(request: PersonRequest) -> HttpResponse:
    """Start a group."""
    form = StartForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid() and not limits.may_start_group(request):
        form.add_error(None, labels.refusal(TooManyGroups.code))
    if request.method != "POST" or not form.is_valid():
        return render(request, "groups/new.html", {"form": form}, status=WRITTEN if form.is_bound else READ)
    group = operations.start_group(
        person=request.user,
        settings=form.settings(),
        format=PRESETS[form.cleaned_data["format"]],
        declaration=form.declaration(),
        at=timezone.now(),
    )
    _warn_about_size(request, group.size)
    return redirect("group_starting", group.pk)


def _warn_about_size(request: HttpRequest, size: int) -> None:
    if not 5 <= size <= 12:
        text = ngettext(
            "A circle of %(n)s is unusual. Six to ten do well; below five or above twelve it becomes another thing.",
            "A circle of %(n)s is unusual. Six to ten do well; below five or above twelve it becomes another thing.",
            size,
        )
        messages.warning(request, text % {"n": size})


@login_required
@page
def settings(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Change a group's options."""
    leader = access.get_leadership(request.user, group_id)
    form = SettingsForm(request.POST if request.method == "POST" else None, group=leader.group)
    if form.is_bound and form.is_valid() and not limits.may_propose(request):
        form.add_error(None, labels.refusal("too_many_proposals"))
    if not form.is_bound or not form.is_valid():
        kept = {"form": form, "group": leader.group}
        return render(request, "groups/settings.html", kept, status=WRITTEN if form.is_bound else READ)
    size_before = leader.group.size
    version = operations.change_settings(
        group=leader.group, settings=form.cleaned_data, by=leader, at=timezone.now()
    )
    if form.cleaned_data["size"] != size_before:
        _warn_about_size(request, form.cleaned_data["size"])
    messages.success(request, _saved(version))
    return redirect("group_settings", group_id)


def _saved(version: Agreement | None) -> str:
    if version is None or version.agreed_at:
        return _("Saved.")
    return _(
        "Saved. What the agreement names is proposed to everybody; until all have accepted, it stays as it is."
    )


@login_required
@page
def format(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Edit the leaders' own copy of the course of a meeting; nothing is kept before "Keep this course"."""
    group = access.get_led_group(request.user, group_id)
    if request.method != "POST":
        return _course_page(request, group, course.draft_of_json(group.format, group.length_min))
    deed = request.POST.get("do", "")
    draft = course.act(course.read(request.POST), deed, request.POST.get("added", ""))
    if deed != "keep":
        return _course_page(request, group, draft, part="#sum" if is_htmx(request) else "")
    problems = draft.judge()
    if not problems:
        try:
            operations.change_format(group=group, format=draft.format(), length_min=draft.length_min)
        except FormatRefused as refused:
            problems = refused.problems
    if problems:
        return _course_page(request, group, draft, status=WRITTEN)
    messages.success(request, _("This course is kept. It holds from the next meeting on."))
    return redirect("group_format", group.pk)


def _course_page(
    request: HttpRequest, group: Group, draft: course.Draft, *, part: str = "", status: int = READ
) -> HttpResponse:
    out = course.ways_out(draft)
    shown = {
        "group": group,
        "draft": draft,
        "ways_out": out,
        "fitting": labels.format_name(out.preset) if out and out.preset else "",
        "rows": course.as_rows(draft, labels.STAGE_NAMES),
        "total_min": draft.total_min(),
        "problems": labels.problem_sentences(draft.judge()),
        "refused": status == WRITTEN,
        "format_name": labels.format_name(draft.format().id),
        "floors": [(code.value, labels.FLOOR_NAMES[code]) for code in FloorCode],
        "pull_backs": [(code.value, labels.PULL_BACK_NAMES[code]) for code in PullBack],
        "addable": [(name, labels.STAGE_NAMES[name]) for name in course.missing(draft.stages)],
        "presets": [(id, labels.format_name(id), labels.PRESET_LINES.get(id, "")) for id in PRESETS],
    }
    return render(request, f"groups/format.html{part}", shown, status=status)


@login_required
@require_safe
def known(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Say what will be known about a member, and by whom."""
    group = access.get_group(request.user, group_id)
    return render(request, "groups/known.html", {"group": group, "known": queries.known_about(group)})
