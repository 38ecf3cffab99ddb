"""A person's own page of wishes and relations, and the question that only whoever wished is asked."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from enid.groups import access, course, labels, relations
from enid.groups.access import PersonRequest
from enid.groups.errors import Refused, TooManyNamedToday
from enid.groups.forms_relations import RelationForm, WishForm
from enid.groups.views import READ, WRITTEN, page
from enid.people import limits


@login_required
@never_cache
@page
def own(request: PersonRequest) -> HttpResponse:
    """Name people not to be placed with, and declare who assesses or manages whom."""
    deed, person = request.POST.get("do", ""), request.user
    pk = course.whole_number(request.POST.get("which", ""))
    if deed == "take_back":
        relations.take_back(person=person, pk=pk)
        return redirect("me_apart")
    if deed == "end":
        relations.end(person=person, pk=pk)
        return redirect("me_apart")
    if deed == "contest":
        relations.contest(person=person, pk=pk, at=timezone.now())
        return redirect("me_apart")
    wish = WishForm(request.POST if deed == "wish" else None, prefix="wish")
    relation = RelationForm(request.POST if deed == "declare" else None, prefix="relation")
    if _kept(request, wish, relation):
        messages.success(request, _("Saved."))
        return redirect("me_apart")
    shown = {
        "wish_form": wish,
        "relation_form": relation,
        "wishes": person.wishes.all(),
        "relations": [
            (each, relations.together_in(each))
            for each in relations.relations_of(person).select_related("person")
        ],
    }
    return render(request, "groups/apart.html", shown, status=WRITTEN if deed else READ)


def _kept(request: PersonRequest, wish: WishForm, relation: RelationForm) -> bool:
    at, person = timezone.now(), request.user
    form = wish if wish.is_bound else relation
    if not form.is_valid():
        return False
    try:
        if not limits.may_name_somebody(request):
            raise TooManyNamedToday
        if form is wish:
            relations.wish(person=person, email=form.cleaned_data["email"], at=at)
        else:
            relations.declare(person=person, **form.cleaned_data, at=at)
    except Refused as refused:
        form.add_error("email", labels.refusal(refused.code))
        return False
    return True


@login_required
@never_cache
@page
def still(request: PersonRequest, group_id: UUID) -> HttpResponse:
    """Ask whoever wished, and nobody else, whether they still want to belong."""
    group = access.get_group(request.user, group_id)
    if request.method == "POST":
        relations.belong_all_the_same(request.user, group, at=timezone.now())
        return redirect("group", group_id)
    if not relations.unanswered(request.user, group):
        return redirect("group", group_id)
    return render(request, "groups/apart_still.html", {"group": group})
