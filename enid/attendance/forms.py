"""Forms of the attendance chapter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.attendance.models import Dispute
from enid.groups.forms import PlainForm, offer
from enid.meetings.models import Attendance

Reason = Dispute.Reason


class DisputeForm(PlainForm):
    """What is wrong with a line: one of a few reasons that say nothing of a case."""

    reason = forms.ChoiceField(label=_("What is wrong with it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, line: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [Reason.AWAY] if line.present else [Reason.THERE, Reason.LATE, Reason.LINE]
        offer(self, "reason", [(reason.value, reason.label) for reason in fitting])


class Day(forms.DateField):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class StatementForm(PlainForm):
    """Which lines a statement names."""

    since = Day(_("From"))
    until = Day(_("Until"))
    groups = forms.MultipleChoiceField(label=_("Groups"), widget=forms.CheckboxSelectMultiple, choices=())
    paper = forms.ChoiceField(
        label=_("Paper"), choices=[("a4", _("A4")), ("us-letter", _("US letter"))], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, groups: list[str], since: date, until: date, **kwargs: Any) -> None:
        first = {"since": since, "until": until, "groups": groups, "paper": "a4"}
        super().__init__(*args, initial=first, **kwargs)
        offer(self, "groups", [(name, name) for name in groups])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("That is before the first day. Please look at both."))
        return data
