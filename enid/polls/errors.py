"""Why an operation on a poll is refused. Codes for programs; sentences live in polls/labels.py."""

from enid.groups.errors import Refused


class TooManyPolls(Refused):
    """A group looks for a few times at once."""

    code = "too_many_polls"


class TooManyNames(Refused):
    """More people without an account than a circle has seats."""

    code = "too_many_names"


class Over(Refused):
    """The deadline has passed, or the time is decided."""

    code = "over"


class Undecidable(Refused):
    """The time is none of those that were asked about, or has passed."""

    code = "undecidable"


class AlreadyDecided(Refused):
    """A time was taken; those who answered know it."""

    code = "already_decided"


class AlreadyReminded(Refused):
    """One reminder for each poll, by hand or by itself."""

    code = "already_reminded"


class NobodyToRemind(Refused):
    """Everybody with an address has answered."""

    code = "nobody_to_remind"
