"""Forms of the groups chapter: what arrives is short, clean and of the right kind before an operation sees it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from enid.core.fields import Line, Name
from enid.core.text import clean_text
from enid.groups import concerns, labels, terms, zones
from enid.groups.agreement_terms import with_terms
from enid.groups.formats import PRESETS
from enid.groups.models import Cameras, Group, InvitedAs, Membership, Outsiders, Setting
from enid.groups.operations import Declaration
from enid.groups.queries import open_proposal
from enid.groups.words import CLINICIAN_CHOICES, PATIENT_CHOICES
from enid.people.models import Person

if TYPE_CHECKING:
    from enid.core.fields import Text


class Paragraphs(forms.CharField):
    """Several lines, cleaned in the same way."""

    widget = forms.Textarea

    def __init__(
        self, label: "Text", most: int, *, required: bool = True, help: "Text" = "", **more: Any
    ) -> None:
        super().__init__(label=label, max_length=most, required=required, help_text=help, **more)

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


class Address(forms.EmailField):
    """An e-mail address."""

    def __init__(self, label: "Text", *, required: bool = True, help: "Text" = "") -> None:
        super().__init__(label=label, max_length=254, required=required, help_text=help)
        self.widget.attrs["autocomplete"] = "off"


class PlainForm(forms.Form):
    """A form whose labels end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


def offer(form: forms.Form, field: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Give a field the choices that are known only now."""
    cast(forms.ChoiceField, form.fields[field]).choices = choices


ABOUT_VIDEO = _(
    "In Enid sound and picture go encrypted from browser to browser; no server can hear or see them."
)


ONLY_TOGETHER = _("Part of the agreement: a change is proposed to everybody.")


class DeclarationForm(PlainForm):
    """What a leader says of themselves before anybody accepts."""

    credential = Line(
        _("Your credential as a leader"),
        160,
        required=False,
        help=_(
            "As those you invite will read it, for example “accredited Balint leader”. It may stay empty."
        ),
    )
    independent = forms.ChoiceField(
        label=_("Do you assess, appoint or manage anyone here?"),
        choices=[("yes", _("I do not assess, appoint or manage anyone here")), ("no", _("This is so:"))],
        widget=forms.RadioSelect,
    )
    told = Line(
        _("What is so"),
        300,
        required=False,
        help=_(
            "One sentence that everybody reads before they accept, for example “I head the clinic where two of you work.”"
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("independent") == "no" and not data.get("told") and "told" not in self.errors:
            self.add_error("told", _("Please say in one sentence what is so."))
        return data

    def declaration(self) -> Declaration:
        """Return what the valid form says."""
        data = self.cleaned_data
        return Declaration(data["credential"], data["independent"] == "yes", data["told"])


def spoken(leader: Membership) -> dict[str, object]:
    """Return the initial values of a DeclarationForm."""
    answer = {True: "yes", False: "no", None: None}[leader.independent]
    return {"credential": leader.credential, "independent": answer, "told": leader.dependence_told}


class StartForm(DeclarationForm):
    """Start a group: few fields, each with a default that does well."""

    name = Name(_("Name of the group"), 80, help=_("Only those who belong or are invited will see it."))
    setting = forms.ChoiceField(
        help_text=ABOUT_VIDEO,
        label=_("Where you meet"),
        choices=Setting.choices,
        initial=Setting.VIDEO,
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(label=_("Course of a meeting"), initial="first-75", widget=forms.RadioSelect)
    clinician_word = forms.ChoiceField(label=_("You speak of yourselves as"), choices=CLINICIAN_CHOICES)
    patient_word = forms.ChoiceField(label=_("and of those you care for as"), choices=PATIENT_CHOICES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    size = forms.IntegerField(
        label=_("Number of members"), min_value=2, max_value=24, initial=8, help_text=_("Six to ten do well.")
    )
    rhythm = Line(
        _("Rhythm and hour"),
        60,
        initial=_("every second week, at the same hour"),
        help=_("As the invitation says it."),
    )
    term_meetings = forms.IntegerField(
        label=_("Number of meetings"),
        min_value=1,
        max_value=200,
        required=False,
        initial=terms.FIRST,
        help_text=_("Then the group decides anew. Leave it empty for no end."),
    )
    field_order = [
        "name",
        "setting",
        "format",
        "clinician_word",
        "patient_word",
        "time_zone",
        "size",
        "rhythm",
        "term_meetings",
        "credential",
        "independent",
        "told",
    ]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", zones.choices("UTC"))
        offer(self, "format", preset_choices())
        self.fields["time_zone"].initial = person.time_zone

    def settings(self) -> dict[str, Any]:
        """Return the fields of a group; format and declaration travel beside them."""
        own = ("setting", "clinician_word", "patient_word", "name", "time_zone", "size", "rhythm")
        fields = {field: self.cleaned_data[field] for field in own}
        return {**fields, **terms.first(self.cleaned_data["term_meetings"])}


def preset_choices() -> list[tuple[str, str]]:
    """Return every preset with its one-line description."""
    return [(id, f"{labels.format_name(id)}. {labels.PRESET_LINES.get(id, '')}") for id in PRESETS]


class SettingsForm(PlainForm):
    """A group's options, for its leaders."""

    name = Name(_("Name of the group"), 80)
    setting = forms.ChoiceField(
        label=_("Where you meet"),
        choices=Setting.choices,
        widget=forms.RadioSelect,
        help_text=ABOUT_VIDEO,
    )
    place = Line(_("Place"), 120, required=False, help=_("A room, if you meet in one."))
    call_link = forms.URLField(
        label=_("Link to the call"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("If you meet beside another call. Members open it from the room."),
    )
    telephone = Line(
        _("Telephone number if lines fail"),
        40,
        required=False,
        help=_("Members know it before they need it."),
    )
    clinician_word = forms.ChoiceField(label=_("You speak of yourselves as"), choices=CLINICIAN_CHOICES)
    patient_word = forms.ChoiceField(label=_("and of those you care for as"), choices=PATIENT_CHOICES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    size = forms.IntegerField(label=_("Number of members"), min_value=2, max_value=24)
    rhythm = Line(_("Rhythm and hour"), 60, required=False)
    term = Line(_("It runs until"), 80, required=False, help=ONLY_TOGETHER)
    outsiders = forms.ChoiceField(
        label=_("What an employer or programme learns"),
        choices=Outsiders.choices,
        widget=forms.RadioSelect,
        help_text=ONLY_TOGETHER,
    )
    outsiders_who = Line(_("Which employer or programme"), 120, required=False, help=ONLY_TOGETHER)
    concerns_to = Line(_("Past the leaders, concerns go to"), 120, required=False, help=ONLY_TOGETHER)
    concerns_email = Address(
        _("Their e-mail address"),
        required=False,
        help=_(
            "Of somebody who does not lead here. Members can write to it without the leaders learning of it. Part of the agreement."
        ),
    )
    compulsory = forms.BooleanField(
        label=_("Members have to come"),
        required=False,
        help_text=_(
            "As in some training programmes. Then an equal alternative is named, and no reason is asked."
        ),
    )
    alternative = Line(
        _("The equal alternative"),
        300,
        required=False,
        help=_("What somebody may do instead, for example “a reflective seminar of the same hours”."),
    )
    limits = Paragraphs(
        _("Limits of confidentiality and local numbers"),
        2000,
        required=False,
        help=_(
            "What the law here asks, and whom to call. Leaders find it in the room. Part of the agreement: a change is proposed to everybody."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cameras = forms.ChoiceField(
        label=_("Cameras"),
        choices=Cameras.choices,
        initial=Cameras.ON,
        widget=forms.RadioSelect,
        help_text=_("Where you meet by video. Said at the door and never forced."),
    )
    hands = forms.BooleanField(
        label=_("“I would like to say something”"),
        required=False,
        help_text=_("Without an order; for bad lines or large circles."),
    )
    members_see_time = forms.BooleanField(label=_("Members see the minutes"), required=False)
    empty_chair = forms.BooleanField(
        label=_("Empty chair"), required=False, help_text=_("Leaders may place one after the telling.")
    )
    lingering = forms.BooleanField(
        label=_("A leader may stay a little after the close"),
        required=False,
        help_text=_("In a group that meets by video, about five minutes, for whoever wishes to stay too."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        proposal = open_proposal(
            group
        )  # what is proposed stands here, so that saving something else keeps it
        coming = with_terms(group, proposal.terms) if proposal else group
        initial = {name: getattr(coming, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        offer(self, "time_zone", zones.choices(group.time_zone))
        self.group = group

    def clean_concerns_email(self) -> str:
        """Accept an address that no leader of the group has: the way leads past them."""
        email: str = self.cleaned_data["concerns_email"]
        if email and concerns.belongs_to_a_leader(self.group, email):
            raise forms.ValidationError(
                _("This address belongs to somebody who leads here. Please name one of somebody else.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Ask for an equal alternative where members have to come."""
        data = super().clean() or {}
        if data.get("compulsory") and not data.get("alternative") and "alternative" not in self.errors:
            self.add_error("alternative", _("Please name an equal alternative."))
        return data

    def clean_call_link(self) -> str:
        """Accept web addresses alone: this link is shown to everybody for a click."""
        link: str = self.cleaned_data["call_link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Please give a web address that begins with https://"))
        return link


class AgreementForm(PlainForm):
    """The text of a new version of the agreement."""

    text = Paragraphs(_("Agreement"), 8000, widget=forms.Textarea(attrs={"rows": 22}))
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)


class InviteForm(PlainForm):
    """Invite somebody by mail or by a link for one use."""

    name = Name(_("Name"), 60, help=_("How the invitation greets them."))
    role = forms.ChoiceField(
        label=_("Invited as"),
        choices=InvitedAs.choices[::-1],
        initial=InvitedAs.MEMBER,
        widget=forms.RadioSelect,
    )
    email = Address(
        _("E-mail address"),
        required=False,
        help=_("Leave it empty to make a link that you hand over yourself."),
    )
    text = Paragraphs(
        _("Letter"),
        4000,
        required=False,
        help=_(
            "It goes with the mail; change it as you like. {name} becomes the name, and the link is added under it."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class QuestionForm(PlainForm):
    """A question of somebody invited; it goes to the leaders by mail and stays nowhere else."""

    question = Paragraphs(_("Your question"), 2000, widget=forms.Textarea(attrs={"rows": 5}))
    email = Address(_("Where may they answer you?"), help=_("Your e-mail address."))
