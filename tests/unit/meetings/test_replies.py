"""Answers of calendar programs as they come in, and what only looks like one."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enid.meetings.calendar.reply import MOST_BYTES, BadReply, Said, read
from tests.unit.meetings.replies import APPLE, GOOGLE, OUTLOOK, mail

UID = "series-1@enid.example.org"


def test_google_answers_with_a_calendar_beside_the_text_and_as_a_file() -> None:
    reply = read(mail(GOOGLE, UID, "anna@example.org"))
    assert (reply.sender, reply.attendee, reply.uid) == ("anna@example.org", "anna@example.org", UID)
    assert reply.said == (Said("comes", None),)


def test_outlook_answers_without_an_organizer_and_in_its_own_zone() -> None:
    (said,) = read(mail(OUTLOOK, UID, "Anna@Example.org")).said
    assert said.answer == "cannot"
    assert f"{said.date:%Y-%m-%d %H:%M}" == "2026-12-15 18:30"


def test_apple_answers_that_it_is_not_sure() -> None:
    assert read(mail(APPLE, UID, "anna@example.org")).said[0].answer == "unsure"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw.replace(b"METHOD:REPLY", b"METHOD:REQUEST"), "not_a_reply"),
        (lambda raw: raw.replace(b"METHOD:REPLY\r\n", b""), "not_a_reply"),
        (lambda raw: raw.replace(b"text/calendar", b"text/html"), "no_calendar"),
        (lambda raw: raw.replace(b"PARTSTAT=ACCEPTED", b"PARTSTAT=DELEGATED"), "no_answer"),
        (
            lambda raw: raw.replace(b"BEGIN:VEVENT", b"BEGIN:VTODO").replace(b"END:VEVENT", b"END:VTODO"),
            "no_answer",
        ),
        (
            lambda raw: raw.replace(b"SEQUENCE:0", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:jonas@example.org"),
            "no_answer",
        ),
        (lambda raw: raw.replace(b"From: ", b"X-From: "), "malformed"),
        (lambda raw: b"From: other@example.org\r\n" + raw, "malformed"),
        (lambda raw: raw.replace(b"BEGIN:VCALENDAR\r\n", b""), "malformed"),
        (lambda raw: raw + b"x" * MOST_BYTES, "too_large"),
        (lambda raw: raw.replace(b"SEQUENCE:0", b"COMMENT:" + b"x" * 70_000), "too_large"),
        (lambda raw: b"", "malformed"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_code(change: object, code: str) -> None:
    with pytest.raises(BadReply) as refused:
        read(change(mail(GOOGLE, UID, "anna@example.org", plain=True)))  # type: ignore[operator]
    assert refused.value.code == code


def test_mail_nested_without_end_is_refused() -> None:
    head, nested = b"From: anna@example.org\r\n", b""
    for number in range(2_000):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    with pytest.raises(BadReply):
        read(head + nested)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 1200))
def test_any_spoilt_mail_is_read_or_refused_and_breaks_nothing(noise: bytes, where: int) -> None:
    raw = mail(GOOGLE, UID, "anna@example.org", plain=True)
    with suppress(BadReply):
        read(raw[:where] + noise + raw[where:])
