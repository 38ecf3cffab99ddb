"""The group's words in every form, in English and German."""

import pytest
from django.utils import translation

from enid.groups.words import CLINICIAN_FORMS, FORMS, PATIENT_FORMS, forms, say


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("clinician", CLINICIAN_FORMS)
@pytest.mark.parametrize("patient", PATIENT_FORMS)
def test_every_pair_has_every_form(language: str, clinician: str, patient: str) -> None:
    with translation.override(language):
        words = forms(clinician, patient)
    assert words.keys() == {f"{whose}_{form}" for whose in ("clinician", "patient") for form in FORMS}
    assert all(words.values())


def test_english_sentence_takes_the_groups_words() -> None:
    with translation.override("en"):
        said = say("Might some of it be $patient_the_gen, not $clinician_the_gen?", forms("nurse", "client"))
    assert said == "Might some of it be the client’s, not the nurse’s?"


def test_german_bends_the_words() -> None:
    with translation.override("de"):
        words = forms("doctor", "patient")
    assert words["clinician_the_dat"] == "der Ärztin oder dem Arzt"
    assert words["patient_the_acc"] == "die Patientin oder den Patienten"


def test_unknown_words_fall_back_to_the_widest_ones() -> None:
    with translation.override("en"):
        assert forms("wizard", "dragon")["clinician_one"] == "a clinician"


def test_sentence_without_words_stays_as_it_is() -> None:
    assert say("It cost $5 & a $smile.", {}) == "It cost $5 & a $smile."
