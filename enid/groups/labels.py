"""Names and sentences for what the pure format and the operations know only by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enid.groups.formats import FloorCode, PullBack

STAGE_NAMES: Mapping[str, Promise] = {
    "arrive": pgettext_lazy("stage", "Arriving"),
    "frame": pgettext_lazy("stage", "What we agreed"),
    "checkin": pgettext_lazy("stage", "Opening round"),
    "explain": pgettext_lazy("stage", "How it goes"),
    "followup": pgettext_lazy("stage", "How it went on"),
    "call": pgettext_lazy("stage", "Who has a case?"),
    "present": pgettext_lazy("stage", "The telling"),
    "clarify": pgettext_lazy("stage", "A few questions"),
    "request": pgettext_lazy("stage", "The question"),
    "responses": pgettext_lazy("stage", "First responses"),
    "pullback": pgettext_lazy("stage", "Sitting back"),
    "work": pgettext_lazy("stage", "The group imagines"),
    "return": pgettext_lazy("stage", "Coming back"),
    "breathe": pgettext_lazy("stage", "A breath"),
    "thanks": pgettext_lazy("stage", "Thanks"),
    "break": pgettext_lazy("stage", "Break"),
    "summary": pgettext_lazy("stage", "Gathering"),
    "process": pgettext_lazy("stage", "How it was among us"),
    "reflect": pgettext_lazy("stage", "How it was to be here"),
    "close": pgettext_lazy("stage", "Closing"),
}

FLOOR_NAMES: Mapping[FloorCode, Promise] = {
    FloorCode.LEADERS: pgettext_lazy("who speaks", "leaders"),
    FloorCode.PRESENTER: pgettext_lazy("who speaks", "presenter"),
    FloorCode.QUESTIONS: pgettext_lazy("who speaks", "members ask, the presenter answers"),
    FloorCode.GROUP: pgettext_lazy("who speaks", "members and leaders"),
    FloorCode.EVERYONE: pgettext_lazy("who speaks", "everyone"),
    FloorCode.INNER: pgettext_lazy("who speaks", "inner circle"),
    FloorCode.OUTER: pgettext_lazy("who speaks", "outer circle"),
}

PULL_BACK_NAMES: Mapping[PullBack, Promise] = {
    PullBack.ALWAYS: _("always: after the questions the presenter sits back until invited in"),
    PullBack.OPTIONAL: _("optional: decided in the moment"),
    PullBack.NONE: _("none: the presenter stays in the talk"),
}

PRESET_NAMES: Mapping[str, Promise] = {
    "first-75": _("One case, 75 minutes"),
    "first-meeting-90": _("First meeting, 90 minutes"),
    "last-meeting-90": _("Last meeting, 90 minutes"),
    "us-60": _("North American, 60 minutes"),
    "hu-80": _("Hungarian sequence, 80 minutes"),
    "uk-90": _("British, open response, 90 minutes"),
    "own": _("Your own copy"),
}

PRESET_LINES: Mapping[str, Promise] = {
    "first-75": _("Our own default: the presenter sits back while the group imagines."),
    "first-meeting-90": _("Names, the agreement read aloud, how it goes, and one short case."),
    "last-meeting-90": _("One short case, and then time to look back together and say goodbye."),
    "us-60": _("One case with a short telling; order and telling follow the American Balint Society."),
    "hu-80": _(
        "Longer telling and questions, free association, then talk about the session; rests on one page."
    ),
    "uk-90": _(
        "The telling is heard through, then first responses of every kind; sitting back is a matter of style."
    ),
}

PROBLEMS: Mapping[str, Promise] = {
    "unknown_format": _("This format is not known."),
    "bad_cases": _("A meeting has one case or two."),
    "bad_pull_back": _("Choose whether the presenter sits back: always, optional or none."),
    "no_stages": _("A meeting needs stages."),
    "too_many_stages": _("There are too many stages; twenty-four are enough."),
    "unknown_stage": _("One of the stages is not known."),
    "debrief_is_outside": _("The leaders’ debrief comes after the meeting and is no stage of it."),
    "bad_minutes": _("Minutes are whole numbers from 0 to 120."),
    "bad_floor": _("Choose for each stage who speaks."),
    "sits_back_elsewhere": _("The presenter sits back only in “Sitting back” and “The group imagines”."),
    "present_missing": _("A case needs a telling."),
    "work_missing": _("A case needs a stage in which the group imagines."),
    "return_missing": _("After the work the presenter is invited back: “Coming back” is missing."),
    "close_missing": _("A meeting needs a close."),
    "stage_repeated": _("A stage stands there twice; only “How it was to be here” may."),
    "close_not_last": _("The close comes last."),
    "order": _(
        "The case has an order: who has a case, telling, sitting back, imagining, coming back, breathing out."
    ),
    "stage_inside_case": _("Another stage stands in the middle of the case; move it before or after."),
    "sits_back_without_pull_back": _("You chose that nobody sits back, and yet a stage says so."),
    "pull_back_without_stage": _(
        "You chose that the presenter sits back; mark the stage in which that is so."
    ),
    "bad_length": _("A meeting lasts from 20 to 300 minutes."),
    "bad_shape": _("The form did not arrive whole. Please try again."),
}

TABLES: Mapping[str, Promise] = {
    "too_big": _("This file is larger than 256 kilobytes. A table of people is much smaller."),
    "is_workbook": _("This is a workbook. Please save it as CSV first: “Save as”, “CSV UTF-8”."),
    "unreadable": _("The letters of this file cannot be read. Please save it as “CSV UTF-8”."),
    "empty": _("This file is empty."),
    "not_a_table": _("This is not a whole table: a quotation mark is open, or a cell is too long."),
    "no_head": _("The first line names the columns: a name (or first and last name) and an e-mail address."),
    "two_heads": _("Two columns have the same name. Please keep one of them."),
    "no_rows": _("Below the first line there is nobody."),
    "too_many_rows": _("A table may have sixty people. Please bring in a part of it."),
}

ROWS: Mapping[str, Promise] = {
    "no_name": _("there is no name"),
    "long_name": _("the name is longer than sixty letters"),
    "formula": _("a cell begins like a formula"),
    "no_address": _("there is no e-mail address"),
    "bad_address": _("this is no e-mail address"),
    "unknown_role": _("this role is not known"),
    "twice": _("this address stands in the table twice"),
    "already_here": _("this person belongs to the group already"),
    "already_invited": _("an invitation to this address is open"),
    "circle_closed": _("the circle is closed to new members"),
}


def table_problem(code: str) -> str:
    """Return the sentence for a table that cannot be read."""
    return str(TABLES[code])


def row_problem(code: str) -> str:
    """Return why a row cannot be taken."""
    return str(ROWS[code])


ROLE_NAMES: Mapping[str, Promise] = {
    "leader": _("leader"),
    "trainee": _("trainee leader"),
    "interpreter": _("interpreter"),
    "member": _("member"),
    "deputy": _("deputy"),
    "coordinator": _("coordinator"),
}


def role_name(role: str) -> str:
    """Return a role's name for people."""
    return str(ROLE_NAMES[role])


REFUSALS: Mapping[str, Promise] = {
    "last_leader": _("A group keeps at least one leader. Ask somebody to lead first, or end the group."),
    "not_that_role": _(
        "That role is not given here: whoever leads or learns to lead says so themselves, and a deputy is a member. Nothing was changed."
    ),
    "not_deciding": _("Nobody is asked at the moment whether they go on. Nothing was changed."),
    "too_many_waiting": _(
        "Sixty people wait for a place. Nothing was changed; take somebody off the list first."
    ),
    "circle_closed": _(
        "The circle is closed to new members. Nothing was sent, and what you wrote is kept here. Open it under “Life of the group”, or let them wait for a place."
    ),
    "first_term": _("Nobody watches in a group’s first term. Nothing was changed."),
    "too_soon_to_watch": _(
        "Everybody is asked two days before at the latest, for three months at most. Nobody was asked; please give other days."
    ),
    "too_many_visits": _("Four visits are open. Nobody was asked; end one of them first."),
    "no_visit": _("This visit is over, or the answers are no longer open. Nothing was changed."),
    "rows_refused": _("Some rows cannot be taken. Nobody was invited."),
    "somebody_joined": _(
        "Somebody has joined by this table already. Nothing was changed; take back single invitations instead."
    ),
    "group_full": _("The circle is full: a room holds twenty-four people. Nothing was changed."),
    "too_many_open": _(
        "Sixty invitations to this group are open. Nothing was sent, and what you wrote is kept here. Take one back below, or wait until one is accepted or runs out."
    ),
    "too_many_letters": _(
        "You have sent sixty invitations by mail since yesterday. This one was not sent, and what you wrote is kept here. Leave the address empty to make a link that you hand over yourself, or come again tomorrow."
    ),
    "too_many_groups": _(
        "You have started five groups since yesterday. Nothing was changed, and what you wrote is kept here. Please come again tomorrow."
    ),
    "too_many_proposals": _(
        "You have saved such changes twenty times since yesterday, and members are asked about them by mail. Nothing was changed; please come again tomorrow."
    ),
    "too_many_concerns": _(
        "You have sent five messages within the hour. This one was not sent, and what you wrote is kept here. Please come again later."
    ),
    "already_here": _("You belong to this group already."),
    "nothing_to_show": _("The agreement says that nobody outside learns anything. There is no link to make."),
    "agreement_changed": _("The agreement changed while you were reading. Here is the new one."),
    "oneself": _("This address is your own."),
    "too_many_named": _("You have named twenty people. Remove one first."),
    "too_many_named_today": _(
        "You have named twenty people since yesterday. Nothing was changed; please come again tomorrow."
    ),
    "kept_apart": _(
        "Somebody in this circle is declared to assess or manage you, or you them. Such people are kept apart. You find the declaration under “Not with …” on the page of your groups; if it is not so, say so there; it holds until whoever declared it ends it. The invitation stays open."
    ),
    "no_declaration": _("Please say whether you assess, appoint or manage anyone here."),
    "not_asked": _("Nobody asks you to lead at the moment. Nothing was changed."),
    "already_answered": _(
        "Your question is with the leaders. They will answer you. A second one is not sent."
    ),
}


def refusal(code: str) -> str:
    """Return the sentence for an operation that was refused."""
    return str(REFUSALS[code])


def format_name(id: str) -> str:
    """Return a format's name for people."""
    return str(PRESET_NAMES.get(id, PRESET_NAMES["own"]))


def problem_sentences(codes: list[str]) -> list[str]:
    """Return one plain sentence for each code of formats.validate."""
    return [str(PROBLEMS.get(code, PROBLEMS["bad_shape"])) for code in codes]
