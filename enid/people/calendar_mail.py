"""A mail that carries a calendar entry, in the form by which mail programs offer to answer it.

A text, beside it the entry as a part of its own kind, and the same bytes once more as a file for programs that know
neither: multipart/mixed(multipart/alternative(text/plain, text/calendar), invite.ics).
"""

import re
from email import encoders
from email.mime.base import MIMEBase
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import SafeMIMEMultipart

_METHOD = re.compile(r"^METHOD:([A-Z]+)\r$", re.M)


class CalendarMail(EmailMessage):
    """A mail whose `calendar`, unless it is empty, is one calendar file with CRLF; `thread` keeps its order.

    thread: letters to one receiver with the same thread go out in the order in which they were written
    """

    def __init__(self, *args: Any, calendar: str = "", thread: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.thread = calendar, thread

    def _create_message(self, msg: Any) -> Any:
        """Put the entry beside the text; Django's own attachments would lose CRLF or say the charset twice."""
        if not self.calendar:
            return msg
        encoding = self.encoding or settings.DEFAULT_CHARSET
        both = SafeMIMEMultipart(_subtype="alternative", encoding=encoding)
        both.attach(msg)
        both.attach(_part("text", "calendar", self.calendar, method=_method(self.calendar), charset="UTF-8"))
        whole = SafeMIMEMultipart(_subtype="mixed", encoding=encoding)
        whole.attach(both)
        file = _part("application", "ics", self.calendar, name="invite.ics")
        file.add_header("Content-Disposition", "attachment", filename="invite.ics")
        whole.attach(file)
        return whole


def _method(calendar: str) -> str:
    """Return the method that the file itself names; another one in the header would make it unreadable."""
    found = _METHOD.search(calendar)
    if found is None:
        raise ValueError("a calendar file in a mail names its method")
    return found[1]


def _part(kind: str, subtype: str, calendar: str, **parameters: str) -> MIMEBase:
    part = MIMEBase(kind, subtype)
    for name, value in parameters.items():
        part.set_param(name, value)
    part.set_payload(calendar.encode())
    encoders.encode_base64(part)
    return part
