"""Mail of a poll: the question, one reminder, and the time that was found; each in the reader's language and zone."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.meetings import moments
from enid.people.models import Person
from enid.polls.candidates import candidate
from enid.polls.labels import described
from enid.polls.links import link_of
from enid.polls.models import Asked, Poll


def ask(asked: list[Asked]) -> None:
    """Ask members for their answer."""
    for each in asked:
        with _language_of(_person(each)):
            body = _(
                "Dear %(name)s,\n\n"
                "a time is looked for in “%(group)s”. Please say what suits you, until %(until)s:\n\n%(link)s\n\n"
                "The link is for you alone; you need not sign in. You can change your answer until then. Your leaders "
                "see which times do not suit you, since they decide by it; the others do not.\n"
            )
            _send(each, _("Which time suits you?"), body)


def remind(asked: list[Asked]) -> None:
    """Remind members who have not answered."""
    for each in asked:
        with _language_of(_person(each)):
            body = _(
                "Dear %(name)s,\n\n"
                "a time is looked for in “%(group)s”, and your answer is still open. It can be given until "
                "%(until)s:\n\n%(link)s\n\nThis is the only reminder.\n"
            )
            _send(each, _("Which time suits you? Your answer is still open"), body)


def tell(poll: Poll, asked: list[Asked]) -> None:
    """Tell members who answered which time was taken."""
    for each in asked:
        with _language_of(_person(each)):
            body = _(
                "Dear %(name)s,\n\n"
                "thank you for your answer. This time was taken in “%(group)s”:\n\n%(time)s\n\n"
                "Your leaders plan the dates next; you will find them here:\n\n%(dates)s\n"
            )
            _send(each, _("A time is found"), body)


def _send(asked: Asked, subject: str, body: str) -> None:
    person, poll = _person(asked), asked.poll
    zone = moments.zone_or_utc(person.time_zone)
    told = {
        "name": person.name,
        "group": poll.group.name,
        "until": moments.whole(poll.closes_at, zone, poll.time_zone),
        "link": link_of(asked),
        "time": _time(poll, person),
        "dates": settings.URL + reverse("group_dates", args=[poll.group_id]),
    }
    EmailMessage(subject=subject, body=body % told, to=[person.email]).send()


def _time(poll: Poll, person: Person) -> str:
    if poll.chosen_day is None or poll.chosen_hour is None:
        return ""
    first: datetime = candidate(poll, poll.chosen_day, poll.chosen_hour).instants()[0]
    when = moments.whole(first, moments.zone_or_utc(person.time_zone), poll.time_zone)
    return f"{when}\n{described(poll)}".strip()


def _person(asked: Asked) -> Person:
    assert asked.membership is not None  # noqa: S101 - only members are written to
    return asked.membership.person


def _language_of(person: Person) -> translation.override:
    return translation.override(person.language or settings.LANGUAGE_CODE)
