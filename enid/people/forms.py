"""Forms of the people chapter."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Line, Name
from enid.people.models import Person


class SettingsForm(forms.Form):
    """What a person says of themselves."""

    display_name = Name(_("Your name, as the circle sees it"), 60)
    profession = Line(_("Profession"), 80, required=False)
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        help_text=_("Begin to type a city, for example Europe/Vienna."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("as my browser asks for")), *settings.LANGUAGES]
    )

    def clean_time_zone(self) -> str:
        """Return a zone that exists."""
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone not in available_timezones():
            raise ValidationError(_("There is no time zone of that name. Please choose one from the list."))
        return zone


class CodeForm(forms.Form):
    """A code from a mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FirstForm(forms.Form):
    """The first administrator's account."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    display_name = Name(_("Your name, as the circle sees it"), 60)


class RecoveryForm(forms.Form):
    """Whom an administrator helps back in."""

    email = forms.EmailField(label=_("The address they used until now"), max_length=254)

    def clean_email(self) -> str:
        """Return the address of an account."""
        email = str(self.cleaned_data["email"])
        self.person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise ValidationError(_("No account has this address."))
        return email


class EraseForm(forms.Form):
    """The yes to an erasure."""

    sure = forms.BooleanField(label=_("Yes, erase my account and what Enid keeps about me"))
