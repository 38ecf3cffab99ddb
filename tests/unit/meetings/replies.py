"""Answers in the form in which three programs send them."""

import base64

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261201T173000Z
DTEND:20261201T184500Z
DTSTAMP:20261125T101010Z
ORGANIZER;CN=Enid:mailto:enid@example.org
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN={sender};X-NUM-GUESTS=0:mailto:{sender}
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Balint group
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=DECLINED;CN=Anna:mailto:{sender}
UID:{uid}
RECURRENCE-ID;TZID=W. Europe Standard Time:20261215T183000
DTSTART;TZID=W. Europe Standard Time:20261215T183000
DTEND;TZID=W. Europe Standard Time:20261215T194500
CLASS:PRIVATE
PRIORITY:5
DTSTAMP:20261125T101010Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:0
END:VEVENT
END:VCALENDAR
"""

APPLE = """BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 15.1//EN
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;CN=Anna;CUTYPE=INDIVIDUAL;PARTSTAT=TENTATIVE:mailto:{sender}
DTEND:20261201T184500Z
DTSTAMP:20261125T101010Z
DTSTART:20261201T173000Z
ORGANIZER;CN=Enid:mailto:enid@example.org
SEQUENCE:0
UID:{uid}
END:VEVENT
END:VCALENDAR
"""


def mail(answer: str, uid: str, sender: str, *, plain: bool = False) -> bytes:
    """Return a whole mail. plain: the calendar stands there undecoded, so that a test can change it"""
    calendar = answer.format(uid=uid, sender=sender).replace("\n", "\r\n")
    coding, body = "8bit", calendar
    if not plain:
        coding, body = "base64", base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    return (
        f"From: Anna <{sender}>\r\nTo: enid@example.org\r\nSubject: Accepted: Balint group\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=here\r\n\r\n"
        "--here\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAnna has answered.\r\n"
        f"--here\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n"
        f"Content-Transfer-Encoding: {coding}\r\n\r\n{body}\r\n--here--\r\n"
    ).encode()
