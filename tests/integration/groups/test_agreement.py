"""The agreement: accepted version by version, and told again when what outsiders or leaders are changes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from enid.groups import operations, queries
from enid.groups.agreement import default_text
from enid.groups.errors import AgreementChanged
from enid.groups.models import Group, Outsiders
from enid.groups.operations import Declaration
from tests.cast import Cast


def _write(cast: Cast, text: str) -> None:
    operations.write_agreement(
        group=cast.circle, text=text, by=cast.membership(cast.marta), read_number=1, at=timezone.now()
    )


def test_new_version_asks_everybody_but_its_writer_again(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    assert queries.agreement_to_accept(cast.membership(cast.marta)) is None
    waiting = {
        place.person.name
        for place in queries.not_yet_accepted(cast.circle, queries.present_agreement(cast.circle))
    }
    assert waiting == {"Ruth", "Anna", "Jonas", "Priya"}


def test_same_text_is_no_new_version(cast: Cast) -> None:
    _write(cast, queries.present_agreement(cast.circle).text)
    assert queries.present_agreement(cast.circle).number == 1


def test_member_sees_the_agreement_first_and_accepts_it(cast: Cast, client: Client) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.anna)
    assert "not accepted yet" in client.get(reverse("group", args=[cast.circle.pk])).content.decode()
    client.post(reverse("group_agreement", args=[cast.circle.pk]), {"number": "2"})
    assert queries.agreement_to_accept(cast.membership(cast.anna)) is None


@pytest.mark.parametrize("number", ["1", "3", "", "two", "9" * 5000, "-2"])
def test_other_version_than_the_one_read_is_not_accepted(cast: Cast, client: Client, number: str) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.anna)
    page = client.post(reverse("group_agreement", args=[cast.circle.pk]), {"number": number}, follow=True)
    assert "The agreement changed while you were reading." in page.content.decode()
    assert queries.agreement_to_accept(cast.membership(cast.anna)) is not None


def test_two_leaders_who_write_at_once_do_not_overwrite_each_other(cast: Cast, client: Client) -> None:
    _write(cast, "Marta’s version.")
    client.force_login(cast.ruth)
    late = {"text": "Ruth’s version.", "number": "1"}
    page = client.post(reverse("group_agreement_edit", args=[cast.circle.pk]), late)
    assert page.status_code == 422
    assert "Marta’s version." in page.content.decode()
    assert "Ruth’s version." in page.content.decode()
    with pytest.raises(AgreementChanged):
        _write(cast, "Once more.")


@pytest.mark.parametrize("text", ["", "   \n\t", "x" * 8001, "\u202e"])
def test_unusable_text_is_no_agreement(cast: Cast, client: Client, text: str) -> None:
    client.force_login(cast.marta)
    address = reverse("group_agreement_edit", args=[cast.circle.pk])
    assert client.post(address, {"text": text, "number": "1"}).status_code == 422
    assert queries.present_agreement(cast.circle).number == 1


def _change(cast: Cast, **settings: object) -> None:
    operations.change_settings(
        group=cast.circle, settings=settings, by=cast.membership(cast.marta), at=timezone.now()
    )


def test_change_of_what_outsiders_learn_is_told_in_a_new_version(cast: Cast) -> None:
    _write(cast, default_text(cast.circle))
    _change(cast, outsiders=Outsiders.PRESENT, outsiders_who="The hospital")
    newest = queries.present_agreement(cast.circle)
    assert newest.number == 3
    assert "The hospital learns who was present, by name" in newest.text
    assert "learns nothing" not in newest.text
    assert queries.agreement_to_accept(cast.membership(cast.anna)) is not None


def test_other_settings_ask_nobody_again(cast: Cast) -> None:
    _change(cast, name="Thursday circle", hands=True)
    assert queries.present_agreement(cast.circle).number == 1


def test_line_is_replaced_in_the_language_in_which_it_stands(cast: Cast) -> None:
    with translation.override("de"):
        _write(cast, default_text(cast.circle))
    before = queries.present_agreement(cast.circle).text
    with translation.override("en"):
        _change(cast, outsiders=Outsiders.MET)
    assert queries.present_agreement(cast.circle).text.count("\n\n") == before.count("\n\n")


def test_line_that_the_group_rewrote_is_added_at_the_end(cast: Cast) -> None:
    _change(cast, outsiders=Outsiders.MET)
    text = queries.present_agreement(cast.circle).text
    assert text.startswith("What is said here stays here.")
    assert text.endswith("learns that the group met, and nothing else.")


def test_leader_who_begins_to_manage_a_member_is_told_to_everybody(cast: Cast) -> None:
    said = Declaration("", independent=False, told="I now head Anna’s practice.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    assert "I now head Anna’s practice." in queries.present_agreement(cast.circle).text
    assert queries.agreement_to_accept(cast.membership(cast.marta)) is not None


def test_agreement_holds_no_name(circle: Group) -> None:
    text = queries.present_agreement(circle).text + default_text(circle, queries.facts(circle))
    assert not any(place.person.name in text for place in queries.circle(circle))


def test_what_leaders_type_stays_as_they_typed_it(circle: Group) -> None:
    circle.term, circle.concerns_to = "we spent $$5 on $patient_one", "%(whom)s"
    assert "until we spent $$5 on $patient_one;" in default_text(circle)
    assert "past them, to %(whom)s." in default_text(circle)


def test_agreement_speaks_german_in_the_groups_words(circle: Group) -> None:
    circle.clinician_word, circle.patient_word = "doctor", "client"
    with translation.override("de"):
        text = default_text(circle)
    assert "einer Ärztin oder einem Arzt und einer Klientin oder einem Klienten" in text
    assert "Klientinnen und Klienten, Familien" in text
