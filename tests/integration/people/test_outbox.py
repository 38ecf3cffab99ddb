"""Mail against a real SMTP server on loopback."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.utils import timezone

from enid.people import outbox
from enid.people.models import Letter
from tests.integration.site.test_commands import free_port

pytestmark = pytest.mark.django_db


class Post(MessageHandler):
    """An SMTP server's other side: keeps what it took; refuses one address."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, str]] = []
        self.answers_to: list[str | None] = []
        self.ids: list[str] = []

    async def handle_RCPT(
        self, server: object, session: object, envelope: object, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such box"
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    def handle_message(self, message: object) -> None:
        self.taken.append((message["To"], message.get_payload(decode=True).decode()))  # type: ignore[index, attr-defined]
        self.ids.append(message["Message-ID"])  # type: ignore[index]
        self.answers_to.append(message["Reply-To"])  # type: ignore[index]


@pytest.fixture
def port(settings: object) -> int:
    port = free_port()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"  # type: ignore[attr-defined]
    settings.SMTP = {**settings.SMTP, "host": "127.0.0.1", "port": port}  # type: ignore[attr-defined]
    return port


@pytest.fixture
def post(port: int) -> Iterator[Post]:
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler
    controller.stop()


def write(to: str = "anna@example.org") -> None:
    send_mail("A word", "We meet on Tuesday.", None, [to])


def test_a_letter_goes_out_once_and_its_text_is_gone(post: Post) -> None:
    write()
    at = timezone.now()
    assert outbox.deliver(at) == 1
    assert outbox.deliver(at) == 0
    assert post.taken == [("anna@example.org", "We meet on Tuesday.\r\n")]
    letter = Letter.objects.get()
    assert (letter.body, letter.sent_at) == ("", at)


def test_a_letter_waits_while_the_server_is_down(port: int) -> None:
    write()
    at = timezone.now()
    assert outbox.deliver(at) == 0
    assert outbox.deliver(at) == 0
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert outbox.deliver(at + timedelta(minutes=1)) == 1
    finally:
        controller.stop()
    assert len(handler.taken) == 1


def test_a_refused_letter_is_given_up_in_the_end_and_others_go_on(post: Post) -> None:
    write("gone@example.org")
    write()
    assert outbox.deliver(timezone.now()) == 1
    outbox.deliver(timezone.now() + timedelta(days=3))
    letter = Letter.objects.get(to="gone@example.org")
    assert letter.gave_up_at is not None
    assert letter.body == ""
    assert letter.last_error == "address_refused"


def test_the_next_try_comes_later_each_time(port: int) -> None:
    write()
    at, waits = timezone.now(), []
    for _try in range(12):
        outbox.deliver(at)
        letter = Letter.objects.get()
        waits.append(letter.not_before - at)
        at = letter.not_before
    assert letter.last_error == "no_connection"
    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits == sorted(waits)
    assert waits[-1] == outbox.LONGEST_WAIT


def test_what_the_server_says_reaches_no_log(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    write("gone@example.org")
    outbox.deliver(timezone.now())
    assert "address_refused" in caplog.text
    assert "gone@" not in caplog.text
    assert "no such box" not in caplog.text


def test_an_answer_goes_to_whom_the_letter_names(post: Post) -> None:
    EmailMessage("A word", "…", None, ["anna@example.org"], reply_to=["marta@example.org"]).send()
    outbox.deliver(timezone.now())
    assert post.answers_to == ["marta@example.org"]


def test_each_receiver_has_a_letter_of_their_own(post: Post) -> None:
    EmailMessage("A word", "…", None, ["anna@example.org"], bcc=["jonas@example.org"]).send()
    assert outbox.deliver(timezone.now()) == 2
    assert sorted(to for to, _text in post.taken) == ["anna@example.org", "jonas@example.org"]


def test_a_worker_that_died_between_claim_and_sending_loses_nothing(post: Post) -> None:
    write()
    at = timezone.now()
    assert outbox.claim(Letter.objects.get().pk, at)
    assert outbox.deliver(at + timedelta(minutes=1)) == 0
    assert outbox.deliver(at + outbox.LEASE) == 1
    assert len(post.taken) == 1


def test_a_letter_sent_again_has_the_same_id_and_another_letter_another(post: Post) -> None:
    write()
    outbox.deliver(timezone.now())
    Letter.objects.update(sent_at=None)  # as if the worker had died before it could note the sending
    write()
    outbox.deliver(timezone.now())
    first, again, other = post.ids
    assert first == again
    assert first != other


def test_a_server_that_does_not_answer_is_asked_once_a_round(port: int) -> None:
    write()
    write()
    outbox.deliver(timezone.now())
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]


def test_two_workers_do_not_take_the_same_letter(post: Post) -> None:
    write()
    pk, at = Letter.objects.get().pk, timezone.now()
    assert [outbox.claim(pk, at), outbox.claim(pk, at)] == [True, False]


def test_mail_of_a_deed_that_failed_is_not_sent(post: Post) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0


def test_letters_are_swept_a_week_after_sending(post: Post) -> None:
    write()
    at = timezone.now()
    outbox.deliver(at)
    outbox.sweep(at + timedelta(days=6))
    assert Letter.objects.count() == 1
    outbox.sweep(at + timedelta(days=8))
    assert Letter.objects.count() == 0
