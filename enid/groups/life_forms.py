"""Forms around the life of a group: days and spans."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enid.core.fields import Name
from enid.groups.forms import Address, Paragraphs, PlainForm

LONGEST = timedelta(days=731)


class Day(forms.DateField):
    """A day from today on, within two years."""

    def __init__(self, label: object, **more: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, **more)  # type: ignore[arg-type]

    def validate(self, value: object) -> None:
        """Refuse what is past or far away."""
        super().validate(value)
        today = timezone.localdate()
        if value and not today <= value <= today + LONGEST:  # type: ignore[operator]
            raise ValidationError(_("Please give a day from today on, at most two years ahead."))


class UntilForm(PlainForm):
    """Until which day somebody leads."""

    day = Day(gettext_lazy("My last day as a leader"))


class TermForm(PlainForm):
    """How long the next term lasts: a number of meetings, a day, or neither."""

    meetings = forms.IntegerField(
        label=gettext_lazy("Number of meetings"), min_value=1, max_value=200, required=False, initial=10
    )
    until = Day(gettext_lazy("or until this day"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse both at once: a term has one end."""
        data = super().clean() or {}
        if data.get("meetings") and data.get("until"):
            self.add_error("until", _("Please give a number of meetings or a day, not both."))
        return data


class WaitingForm(PlainForm):
    """Somebody who would like a place."""

    name = Name(gettext_lazy("Name"), 60)
    email = Address(
        gettext_lazy("E-mail address"),
        help=gettext_lazy("With their wish alone. Nothing else about them is kept."),
    )


class VisitForm(PlainForm):
    """Who would watch, and when."""

    name = Name(gettext_lazy("Who would watch"), 60)
    first_day = Day(gettext_lazy("First day"))
    last_day = Day(gettext_lazy("Last day"), help_text=gettext_lazy("The same day for one meeting."))


class TableForm(PlainForm):
    """A table of people to invite."""

    table = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy(
            "With the columns Name and E-mail, and Role if you like; first and last name may stand apart."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )


class LetterForm(PlainForm):
    """The letter that goes with every invitation of a table, and the table itself, sealed by this server."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=60_000)
    text = Paragraphs(
        gettext_lazy("Letter"),
        4000,
        help=gettext_lazy("{name} becomes each name, and a link of their own is added under it."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
