"""Mail waits here as rows until the worker has handed it to the SMTP server.

A row is claimed by an UPDATE that must change exactly one row, with a lease: a worker that dies between the claim
and the sending leaves a letter that is sent again when the lease has run out. Once sent, its text is gone at once.

Letters of one thread to one receiver keep their order: a later one waits while an earlier one is on its way, is tried
again or is in the hands of another worker. Whoever writes such letters holds a row meanwhile, so that their numbers
follow the order of the commits.
"""

import logging
import smtplib
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, OuterRef, Q, QuerySet

from enid.core.links import hash_of
from enid.people.calendar_mail import CalendarMail
from enid.people.models import Letter

logger = logging.getLogger("enid.mail")

LEASE = timedelta(minutes=4)  # longer than a slow server can take: nine answers of twenty seconds each
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=2)
KEPT_AFTER_SENDING = timedelta(days=7)
UNSENT_KEPT = timedelta(days=30)

SENT, NO_CONNECTION = "sent", "no_connection"
# What went wrong, first match first; what the server said is not kept, since it repeats addresses.
CODES: list[tuple[type[Exception], str]] = [
    (smtplib.SMTPRecipientsRefused, "address_refused"),
    (smtplib.SMTPSenderRefused, "sender_refused"),
    (smtplib.SMTPAuthenticationError, "sign_in_refused"),
    (smtplib.SMTPServerDisconnected, NO_CONNECTION),
    (smtplib.SMTPConnectError, NO_CONNECTION),
    (smtplib.SMTPException, "letter_refused"),
    (OSError, NO_CONNECTION),
    (ValueError, "malformed"),
]


class OutboxBackend(BaseEmailBackend):
    """Django's mail goes into rows, in the caller's own transaction: what is rolled back is not sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one letter for each receiver."""
        letters = [
            Letter(
                to=parseaddr(to)[1],
                subject=mail.subject[:200],
                body=str(mail.body),
                calendar=getattr(mail, "calendar", ""),
                thread=getattr(mail, "thread", ""),
                sender=mail.from_email or settings.DEFAULT_FROM_EMAIL,
                reply_to=mail.reply_to[0] if mail.reply_to else "",
            )
            for mail in email_messages
            for to in mail.recipients()
        ]
        Letter.objects.bulk_create(letters)
        return len(letters)


def deliver(at: datetime, most: int = 50) -> int:
    """Send what is due; return how many letters went out. Does nothing without an SMTP server."""
    if not settings.SMTP_URL:
        return 0
    sent, began_s = 0, time.monotonic()
    for _turn in range(most):
        pk = _due(at).order_by("pk").values_list("pk", flat=True).first()
        if pk is None:
            break
        # A slow server may use up minutes on the letters before; a lease counts from when it is taken.
        now = at + timedelta(seconds=time.monotonic() - began_s)
        if not claim(pk, now):
            continue
        code = _send(Letter.objects.filter(pk=pk, claimed_until=now + LEASE), at)
        sent += code == SENT
        if code == NO_CONNECTION:
            break  # the other letters would wait as long for an answer, and new ones behind them
    return sent


def _due(at: datetime) -> QuerySet[Letter]:
    waiting = Letter.objects.filter(sent_at=None, gave_up_at=None, not_before__lte=at)
    earlier = Letter.objects.filter(
        sent_at=None, gave_up_at=None, to=OuterRef("to"), thread=OuterRef("thread"), pk__lt=OuterRef("pk")
    )
    free = waiting.filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
    return free.filter(Q(thread="") | ~Exists(earlier))


def claim(pk: int, at: datetime) -> bool:
    """Take a letter for the length of a lease; say whether this worker has it."""
    return _due(at).filter(pk=pk).update(claimed_until=at + LEASE) == 1


def _send(claimed: QuerySet[Letter], at: datetime) -> str:
    """Send one letter under our lease and return what came of it; it may be gone by now, with whom it was for."""
    letter = claimed.first()
    if letter is None:
        return "gone"
    try:
        get_connection("django.core.mail.backends.smtp.EmailBackend", **settings.SMTP).send_messages(
            [_mail(letter)]
        )
    except (smtplib.SMTPException, OSError, ValueError) as error:
        code = code_of(error)
        _put_off(claimed, letter, at, code)
        return code
    claimed.update(body="", calendar="", sent_at=at, claimed_until=None, last_error="")
    return SENT


def _mail(letter: Letter) -> EmailMessage:
    """Return the mail; the same letter sent again has the same id, by which a mail program knows it again."""
    seal = hash_of(f"{settings.SECRET_KEY} letter {letter.pk} {letter.written_at.isoformat()}")[:32]
    return CalendarMail(
        letter.subject,
        letter.body,
        letter.sender,
        [letter.to],
        calendar=letter.calendar,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": f"<{seal}@{urlsplit(settings.URL).hostname}>"},
    )


def code_of(error: Exception) -> str:
    """Return the stable code of what went wrong."""
    return next(code for kind, code in CODES if isinstance(error, kind))


def _put_off(claimed: QuerySet[Letter], letter: Letter, at: datetime, code: str) -> None:
    """Wait twice as long as before; after two days let the letter be."""
    logger.warning("letter %s not sent: %s", letter.pk, code)
    given_up = at - letter.written_at > GIVE_UP_AFTER
    claimed.update(
        attempts=letter.attempts + 1,
        claimed_until=None,
        not_before=at + min(FIRST_WAIT * 2**letter.attempts, LONGEST_WAIT),
        last_error=code,
        gave_up_at=at if given_up else None,
        body="" if given_up else letter.body,
        calendar="" if given_up else letter.calendar,
    )


def sweep(at: datetime) -> None:
    """Delete what was sent or given up a week ago, and what nobody could send for a month."""
    done = Q(sent_at__lt=at - KEPT_AFTER_SENDING) | Q(gave_up_at__lt=at - KEPT_AFTER_SENDING)
    Letter.objects.filter(done | Q(written_at__lt=at - UNSENT_KEPT)).delete()
