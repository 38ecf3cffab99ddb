"""Forms of the meetings chapter."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Name
from enid.groups import zones
from enid.groups.forms import Paragraphs, PlainForm, offer
from enid.groups.models import Group
from enid.meetings.calendar import days
from enid.meetings.calendar.occurrences import Plan, first_dates, is_missing
from enid.meetings.calendar.rules import FifthWeekday, NotLast, Rhythm, rhythm_of, rule_for
from enid.meetings.labels import RHYTHMS, refusal
from enid.meetings.local import Instant, NoSuchTime, instant
from enid.meetings.models import CalendarChoice, Meeting
from enid.meetings.moments import zone_or_utc

MOST_MEETINGS = 60


class Days(Paragraphs):
    """Dates and spans of dates, one a line."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        help = _("One date or span a line: 2026-12-24, or 21.12.2026 – 6.1.2027.")
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(label, 2000, required=required, help=help, widget=widget)

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        try:
            return days.read(text)
        except days.BadDay as bad:
            sentence = _("“%(text)s” is not a date here. Please write 2026-12-24 or 24.12.2026.")
            raise forms.ValidationError(sentence, params={"text": bad.args[0][:40]}) from None
        except days.TooManyDays:
            raise forms.ValidationError(refusal("too_many_days")) from None


class MeetingForm(PlainForm):
    """Plan one meeting, in the group's own time zone."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    length_min = forms.IntegerField(label=_("Minutes"), min_value=20, max_value=300)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_or_utc(group.time_zone)
        self.fields["length_min"].initial = group.length_min

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" in data and "hour" in data:
            data["starts"] = self._starts(data)
        return data

    def _starts(self, data: dict[str, Any]) -> Instant | None:
        local = datetime.combine(data["day"], data["hour"].replace(tzinfo=None))
        try:
            return instant(local, self.zone)
        except NoSuchTime:
            self.add_error("hour", refusal("no_such_time"))
        except OverflowError:
            self.add_error("day", refusal("too_far"))
        return None


class SeriesForm(PlainForm):
    """A time that comes again: the first date says the weekday."""

    first = forms.DateField(
        label=_("First date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Its weekday is that of all the others."),
    )
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("The hour stays the same on its clocks, in summer and in winter.")
    )
    rhythm = forms.ChoiceField(
        label=_("Rhythm"),
        choices=list(RHYTHMS.items()),
        initial=Rhythm.FORTNIGHTLY,
        widget=forms.RadioSelect,
    )
    many = forms.IntegerField(
        label=_("How many meetings"),
        min_value=1,
        max_value=MOST_MEETINGS,
        initial=10,
        help_text=_("Then the group decides anew."),
    )
    length_min = forms.IntegerField(label=_("Minutes"), min_value=20, max_value=300)
    skipped = Days(_("Days without a meeting"), required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", zones.choices(group.time_zone))
        self.fields["time_zone"].initial = group.time_zone
        self.fields["length_min"].initial = group.length_min

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rule = rule_or_error(self, data, "first")
        if rule and not self.errors:
            data["plan"] = self._plan(data, rule)
        return data

    def _plan(self, data: dict[str, Any], rule: str) -> Plan:
        days = first_dates(data["first"], rule, data["many"], data["skipped"]) or [data["first"]]
        skipped = frozenset(day for day in data["skipped"] if days[0] <= day <= days[-1])
        hour = data["hour"].replace(second=0, microsecond=0)
        return Plan(days[0], hour, data["time_zone"], rule, days[-1], skipped)


class Scope(TextChoices):
    """How far a change of one date reaches."""

    ONE = "one", _("this meeting alone")
    FOLLOWING = "following", _("this one and all that follow")
    ALL = "all", _("all that are still to come")


def scope_field(label: Any) -> forms.ChoiceField:
    """Return the question how far a change reaches."""
    return forms.ChoiceField(label=label, choices=Scope.choices, initial=Scope.ONE, widget=forms.RadioSelect)


class MoveForm(PlainForm):
    """Move one meeting, or a series from it on."""

    scope = scope_field(_("What moves"))
    first = forms.DateField(
        label=_("New day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=_("New hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    length_min = forms.IntegerField(label=_("Minutes"), min_value=20, max_value=300)
    rhythm = forms.ChoiceField(
        label=_("Rhythm"),
        choices=list(RHYTHMS.items()),
        widget=forms.RadioSelect,
        help_text=_("For more than one meeting. Dates that were moved alone fall back into step."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.zone = zone_or_utc(meeting.time_zone or meeting.group.time_zone)
        local = meeting.starts_at.astimezone(self.zone)
        now = {"first": local.date(), "hour": local.time(), "length_min": meeting.length_min}
        if meeting.series:
            now["rhythm"] = rhythm_of(meeting.series.rule)
        super().__init__(*args, initial=now, **kwargs)
        if not meeting.series:
            del self.fields["scope"], self.fields["rhythm"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["scope"] = data.get("scope") or Scope.ONE
        if data["scope"] != Scope.ONE:
            data["rule"] = rule_or_error(self, data, "first")
        elif "first" in data and "hour" in data:
            data["hour"] = data["hour"].replace(second=0, microsecond=0)
            self._exists(data["first"], data["hour"])
        return data

    def _exists(self, day: date, hour: time) -> None:
        if not sensible(day):
            self.add_error("first", refusal("too_far"))
        elif is_missing(day, hour, self.zone.key):
            self.add_error("hour", refusal("no_such_time"))


class CancelForm(PlainForm):
    """Cancel one meeting, or a series from it on."""

    scope = scope_field(_("What is cancelled"))


class LeaveOutForm(PlainForm):
    """Days on which a series does not meet."""

    days = Days(_("Days without a meeting"))


class CalendarForm(PlainForm):
    """How dates reach one's own calendar."""

    by = forms.ChoiceField(
        label=_("How dates reach my calendar"),
        choices=CalendarChoice.By.choices,
        widget=forms.RadioSelect,
        help_text=_("Never two ways at once: your calendar would show each date twice."),
    )
    remind_min = forms.TypedChoiceField(
        label=_("Reminder by mail"), choices=CalendarChoice.Before.choices, coerce=int
    )


class CoverForm(PlainForm):
    """Who is asked to lead one meeting, by the primary key of their place."""

    member = forms.TypedChoiceField(label=_("Who"), coerce=int, choices=())

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "member", people)


class LeastForm(PlainForm):
    """Below how many members leaders decide anew."""

    least = forms.IntegerField(
        label=_("Members needed"),
        min_value=1,
        max_value=24,
        help_text=_("With fewer, leaders read a line here and decide. Nothing happens by itself."),
    )


class FeedForm(PlainForm):
    """What the entries of one's own calendar say."""

    busy = forms.BooleanField(
        label=_("Only “busy”"),
        required=False,
        help_text=_("For a calendar that others can see: no name, no place, no link."),
    )


def rule_or_error(form: forms.Form, data: dict[str, Any], day: str) -> str:
    """Return the rule that a form asks for; an error stands in the form otherwise."""
    if day not in data or "rhythm" not in data:
        return ""
    if not sensible(data[day]):
        form.add_error(day, refusal("too_far"))
        return ""
    try:
        return rule_for(Rhythm(data["rhythm"]), data[day])
    except FifthWeekday:
        form.add_error("rhythm", refusal("fifth_weekday"))
    except NotLast:
        form.add_error("rhythm", refusal("not_last"))
    return ""


def sensible(day: date) -> bool:
    """Tell whether a date is one to reckon with at all; the years 1 and 9999 have edges."""
    return 1990 <= day.year <= 2200


class GuestForm(PlainForm):
    """Let a guest knock on one evening."""

    name = Name(_("Name of the guest"), 60, help=_("As the circle will see it."))


class PresentForm(forms.Form):
    """Which members were present, by the primary key of their place."""

    present = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=())

    def __init__(self, *args: Any, places: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "present", [(pk, pk) for pk in places])
