"""Take one mail from standard input: a calendar's answer to an invitation."""

import json
import sys
from typing import TYPE_CHECKING

from enid.site.commands import BAD_INPUT, DONE, NO, OUTSIDE_FAILED, Stopped, parser

if TYPE_CHECKING:
    from enid.meetings.calendar.reply import Reply

REFUSED = {
    "unknown_entry": "Nobody is asked by the name that this answer gives. Nothing was changed.",
    "other_sender": "Somebody else was asked than who sends this answer. Nothing was changed.",
    "too_many_replies": "This calendar has answered very often within the hour. Nothing was changed.",
    "over": "What this answer names is over, cancelled or under way. Nothing was changed.",
    "not_open": "What this answer names is over, cancelled or under way. Nothing was changed.",
}
BAD = {
    "too_large": "This mail is too large for a calendar's answer. Nothing was changed.",
    "malformed": "This is not a whole mail with a calendar's answer. Nothing was changed.",
    "no_calendar": "This mail carries no calendar entry. Nothing was changed.",
    "not_a_reply": "The calendar entry in this mail is not an answer (METHOD:REPLY). Nothing was changed.",
    "no_answer": "The calendar entry says of no one person whether they come. Nothing was changed.",
}


def main(argv: list[str]) -> int:
    """Read one mail; exit 1 where the answer is refused, 2 where it is none, 3 where the database fails."""
    arguments = parser("mail-in")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args(argv)
    import django

    django.setup()
    from enid.meetings.calendar.reply import MOST_BYTES, BadReply, read

    try:
        reply = read(sys.stdin.buffer.read(MOST_BYTES + 1))
    except BadReply as bad:
        return _say(given.json, {"refused": bad.code}, BAD[bad.code], BAD_INPUT)
    return _take(reply, as_json=given.json)


def _take(reply: "Reply", *, as_json: bool) -> int:
    from django.db import DatabaseError
    from django.utils import timezone

    from enid.groups.errors import Refused
    from enid.meetings import replies

    try:
        many = replies.take(reply, at=timezone.now())
    except Refused as refused:
        return _say(as_json, {"refused": refused.code}, REFUSED[refused.code], NO)
    except DatabaseError as error:
        raise Stopped(
            "The database does not answer as it should. Nothing was changed. Type: enid doctor",
            OUTSIDE_FAILED,
        ) from error
    return _say(as_json, {"answered": many}, f"Noted for {many} meeting(s).", DONE)


def _say(as_json: bool, data: dict[str, object], sentence: str, code: int) -> int:
    if as_json:
        print(json.dumps(data))
    else:
        print(sentence, file=sys.stdout if code == DONE else sys.stderr)
    return code
