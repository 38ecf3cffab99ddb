"""The named times as the reader's clock shows them, on every date."""

from collections import Counter
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from enid.meetings import moments
from enid.polls.candidates import candidate
from enid.polls.models import Poll
from enid.polls.ranking import Candidate


def said_by(poll: Poll, zone: str) -> dict[int, tuple[str, str]]:
    """Return for each option the time in words, and a sentence where the hour is another one on some dates."""
    reader, found = ZoneInfo(zone), {}
    for option in poll.options.all():
        meant = candidate(poll, option.day, option.hour)
        first = meant.instants()[0]
        found[option.pk] = moments.whole(first, reader, poll.time_zone), _other_hours(meant, reader)
    return found


def _other_hours(meant: Candidate, reader: ZoneInfo) -> str:
    """Say at which other hours of the reader's clock the meetings begin, where clocks change at different times."""
    instants = meant.instants()
    usual = moments.clock(instants[0], reader)
    hours = Counter(moments.clock(at, reader) for at in instants)
    others = [
        _("on %(n)s of %(all)s dates at %(hour)s") % {"n": n, "all": len(instants), "hour": hour}
        for hour, n in hours.items()
        if hour != usual
    ]
    return ", ".join(others)
