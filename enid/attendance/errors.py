"""Why an operation on attendance is refused. Codes for programs; sentences live in attendance/labels.py."""

from enid.groups.errors import Refused


class CodeTooOld(Refused):
    """The code on the screen has changed since this one was read."""

    code = "code_too_old"


class NotNow(Refused):
    """People sign in around the time of the meeting, and until its close."""

    code = "not_now"


class DisputedAlready(Refused):
    """One question waits for its answer, or the line has been asked about often enough."""

    code = "disputed_already"


class Answered(Refused):
    """Another leader has answered already."""

    code = "answered"
