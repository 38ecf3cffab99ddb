"""The words a group chose for clinician and patient, in the forms that sentences need.

A sentence names a form with `$`: say("What might it be like to be $patient_this?", words_of(group)).
Translators may use any form in any sentence, because languages bend words in different places.
"""

from collections.abc import Mapping
from string import Template

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group

FORMS = ("one", "one_acc", "one_dat", "the", "the_acc", "the_dat", "the_gen", "this", "many", "many_dat")
"""Indefinite, definite (nominative, accusative, dative; genitive), pointing, plural."""

# Each message holds ten forms in the order of FORMS, divided by "|".
CLINICIAN_FORMS = {
    "doctor": pgettext_lazy(
        "ten forms of a word",
        "a doctor|a doctor|a doctor|the doctor|the doctor|the doctor|the doctor’s|this doctor|doctors|doctors",
    ),
    "nurse": pgettext_lazy(
        "ten forms of a word",
        "a nurse|a nurse|a nurse|the nurse|the nurse|the nurse|the nurse’s|this nurse|nurses|nurses",
    ),
    "chaplain": pgettext_lazy(
        "ten forms of a word",
        "a chaplain|a chaplain|a chaplain|the chaplain|the chaplain|the chaplain|the chaplain’s|this chaplain|chaplains|chaplains",
    ),
    "clinician": pgettext_lazy(
        "ten forms of a word",
        "a clinician|a clinician|a clinician|the clinician|the clinician|the clinician|the clinician’s|this clinician|clinicians|clinicians",
    ),
}
PATIENT_FORMS = {
    "patient": pgettext_lazy(
        "ten forms of a word",
        "a patient|a patient|a patient|the patient|the patient|the patient|the patient’s|this patient|patients|patients",
    ),
    "client": pgettext_lazy(
        "ten forms of a word",
        "a client|a client|a client|the client|the client|the client|the client’s|this client|clients|clients",
    ),
    "family": pgettext_lazy(
        "ten forms of a word",
        "a family|a family|a family|the family|the family|the family|the family’s|this family|families|families",
    ),
}

CLINICIAN_CHOICES = [
    ("clinician", _("clinician")),
    ("doctor", _("doctor")),
    ("nurse", _("nurse")),
    ("chaplain", _("chaplain")),
]
PATIENT_CHOICES = [("patient", _("patient")), ("client", _("client")), ("family", _("family"))]


def words_of(group: Group) -> dict[str, str]:
    """Return every form of the group's two words in the language of the page."""
    return forms(group.clinician_word, group.patient_word)


def forms(clinician: str, patient: str) -> dict[str, str]:
    """Return `clinician_one`, `patient_the_dat` and so on; unknown words fall back to the widest ones."""
    return {
        **_named("clinician", str(CLINICIAN_FORMS.get(clinician, CLINICIAN_FORMS["clinician"]))),
        **_named("patient", str(PATIENT_FORMS.get(patient, PATIENT_FORMS["patient"]))),
    }


def _named(whose: str, packed: str) -> dict[str, str]:
    return {f"{whose}_{form}": word for form, word in zip(FORMS, packed.split("|"), strict=True)}


def say(sentence: object, words: Mapping[str, str]) -> str:
    """Return a translated sentence with the group's words in it."""
    return Template(str(sentence)).safe_substitute(words)


def say_in_words(message: str, words: Mapping[str, str]) -> str:
    """Translate a message that was marked elsewhere and put the group's words in."""
    return say(gettext(message), words)
