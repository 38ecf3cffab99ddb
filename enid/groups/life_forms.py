"""Forms around the life of a group: days and spans."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enid.groups.forms import PlainForm

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
