"""The letters that carry calendar entries, in the reader's language and by their clock."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from enid.groups.models import Group, Membership, Setting
from enid.meetings import answers, labels, moments
from enid.meetings.calendar import itip
from enid.meetings.calendar.ics import Repeated, Single, as_it_is
from enid.meetings.calendar.told import Deed, Step
from enid.meetings.models import Answer
from enid.meetings.uids import meetings_named
from enid.people.calendar_mail import CalendarMail
from enid.people.models import Person

DATES_NAMED = 3


def summary() -> str:
    """Return what a calendar shows; it says nothing of a clinic, nor which group it is."""
    return _("Balint group")


def send(step: Step, *, person: Person, group: Group, changed: bool, at: datetime) -> None:
    """Write one letter with its entry. changed: the reader's calendar knew of the entry before"""
    letter = _Letter(step, person, group, changed, at)
    subject, lead = letter.said()
    CalendarMail(
        subject=subject,
        body=letter.text(lead),
        to=[person.email],
        calendar=entry_of(step, person.email, at).decode(),
        thread=f"group {group.pk}",
    ).send()


def entry_of(step: Step, address: str, at: datetime) -> bytes:
    """Return the calendar file of a step."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    parties = itip.Parties(sender, name or "Enid", address)
    if step.day and isinstance(step.entry, Repeated):
        dated = itip.request_date if step.deed == Deed.ASK_DATE else itip.cancel_date
        return dated(step.entry, step.day, parties, at=at)
    whole = itip.request if step.deed == Deed.ASK else itip.cancel
    return whole(step.entry, parties, at=at)


@dataclass(frozen=True)
class _Letter:
    step: Step
    person: Person
    group: Group
    changed: bool
    at: datetime

    def said(self) -> tuple[str, str]:
        """Return the subject and the first sentence."""
        entry, when = self.step.entry, self._when()
        if self.step.deed in (Deed.TAKE_BACK, Deed.TAKE_BACK_DATE):
            return self._gone(when)
        if isinstance(entry, Repeated) and self.step.day is None:
            if self.changed:
                return _("The dates of your Balint group have changed"), _("The dates are now: %(when)s.") % {
                    "when": when
                }
            return _("The dates of your Balint group"), _("Your group meets %(when)s.") % {"when": when}
        if self.changed or self.step.day:
            return _("Your Balint group meets at another time: %(when)s") % {"when": when}, _(
                "This meeting now begins on %(when)s."
            ) % {"when": when}
        return _("Your Balint group: %(when)s") % {"when": when}, _("Your group meets on %(when)s.") % {
            "when": when
        }

    def _gone(self, when: str) -> tuple[str, str]:
        if isinstance(self.step.entry, Repeated) and self.step.day is None:
            return _("Dates of your Balint group are taken out of your calendar"), _(
                "These dates are taken out of your calendar: %(when)s."
            ) % {"when": when}
        return _("Taken out of your calendar: %(when)s") % {"when": when}, _(
            "This date is taken out of your calendar: %(when)s."
        ) % {"when": when}

    def _when(self) -> str:
        entry = self.step.entry
        if isinstance(entry, Single):
            return self._whole(entry.at)
        if self.step.day:
            return self._whole(as_it_is(entry, self.step.day).at)
        return labels.described(entry.plan)

    def _whole(self, at: datetime) -> str:
        return moments.whole(at, self._zone(), self.group.time_zone)

    def _zone(self) -> ZoneInfo:
        return moments.zone_or_utc(self.person.time_zone)

    def text(self, lead: str) -> str:
        """Return the whole text."""
        parts = [_("Dear %(name)s,") % {"name": self.person.name}, f"{lead}\n{self.group.name}"]
        if self.step.deed in (Deed.ASK, Deed.ASK_DATE):
            parts += [self._next_dates(), where(self.group)]
            path = reverse("group_dates", args=[self.group.pk])
            parts += [self._ways_to_answer(), _("All dates: %(link)s") % {"link": settings.URL + path}]
        parts.append(
            _("How dates reach your calendar: %(link)s") % {"link": settings.URL + reverse("me_calendar")}
        )
        return "\n\n".join(filter(None, parts)) + "\n"

    def _ways_to_answer(self) -> str:
        """Offer two links for the one date of the letter, or for the first that a series has to come."""
        meeting = meetings_named(self.step.entry.uid, at=self.at, day=self.step.day).first()
        place = Membership.objects.filter(group=self.group, person=self.person, left_at=None).first()
        if meeting is None or place is None:
            return ""
        lines = [
            _("For %(when)s:") % {"when": self._whole(meeting.starts_at)},
            _("I come: %(link)s") % {"link": answers.link(place, meeting.pk, Answer.Said.COMES)},
            _("I cannot come: %(link)s") % {"link": answers.link(place, meeting.pk, Answer.Said.CANNOT)},
        ]
        return "\n".join(lines)

    def _next_dates(self) -> str:
        """Name the first dates of a series to come, by the reader's clock."""
        entry = self.step.entry
        if isinstance(entry, Single) or self.step.day:
            return ""
        begins = (as_it_is(entry, day).at for day in entry.dates())
        coming = sorted(begin for begin in begins if begin > self.at)[:DATES_NAMED]
        return "\n".join([_("The next dates:"), *(self._whole(begin) for begin in coming)])


def where(group: Group) -> str:
    """Return where a group meets, the link to the call beside which it meets, and the number if lines fail."""
    beside = group.setting == Setting.BESIDE and group.call_link
    lines = [
        (_("Place: %(place)s") % {"place": group.place}) if group.place else "",
        (_("Link to the call: %(link)s") % {"link": group.call_link}) if beside else "",
        (_("Telephone if lines fail: %(number)s") % {"number": group.telephone}) if group.telephone else "",
    ]
    return "\n".join(filter(None, lines))
