"""Forms of the meetings chapter."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Name
from enid.groups.forms import PlainForm, offer
from enid.groups.models import Group
from enid.meetings.labels import refusal
from enid.meetings.local import Instant, NoSuchTime, instant


class MeetingForm(PlainForm):
    """Plan one meeting, in the group's own time zone."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    length_min = forms.IntegerField(label=_("Minutes"), min_value=20, max_value=300)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(group.time_zone)
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


class GuestForm(PlainForm):
    """Let a guest knock on one evening."""

    name = Name(_("Name of the guest"), 60, help=_("As the circle will see it."))


class PresentForm(forms.Form):
    """Which members were present, by the primary key of their place."""

    present = forms.TypedMultipleChoiceField(coerce=int, required=False, choices=())

    def __init__(self, *args: Any, places: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "present", [(pk, pk) for pk in places])
