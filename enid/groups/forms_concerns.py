"""The form of a concern that goes past the leaders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.groups.forms import Paragraphs, PlainForm


class ConcernForm(PlainForm):
    """A concern that goes past the leaders; it is sent and kept nowhere."""

    text = Paragraphs(_("What you would like to say"), 4000, widget=forms.Textarea(attrs={"rows": 8}))
    named = forms.ChoiceField(
        label=_("Your name"),
        choices=[
            ("yes", _("goes with it, and my address, so that they can answer me")),
            ("no", _("stays out of it; then nobody can answer")),
        ],
        widget=forms.RadioSelect,
    )
