"""Verbs around a poll: make it, answer, remind once, decide, and people without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from enid.groups.models import Group, Membership
from enid.meetings.moments import zone_or_utc
from enid.meetings.operations import hold
from enid.polls import letters
from enid.polls.candidates import candidate, candidates
from enid.polls.errors import (
    AlreadyDecided,
    AlreadyReminded,
    NobodyToRemind,
    Over,
    TooManyNames,
    TooManyPolls,
    Undecidable,
)
from enid.polls.links import new_asked, renew
from enid.polls.models import Asked, Option, Poll, Reply
from enid.polls.queries import here, is_open, open_polls
from enid.polls.ranking import Answer
from enid.polls.week import to_text

MOST_OPEN = 5
MOST_NAMES = 12
REMINDED_BEFORE = timedelta(days=1)
TOO_SHORT = timedelta(days=2)  # a poll that is open for less needs no reminder


@dataclass(frozen=True)
class Question:
    """What leaders ask: named times (first date and hour), or none for the free hours of the week."""

    rhythm: str
    many: int
    length_min: int
    first: date
    closes_at: datetime
    times: tuple[tuple[date, time], ...] = ()
    names: tuple[str, ...] = ()


@transaction.atomic
def start(*, group: Group, question: Question, at: datetime) -> Poll:
    """Return a new poll; every member has a letter with a link of their own.

    raises: TooManyPolls, TooManyNames
    """
    hold(group)
    if open_polls(group, at=at).count() >= MOST_OPEN:
        raise TooManyPolls
    poll = Poll.objects.create(
        group=group,
        kind=Poll.Kind.TIMES if question.times else Poll.Kind.HOURS,
        time_zone=zone_or_utc(group.time_zone).key,
        length_min=question.length_min,
        rhythm=question.rhythm,
        many=question.many if question.rhythm else 1,
        first_date=question.first,
        made_at=at,
        closes_at=question.closes_at,
    )
    Option.objects.bulk_create(Option(poll=poll, day=day, hour=hour) for day, hour in question.times)
    name_people(poll=poll, names=question.names, at=at)
    places = group.memberships.filter(left_at=None).select_related("person")
    asked = [new_asked(poll, membership=place) for place in places]
    letters.ask(Asked.objects.bulk_create(asked))
    return poll


@transaction.atomic
def name_people(*, poll: Poll, names: tuple[str, ...], at: datetime) -> None:
    """Ask people without an account too; leaders hand their links over.

    raises: TooManyNames, Over
    """
    poll = _held(poll)
    if not is_open(poll, at=at):
        raise Over
    if here(poll).filter(membership=None).count() + len(names) > MOST_NAMES:
        raise TooManyNames
    Asked.objects.bulk_create(new_asked(poll, name=name) for name in names)


def _held(poll: Poll) -> Poll:
    return Poll.objects.select_for_update(of=("self",)).select_related("group").get(pk=poll.pk)


@transaction.atomic
def asked_of(*, poll: Poll, membership: Membership) -> Asked:
    """Return what a member is asked by; somebody who joined after it was made gets a place of their own."""
    _held(poll)
    found = Asked.objects.filter(poll=poll, membership=membership).first()
    if found is None:
        found = new_asked(poll, membership=membership)
        found.save()
    return found


@transaction.atomic
def answer_times(*, asked: Asked, choices: Mapping[int, Answer], zone: str, at: datetime) -> None:
    """Keep what somebody says to each time, in place of what they said before.

    choices: by the primary key of the option, for every option of the poll
    raises:  Over
    """
    _note_answer(asked, at, time_zone=zone)
    asked.replies.all().delete()
    Reply.objects.bulk_create(
        Reply(asked=asked, option_id=pk, choice=choice) for pk, choice in choices.items()
    )


@transaction.atomic
def answer_hours(*, asked: Asked, free: frozenset[int], zone: str, at: datetime) -> None:
    """Keep somebody's free hours of the week, in place of those before.

    raises: Over
    """
    _note_answer(asked, at, time_zone=zone, free=to_text(free))


def _note_answer(asked: Asked, at: datetime, **told: object) -> None:
    poll = _held(asked.poll)
    if not is_open(poll, at=at):
        raise Over
    if not Asked.objects.filter(pk=asked.pk, withdrawn_at=None).update(answered=True, **told):
        raise Over


@transaction.atomic
def remind(*, poll: Poll, at: datetime) -> int:
    """Write once to the members who have not answered; return how many letters went.

    raises: Over, AlreadyReminded, NobodyToRemind
    """
    poll = _held(poll)
    if not is_open(poll, at=at):
        raise Over
    if poll.reminded_at:
        raise AlreadyReminded
    silent = _silent(poll)
    if not silent:
        raise NobodyToRemind
    Poll.objects.filter(pk=poll.pk).update(reminded_at=at)
    letters.remind(silent)
    return len(silent)


def _silent(poll: Poll) -> list[Asked]:
    known = set(poll.asked.exclude(membership=None).values_list("membership_id", flat=True))
    late = poll.group.memberships.filter(left_at=None).exclude(pk__in=known)
    Asked.objects.bulk_create(new_asked(poll, membership=place) for place in late)
    return list(here(poll).filter(answered=False).exclude(membership=None))


def reminds_itself(poll: Poll) -> bool:
    """Tell whether the one reminder goes by itself a day before the deadline, if nobody has sent it before."""
    return poll.closes_at - poll.made_at >= TOO_SHORT


def remind_due(at: datetime) -> int:
    """Remind for every poll that closes within a day; return how many letters went. May run at any time, twice too."""
    due = Poll.objects.filter(reminded_at=None, decided_at=None, group__ended_at=None)
    due = due.filter(closes_at__gt=at, closes_at__lte=at + REMINDED_BEFORE)
    due = due.filter(made_at__lte=F("closes_at") - TOO_SHORT)
    sent = 0
    for poll in due:
        try:
            sent += remind(poll=poll, at=at)
        except (Over, AlreadyReminded, NobodyToRemind):
            continue  # decided or reminded while we looked, or nobody is left to be asked
    return sent


@transaction.atomic
def decide(*, poll: Poll, day: date, hour: time, at: datetime) -> Poll:
    """Take one of the times; the poll is over, and whoever answered is told.

    raises: AlreadyDecided, Undecidable
    """
    poll = _held(poll)
    if poll.decided_at:
        raise AlreadyDecided
    check_decidable(poll, day, hour, at=at)
    poll.decided_at, poll.chosen_day, poll.chosen_hour = at, day, hour
    poll.save(update_fields=["decided_at", "chosen_day", "chosen_hour"])
    letters.tell(poll, list(here(poll).filter(answered=True).exclude(membership=None)))
    return poll


def check_decidable(poll: Poll, day: date, hour: time, *, at: datetime) -> None:
    """Refuse a time that was not asked about, or has passed.

    raises: Undecidable
    """
    asked_about = {(each.days[0], each.hour) for each in candidates(poll)}
    if (day, hour) not in asked_about or candidate(poll, day, hour).instants()[0] <= at:
        raise Undecidable


def renew_link(*, asked: Asked) -> None:
    """Make the link of somebody without an account open nothing, and give them another."""
    renew(asked)
    asked.save(update_fields=["seed", "secret_hash"])


def withdraw_link(*, asked: Asked, at: datetime) -> None:
    """Take somebody without an account out of the poll, with what they answered."""
    Asked.objects.filter(pk=asked.pk, withdrawn_at=None).update(
        withdrawn_at=at, name="", time_zone="", free="", answered=False
    )
    asked.replies.all().delete()


def end(*, poll: Poll) -> None:
    """Delete a poll with every answer; its links open nothing any more."""
    poll.delete()
