"""Letters that carry a calendar entry: their form, and the order in which they go out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from enid.people import outbox
from enid.people.calendar_mail import CalendarMail
from enid.people.models import Letter
from tests.integration.people.post import Post, listening
from tests.integration.site.test_commands import free_port

pytestmark = pytest.mark.django_db

ENTRY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nSUMMARY:Zürich\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def post(settings: object) -> Iterator[Post]:
    port, post = free_port(), Post()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"  # type: ignore[attr-defined]
    settings.SMTP = {**settings.SMTP, "host": "127.0.0.1", "port": port}  # type: ignore[attr-defined]
    with listening(post, port):
        yield post


def write(subject: str, to: str = "anna@example.org", thread: str = "series", calendar: str = ENTRY) -> None:
    CalendarMail(subject, "We meet.", to=[to], calendar=calendar, thread=thread).send()


def letter(subject: str) -> Letter:
    return Letter.objects.get(subject=subject)


def test_entry_stands_beside_the_text_and_as_a_file_in_the_same_bytes(post: Post) -> None:
    write("Dates")
    outbox.deliver(timezone.now())
    kinds = [part.get_content_type() for part in post.taken[0].walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    entry, file = list(post.taken[0].walk())[3:]
    assert dict(entry["Content-Type"].params) == {"method": "REQUEST", "charset": "UTF-8"}
    assert (file.get_filename(), file.get_content_disposition()) == ("invite.ics", "attachment")
    assert entry.get_payload(decode=True) == file.get_payload(decode=True) == ENTRY.encode()
    assert entry["Content-Transfer-Encoding"] == file["Content-Transfer-Encoding"] == "base64"


def test_text_and_entry_are_gone_once_sent(post: Post) -> None:
    write("Dates")
    outbox.deliver(timezone.now())
    assert (letter("Dates").body, letter("Dates").calendar) == ("", "")


def test_entry_without_a_method_is_not_sent(post: Post) -> None:
    write("Dates", calendar=ENTRY.replace("METHOD:REQUEST\r\n", ""))
    assert outbox.deliver(timezone.now()) == 0
    assert letter("Dates").last_error == "malformed"


def test_letters_of_a_thread_go_out_in_order_within_one_round(post: Post) -> None:
    for subject in ("one", "two", "three"):
        write(subject)
    assert outbox.deliver(timezone.now()) == 3
    assert post.subjects() == ["one", "two", "three"]


def test_later_letter_waits_while_an_earlier_one_is_tried_again(post: Post) -> None:
    write("one")
    write("two")
    write("elsewhere", thread="other")
    write("to somebody else", to="jonas@example.org")
    at = timezone.now()
    Letter.objects.filter(subject="one").update(not_before=at + timedelta(hours=1))
    outbox.deliver(at)
    assert post.subjects() == ["elsewhere", "to somebody else"]
    outbox.deliver(at + timedelta(hours=1))
    assert post.subjects()[2:] == ["one", "two"]


def test_later_letter_waits_while_another_worker_holds_an_earlier_one(post: Post) -> None:
    write("one")
    write("two")
    at = timezone.now()
    assert outbox.claim(letter("one").pk, at)
    assert not outbox.claim(letter("two").pk, at)
    assert outbox.deliver(at) == 0
    assert outbox.deliver(at + outbox.LEASE) == 2
    assert post.subjects() == ["one", "two"]


def test_letter_that_was_given_up_holds_nobody_up(post: Post) -> None:
    write("one")
    write("two")
    Letter.objects.filter(subject="one").update(gave_up_at=timezone.now())
    assert outbox.deliver(timezone.now()) == 1


def test_letters_without_a_thread_do_not_wait_for_each_other(post: Post) -> None:
    write("one", thread="", calendar="")
    write("two", thread="", calendar="")
    at = timezone.now()
    Letter.objects.filter(subject="one").update(not_before=at + timedelta(hours=1))
    assert outbox.deliver(at) == 1
