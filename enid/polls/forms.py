"""Forms of the polls chapter."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Name
from enid.groups.forms import Paragraphs, PlainForm, offer
from enid.groups.models import Group
from enid.meetings import labels as meeting_labels
from enid.meetings.calendar.occurrences import instant_of, is_missing
from enid.meetings.calendar.rules import Rhythm
from enid.meetings.forms import MOST_MEETINGS, rule_or_error, sensible
from enid.meetings.labels import RHYTHMS
from enid.meetings.moments import zone_or_utc
from enid.polls.labels import refusal
from enid.polls.models import Reply
from enid.polls.operations import MOST_NAMES, Question
from enid.polls.ranking import Answer
from enid.polls.week import WEEK_HALVES

MOST_TIMES = 6
LONGEST = timedelta(days=90)


class Names(Paragraphs):
    """Names of people, one a line."""

    def __init__(self, label: Any, *, required: bool, help: Any) -> None:
        super().__init__(label, 1000, required=required, help=help, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        names = tuple(Name("", 60).clean(line) for line in text.split("\n") if line.strip())
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(refusal("too_many_names"))
        return names


def _day(label: Any, *, required: bool = True, help: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help, widget=widget)


class QuestionForm(PlainForm):
    """What both kinds of questions ask leaders for."""

    rhythm = forms.ChoiceField(
        label=_("How often"), choices=[("", _("one meeting")), *RHYTHMS.items()], required=False
    )
    many = forms.IntegerField(
        label=_("How many meetings"), min_value=1, max_value=MOST_MEETINGS, initial=10, required=False
    )
    length_min = forms.IntegerField(label=_("Minutes"), min_value=20, max_value=300)
    until = _day(_("Answers until the end of"))
    names = Names(
        _("People without an account"),
        required=False,
        help=_("One name a line; it may stay empty. You hand each of them a link of their own."),
    )

    def __init__(self, *args: Any, group: Group, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.at = zone_or_utc(group.time_zone).key, at
        self.fields["length_min"].initial = group.length_min

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["many"] = data.get("many") or 1
        self._judge_first(data)
        if not self.errors:
            self._judge_deadline(data)
        return data

    def _judge_first(self, data: dict[str, Any]) -> None:
        raise NotImplementedError

    def earliest(self, data: dict[str, Any]) -> datetime:
        """Return before when answers are needed."""
        raise NotImplementedError

    def _judge_deadline(self, data: dict[str, Any]) -> None:
        if not sensible(data["until"]):
            self.add_error("until", refusal("far_deadline"))
            return
        closes = data["closes_at"] = instant_of(data["until"], time(23, 59), self.zone)
        if closes <= self.at:
            self.add_error("until", refusal("past_deadline"))
        elif closes > self.at + LONGEST:
            self.add_error("until", refusal("far_deadline"))
        elif closes >= self.earliest(data):
            self.add_error("until", refusal("late_deadline"))

    def question(self) -> Question:
        """Return what is asked."""
        data = self.cleaned_data
        return Question(
            rhythm=data["rhythm"],
            many=data["many"],
            length_min=data["length_min"],
            first=data["first"],
            closes_at=data["closes_at"],
            times=data.get("times", ()),
            names=data["names"],
        )


class TimesForm(QuestionForm):
    """A few times that leaders name; each is the first meeting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for n in range(1, MOST_TIMES + 1):
            self.fields[f"day_{n}"] = _day(_("Day"), required=False)
            self.fields[f"hour_{n}"] = forms.TimeField(label=_("Hour"), required=False, widget=clock)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of each time."""
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, MOST_TIMES + 1)]

    def others(self) -> list[forms.BoundField]:
        """Return every other field."""
        return [self[name] for name in QuestionForm.base_fields]

    def _judge_first(self, data: dict[str, Any]) -> None:
        times = [self._time(data, n) for n in range(1, MOST_TIMES + 1)]
        data["times"] = tuple(sorted(each for each in times if each))
        if self.errors:
            return
        if len(data["times"]) < 2:
            self.add_error("day_1", refusal("no_times"))
        elif len(set(data["times"])) < len(data["times"]):
            self.add_error("day_1", refusal("same_time"))
        else:
            data["first"] = data["times"][0][0]

    def _time(self, data: dict[str, Any], n: int) -> tuple[date, time] | None:
        day, hour = data.get(f"day_{n}"), data.get(f"hour_{n}")
        if day is None and hour is None:
            return None
        if day is None or hour is None:
            self.add_error(f"day_{n}" if day is None else f"hour_{n}", refusal("half_a_time"))
            return None
        hour = hour.replace(second=0, microsecond=0, tzinfo=None)
        self._judge_time(data, n, day, hour)
        return day, hour

    def _judge_time(self, data: dict[str, Any], n: int, day: date, hour: time) -> None:
        if not sensible(day):
            self.add_error(f"day_{n}", meeting_labels.refusal("too_far"))
        elif is_missing(day, hour, self.zone):
            self.add_error(f"hour_{n}", meeting_labels.refusal("no_such_time"))
        elif instant_of(day, hour, self.zone) <= self.at:
            self.add_error(f"day_{n}", refusal("past_time"))
        elif data.get("rhythm"):
            rule_or_error(self, data, f"day_{n}")

    def earliest(self, data: dict[str, Any]) -> datetime:
        return min(instant_of(day, hour, self.zone) for day, hour in data["times"])


class HoursForm(QuestionForm):
    """The free hours of everybody's week."""

    first = _day(_("First meeting not before"), help=_("It will be within a week from then."))

    field_order = ["first"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only some days are the last of their weekday in a month: the week would have holes that nobody understands.
        rhythms = [pair for pair in RHYTHMS.items() if pair[0] != Rhythm.MONTHLY_LAST]
        offer(self, "rhythm", [("", _("one meeting")), *rhythms])

    def _judge_first(self, data: dict[str, Any]) -> None:
        if "first" in data and not sensible(data["first"]):
            self.add_error("first", meeting_labels.refusal("too_far"))

    def earliest(self, data: dict[str, Any]) -> datetime:
        return instant_of(data["first"], time(), self.zone)


class NamesForm(PlainForm):
    """People without an account who are asked too."""

    names = Names(
        _("Names"), required=True, help=_("One name a line. You hand each of them a link of their own.")
    )


class TimesAnswerForm(PlainForm):
    """Yes, if need be or no to each time, by the primary key of the option."""

    def __init__(self, *args: Any, times: Mapping[int, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk, (label, help) in times.items():
            self.fields[str(pk)] = forms.TypedChoiceField(
                label=label,
                help_text=help,
                coerce=int,
                choices=Reply.Choice.choices,
                widget=forms.RadioSelect,
            )

    def choices(self) -> dict[int, Answer]:
        """Return what was said to each option."""
        return {int(name): Answer(choice) for name, choice in self.cleaned_data.items()}


class HoursAnswerForm(forms.Form):
    """Free half hours of a week; none at all is an answer too."""

    free = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "free", [(half, half) for half in range(WEEK_HALVES)])
