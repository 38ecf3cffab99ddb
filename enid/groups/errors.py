"""Why an operation on a group is refused. Codes for programs; sentences live in groups/labels.py."""

from enid.groups.csv_members import Bad


class Refused(Exception):
    """An operation that cannot be done now; nothing was changed. `code` says why."""

    code = "refused"

    def __init__(self) -> None:
        super().__init__(self.code)


class LastLeader(Refused):
    """A group keeps at least one leader."""

    code = "last_leader"


class NotThatRole(Refused):
    """That role is not given this way."""

    code = "not_that_role"


class NotDeciding(Refused):
    """Nobody is asked at the moment whether they go on."""

    code = "not_deciding"


class TooManyWaiting(Refused):
    """The waiting list is as long as it may be."""

    code = "too_many_waiting"


class CircleClosed(Refused):
    """The leaders have closed the circle to new members."""

    code = "circle_closed"


class FirstTerm(Refused):
    """Nobody watches a group in its first term."""

    code = "first_term"


class TooSoonToWatch(Refused):
    """Everybody is asked two days before, and a visit has an end."""

    code = "too_soon_to_watch"


class TooManyVisits(Refused):
    """Four people may be asked about at a time."""

    code = "too_many_visits"


class NoVisit(Refused):
    """Stopped, over, or not this time."""

    code = "no_visit"


class SomebodyJoined(Refused):
    """An import is taken back only while nobody has joined by it."""

    code = "somebody_joined"


class RowsRefused(Refused):
    """Rows of a table that the group cannot take; `bad` holds them with their lines."""

    code = "rows_refused"

    def __init__(self, bad: list[Bad]) -> None:
        super().__init__()
        self.bad = bad


class GroupFull(Refused):
    """No more seats: a room holds 24."""

    code = "group_full"


class TooManyOpen(Refused):
    """As many invitations are open as a group may have at once."""

    code = "too_many_open"


class TooManyLetters(Refused):
    """The person has sent as many invitations by mail as they may in a day."""

    code = "too_many_letters"


class TooManyGroups(Refused):
    """The person has started as many groups as they may in a day."""

    code = "too_many_groups"


class InvitationGone(Refused):
    """Used, expired or withdrawn."""

    code = "invitation_gone"


class LinkGone(Refused):
    """A link to accept a version: used, expired, invented, or the version was taken back."""

    code = "link_gone"


class NothingToShow(Refused):
    """Outsiders learn nothing of this group, so that there is no page to hand a link to."""

    code = "nothing_to_show"


class AlreadyHere(Refused):
    """The person belongs to the group."""

    code = "already_here"


class AgreementChanged(Refused):
    """Another version was written while this one was read."""

    code = "agreement_changed"


class Oneself(Refused):
    """Nobody names themselves."""

    code = "oneself"


class TooManyNamed(Refused):
    """As many people are named as one may name."""

    code = "too_many_named"


class TooManyProposals(Refused):
    """The person has proposed as many changes of an agreement as they may in a day."""

    code = "too_many_proposals"


class TooManyNamedToday(Refused):
    """As many addresses as one person may name in a day."""

    code = "too_many_named_today"


class KeptApart(Refused):
    """One is declared to assess or manage the other, and the group was not told."""

    code = "kept_apart"


class NoDeclaration(Refused):
    """A leader says whether they assess, appoint or manage anyone here."""

    code = "no_declaration"


class NotAsked(Refused):
    """Nobody asked this member to lead."""

    code = "not_asked"


class AlreadyAnswered(Refused):
    """One question for each invitation; the leaders have it."""

    code = "already_answered"


class FormatRefused(Refused):
    """A format with problems cannot be used; `problems` holds the codes of formats.validate."""

    code = "format_refused"

    def __init__(self, problems: list[str]) -> None:
        super().__init__()
        self.problems = problems
