"""The life of a group: forming, running, resting, ended; terms that end with deciding anew. People move it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import override

from enid.groups import terms
from enid.groups.agreement import language_of
from enid.groups.errors import NotDeciding, TooManyWaiting
from enid.groups.formats import PRESETS, to_json
from enid.groups.life_models import GoingOn, Waiting
from enid.groups.models import Group, Membership
from enid.groups.operations import change_settings, tell_the_room
from enid.groups.queries import coming_facts, newest_version

MOST_WAITING = 60
WAITING_KEPT = timedelta(days=365)
LAST = "last-meeting-90"
COURSE = ("format", "length_min")
IN_A_PLACE = (Membership.Role.MEMBER, Membership.Role.TRAINEE)


@transaction.atomic
def begin(*, group: Group) -> None:
    """Let a forming or resting group run."""
    _set(group, forming_since=None, resting_since=None)


@transaction.atomic
def rest(*, group: Group, at: datetime) -> None:
    """Let a group rest: nothing is lost, and its dates stand in nobody's calendar meanwhile."""
    _set(group, resting_since=group.resting_since or at)


@transaction.atomic
def close_circle(*, group: Group, at: datetime) -> None:
    """Let nobody be invited as a member any more; whoever has a link keeps it."""
    _set(group, closed_since=group.closed_since or at)


@transaction.atomic
def open_circle(*, group: Group) -> None:
    """Let single people come in where a place is free."""
    _set(group, closed_since=None)


def places_open(group: Group) -> int:
    """Return how many members could still come in: the size less those who have a place."""
    return max(0, group.size - group.memberships.filter(left_at=None, role__in=IN_A_PLACE).count())


# A term, and deciding anew.


@transaction.atomic
def ask_to_decide(*, group: Group, at: datetime) -> None:
    """Ask each member, alone, whether they go on; what they said before is gone."""
    if group.deciding_since is None:
        GoingOn.objects.filter(membership__group=group).delete()
        _set(group, deciding_since=at)


@transaction.atomic
def say_going_on(*, membership: Membership, answer: str, at: datetime) -> None:
    """Keep what a member says; saying it again changes it.

    raises: NotDeciding when nobody is asked now
    """
    group = Group.objects.select_for_update().get(pk=membership.group_id)
    if group.deciding_since is None or answer not in GoingOn.Answer.values:
        raise NotDeciding
    GoingOn.objects.update_or_create(membership=membership, defaults={"answer": answer, "said_at": at})


def own_answer(membership: Membership) -> str:
    """Return what this member has said, or nothing."""
    return GoingOn.objects.filter(membership=membership).values_list("answer", flat=True).first() or ""


def who_goes_on(group: Group) -> list[Membership]:
    """Return those who have said that they go on; who is not among them has said something else, or nothing."""
    places = group.memberships.filter(left_at=None, going_on__answer=GoingOn.Answer.ON)
    return list(places.select_related("person"))


@transaction.atomic
def begin_term(
    *, group: Group, meetings: int | None, until: date | None, by: Membership, at: datetime
) -> None:
    """Begin the next term; what members said is forgotten, and the agreement's line about it is proposed.

    meetings, until: one of the two, or neither for a term without an end
    """
    GoingOn.objects.filter(membership__group=group).delete()
    settings = {
        "term_number": group.term_number + 1,
        "term_began_at": at,
        "term_meetings": meetings,
        "term_until": until,
        "deciding_since": None,
    }
    with override(language_of(newest_version(group).text, coming_facts(group))):
        settings["term"] = terms.words(meetings, until)
        change_settings(group=group, settings=settings, by=by, at=at)


def is_over(group: Group, *, held: int, today: date) -> bool:
    """Say whether the term has come to its end.

    held: meetings held since it began
    """
    if group.term_until:
        return today > group.term_until
    return bool(group.term_meetings) and held >= (group.term_meetings or 0)


# An end.


@transaction.atomic
def announce_end(*, group: Group, at: datetime) -> None:
    """Say that the next meeting is the last one, and give it the course of a farewell; keep the one before."""
    if group.ending_since:
        return
    last, before = PRESETS[LAST], {field: getattr(group, field) for field in COURSE}
    _set(group, ending_since=at, course_before=before, format=to_json(last), length_min=last.total_min)


@transaction.atomic
def take_end_back(*, group: Group) -> None:
    """Go on after all, with the course from before."""
    before = group.course_before or {}
    _set(group, ending_since=None, course_before=None, **before)


# Those who wait for a place.


@transaction.atomic
def let_wait(*, group: Group, name: str, email: str, at: datetime) -> Waiting:
    """Put somebody on the waiting list, once for each address.

    raises: TooManyWaiting
    """
    Group.objects.select_for_update().get(pk=group.pk)
    there = group.waiting.annotate(lower=Lower("email")).filter(lower=email.lower()).first()
    if there:
        return there
    if group.waiting.count() >= MOST_WAITING:
        raise TooManyWaiting
    return Waiting.objects.create(group=group, name=name, email=email, since=at)


@transaction.atomic
def no_longer_waits(*, group: Group, email: str) -> None:
    """Take whoever has this address off the list, as they are invited or no longer wish it."""
    group.waiting.annotate(lower=Lower("email")).filter(lower=email.lower()).delete()


def forget_waiting(at: datetime) -> None:
    """Remove whoever has waited a year, and lists of groups that have ended."""
    Waiting.objects.filter(since__lt=at - WAITING_KEPT).delete()
    Waiting.objects.filter(group__ended_at__isnull=False).delete()


def _set(group: Group, **values: object) -> None:
    for field, value in values.items():
        setattr(group, field, value)
    group.save(update_fields=list(values))
    tell_the_room(group.pk)
