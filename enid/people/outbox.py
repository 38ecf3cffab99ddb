"""Mail waits here as rows until the worker has handed it to the SMTP server.

A row is claimed by an UPDATE that must change exactly one row, with a lease: a worker that dies between the claim
and the sending leaves a letter that is sent again when the lease has run out. Once sent, its text is gone at once.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet

from enid.people.models import Letter

logger = logging.getLogger("enid.mail")

LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=2)
KEPT_AFTER_SENDING = timedelta(days=7)
UNSENT_KEPT = timedelta(days=30)


class OutboxBackend(BaseEmailBackend):
    """Django's mail goes into rows, in the caller's own transaction: what is rolled back is not sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one letter for each receiver."""
        letters = [
            Letter(
                to=parseaddr(to)[1],
                subject=mail.subject[:200],
                body=str(mail.body),
                sender=mail.from_email or settings.DEFAULT_FROM_EMAIL,
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
    sent = 0
    for pk in list(_due(at).values_list("pk", flat=True)[:most]):
        if claim(pk, at):
            sent += _send(Letter.objects.get(pk=pk), at)
    return sent


def _due(at: datetime) -> QuerySet[Letter]:
    waiting = Letter.objects.filter(sent_at=None, gave_up_at=None, not_before__lte=at)
    return waiting.filter(Q(claimed_until=None) | Q(claimed_until__lte=at))


def claim(pk: int, at: datetime) -> bool:
    """Take a letter for two minutes; say whether this worker has it."""
    return _due(at).filter(pk=pk).update(claimed_until=at + LEASE) == 1


def _send(letter: Letter, at: datetime) -> int:
    mail = EmailMessage(letter.subject, letter.body, letter.sender, [letter.to])
    try:
        get_connection("django.core.mail.backends.smtp.EmailBackend", **settings.SMTP).send_messages([mail])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _put_off(letter, at, error)
        return 0
    letter.body, letter.sent_at, letter.claimed_until = "", at, None
    letter.save(update_fields=["body", "sent_at", "claimed_until"])
    return 1


def _put_off(letter: Letter, at: datetime, error: Exception) -> None:
    logger.warning("letter %s not sent: %s", letter.pk, type(error).__name__)
    letter.attempts += 1
    letter.claimed_until = None
    letter.not_before = at + min(FIRST_WAIT * 2 ** (letter.attempts - 1), LONGEST_WAIT)
    if at - letter.written_at > GIVE_UP_AFTER:
        letter.gave_up_at, letter.body = at, ""
    letter.save(update_fields=["attempts", "claimed_until", "not_before", "gave_up_at", "body"])


def sweep(at: datetime) -> None:
    """Delete what was sent or given up a week ago, and what nobody could send for a month."""
    done = Q(sent_at__lt=at - KEPT_AFTER_SENDING) | Q(gave_up_at__lt=at - KEPT_AFTER_SENDING)
    Letter.objects.filter(done | Q(written_at__lt=at - UNSENT_KEPT)).delete()
