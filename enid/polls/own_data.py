"""What the polls chapter keeps of a person: for their export, and for their erasure."""

from typing import Any

from django.db.models import QuerySet

from enid.people.models import Person
from enid.polls.models import Asked, Poll
from enid.polls.week import DAY_HALVES, from_text


def collect(person: Person) -> dict[str, Any]:
    """Return what the person answered in polls that are still kept."""
    return {"polls": [_answer(asked) for asked in _theirs(person)]}


def _theirs(person: Person) -> QuerySet[Asked]:
    asked = Asked.objects.filter(membership__person=person).select_related("poll__group")
    return asked.prefetch_related("replies__option")


def _answer(asked: Asked) -> dict[str, Any]:
    return {
        "group": asked.poll.group.name,
        "until": asked.poll.closes_at.isoformat(),
        "answered": asked.answered,
        "time_zone": asked.time_zone,
        "times": [
            {
                "day": reply.option.day.isoformat(),
                "hour": reply.option.hour.isoformat("minutes"),
                "answer": ANSWERS[reply.choice],
            }
            for reply in asked.replies.all()
        ],
        "free_half_hours": _free(asked) if asked.poll.kind == Poll.Kind.HOURS else [],
    }


ANSWERS = {0: "no", 1: "if need be", 2: "yes"}


def _free(asked: Asked) -> list[str]:
    """Return half hours as weekday (1 is Monday) and hour."""
    return [
        f"{half // DAY_HALVES + 1} {half % DAY_HALVES // 2:02d}:{half % 2 * 30:02d}"
        for half in sorted(from_text(asked.free))
    ]


def erase(person: Person) -> None:
    """Erase what the person was asked and answered."""
    _theirs(person).delete()


def blocks(person: Person) -> list[str]:
    """Return nothing: no poll keeps a person from going."""
    return []
