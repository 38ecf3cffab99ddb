"""A calendar's answer to an invitation (RFC 5546, METHOD:REPLY), read from one whole mail.

What comes in is a stranger's: it is bounded before it is parsed, and nothing of it is ever shown or logged.
"""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import cast

from icalendar import Calendar, Event

MOST_BYTES = 256_000  # of a mail
MOST_CALENDAR_BYTES = 64_000
MOST_PARTS, MOST_EVENTS = 30, 30
ANSWERS = {"ACCEPTED": "comes", "DECLINED": "cannot", "TENTATIVE": "unsure"}


class BadReply(ValueError):
    """What is no answer of a calendar; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Said:
    """One answer: to one date of a series, or, without one, to the whole entry. date: as its program wrote it"""

    answer: str
    date: date | datetime | None


@dataclass(frozen=True)
class Reply:
    """Who answers to which entry; addresses in lower case."""

    sender: str
    attendee: str
    uid: str
    said: tuple[Said, ...]


def read(raw: bytes) -> Reply:
    """Return what a mail answers.

    raises: BadReply with code too_large, malformed, no_calendar, not_a_reply or no_answer
    """
    if len(raw) > MOST_BYTES:
        raise BadReply("too_large")
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        return _reply(_sender(mail), _events(_calendar_of(mail)))
    except BadReply:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BadReply("malformed") from error  # parsers fail in many ways on what somebody made up


def _sender(mail: Message) -> str:
    found = mail.get_all("From", [])
    address = parseaddr(str(found[0]))[1].lower() if len(found) == 1 else ""
    if "@" not in address:
        raise BadReply("malformed")
    return address


def _calendar_of(mail: Message) -> bytes:
    """Return the first calendar part, decoded."""
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            raise BadReply("too_large")
        if part.get_content_type() in ("text/calendar", "application/ics"):
            content = cast(EmailMessage, part).get_payload(decode=True)
            if not isinstance(content, bytes) or len(content) > MOST_CALENDAR_BYTES:
                raise BadReply("too_large")
            return content
    raise BadReply("no_calendar")


def _events(content: bytes) -> list[Event]:
    calendar = Calendar.from_ical(content)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        raise BadReply("not_a_reply")
    events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    if not events:
        raise BadReply("no_answer")
    if len(events) > MOST_EVENTS:
        raise BadReply("too_large")
    return events


def _reply(sender: str, events: list[Event]) -> Reply:
    """Return the answer; outlook.com leaves the organizer out, and so nobody looks for one."""
    uids = {str(event.get("UID", "")) for event in events}
    attendees = {_attendee(event) for event in events}
    if len(uids) != 1 or len(attendees) != 1:
        raise BadReply("no_answer")
    return Reply(sender, attendees.pop(), uids.pop(), tuple(_said(event) for event in events))


def _attendee(event: Event) -> str:
    found = event.get("ATTENDEE")
    if found is None or isinstance(found, list):
        raise BadReply("no_answer")  # a reply speaks for one person
    return str(found).lower().removeprefix("mailto:")


def _said(event: Event) -> Said:
    answer = ANSWERS.get(str(event["ATTENDEE"].params.get("PARTSTAT", "")).upper())
    if answer is None:
        raise BadReply("no_answer")
    which = event.get("RECURRENCE-ID")
    return Said(answer, which.dt if which is not None else None)
