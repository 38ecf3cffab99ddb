"""Why an operation on a meeting is refused. Codes for programs; sentences live in meetings/labels.py."""

from enid.groups.errors import Refused


class PastTime(Refused):
    """A meeting is planned for a time to come."""

    code = "past_time"


class TooFar(Refused):
    """More than two years ahead is most often a slip of the hand."""

    code = "too_far"


class Overlaps(Refused):
    """The group already meets at that time."""

    code = "overlaps"


class NotOpen(Refused):
    """The meeting is over or was cancelled."""

    code = "not_open"


class NotClosed(Refused):
    """Who was present is confirmed after the close."""

    code = "not_closed"


class UnknownMember(Refused):
    """Somebody was marked who does not belong to this meeting."""

    code = "unknown_member"


class TooManyGuests(Refused):
    """A circle stays a circle: a few guests an evening."""

    code = "too_many_guests"


class NoDates(Refused):
    """Nothing is left once the days without a meeting are taken out."""

    code = "no_dates"


class NoSeries(Refused):
    """This meeting stands alone: nothing follows it."""

    code = "no_series"


class ZoneGone(Refused):
    """The zone data no longer knows this zone."""

    code = "zone_gone"


class TooManyChanges(Refused):
    """The person has changed dates as often as they may in a day."""

    code = "too_many_changes"
