"""From what is stored to what the ranking judges: times with their real dates, and what each person said."""

from datetime import date, time, timedelta
from functools import lru_cache

from enid.meetings.calendar.occurrences import first_dates
from enid.meetings.calendar.rules import FifthWeekday, NotLast, Rhythm, rule_for
from enid.meetings.moments import known
from enid.polls.models import Asked, Poll
from enid.polls.ranking import Answer, Candidate, Voice
from enid.polls.week import DAY_HALVES, HALF_MIN, from_text

DAY = timedelta(days=1)


def candidate(poll: Poll, day: date, hour: time) -> Candidate:
    """Return a time with every date on which the group would meet.

    raises: FifthWeekday, NotLast where a monthly rhythm has no such date
    """
    return Candidate(
        _dates(day, poll.rhythm, poll.many), hour.replace(second=0, microsecond=0), poll.time_zone
    )


@lru_cache(maxsize=256)
def _dates(day: date, rhythm: str, many: int) -> tuple[date, ...]:
    if not rhythm:
        return (day,)
    return tuple(first_dates(day, rule_for(Rhythm(rhythm), day), many))


def candidates(poll: Poll) -> list[Candidate]:
    """Return every time that the poll asks about."""
    if poll.kind == Poll.Kind.TIMES:
        return [candidate(poll, option.day, option.hour) for option in poll.options.all()]
    found = []
    for n in range(7):
        day = poll.first_date + n * DAY
        try:
            found += [candidate(poll, day, hour) for hour in HOURS]
        except (FifthWeekday, NotLast):
            continue
    return found


HOURS = [time(half * HALF_MIN // 60, half * HALF_MIN % 60) for half in range(DAY_HALVES)]


def voice(asked: Asked, poll: Poll) -> Voice:
    """Return what somebody who answered said; replies are fetched with their options."""
    zone = zone_of(asked, poll)
    leads = asked.membership is not None and asked.membership.is_leader
    if poll.kind == Poll.Kind.HOURS:
        week = dict.fromkeys(from_text(asked.free), int(Answer.YES))
        return Voice(asked.pk, zone, {}, week, leads)
    said = {
        at: Answer(reply.choice)
        for reply in asked.replies.all()
        for at in candidate(poll, reply.option.day, reply.option.hour).instants()
    }
    return Voice(asked.pk, zone, said, None, leads)


def zone_of(asked: Asked, poll: Poll) -> str:
    """Return the zone of somebody's clock: as they answered, else their account's, else the poll's."""
    account = asked.membership.person.time_zone if asked.membership else ""
    return next(name for name in (asked.time_zone, account, poll.time_zone, "UTC") if name and known(name))
