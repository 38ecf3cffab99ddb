"""A poll of the circle for the tests around it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from enid.groups.models import Group, Membership
from enid.polls import links, operations
from enid.polls.models import Asked, Poll
from enid.polls.ranking import Answer

DAY = timedelta(days=1)
YES, IF_NEED_BE, NO = Answer.YES, Answer.IF_NEED_BE, Answer.NO


def in_days(many: int) -> date:
    return (timezone.now() + many * DAY).date()


def make_poll(group: Group, at: datetime | None = None, **changed: object) -> Poll:
    """Ask about two times in three weeks, with answers for a week."""
    at = at or timezone.now()
    first = (at + 21 * DAY).date()
    question = {
        "rhythm": "fortnightly",
        "many": 4,
        "length_min": 75,
        "first": first,
        "closes_at": at + 7 * DAY,
        "times": ((first, time(18, 30)), (first + 2 * DAY, time(12))),
        "names": (),
        **changed,
    }
    return operations.start(group=group, question=operations.Question(**question), at=at)  # type: ignore[arg-type]


def make_hours_poll(group: Group, **changed: object) -> Poll:
    """Ask for the free hours of the week."""
    return make_poll(group, times=(), **changed)


def asked(poll: Poll, place: Membership) -> Asked:
    return poll.asked.get(membership=place)


def path_of(asked: Asked) -> str:
    """Return the path of somebody's link."""
    return "/time/" + links.link_of(asked).split("/time/")[1]


def answer(poll: Poll, place: Membership, *choices: Answer, zone: str = "UTC") -> None:
    """Let a member say this to each of the times in turn."""
    options = poll.options.values_list("pk", flat=True)
    operations.answer_times(
        asked=asked(poll, place),
        choices=dict(zip(options, choices, strict=True)),
        zone=zone,
        at=poll.made_at,
    )
