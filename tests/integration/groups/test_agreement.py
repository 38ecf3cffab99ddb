"""The agreement: changed only together, and proposed anew when what outsiders or leaders are changes."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from enid.groups import invitations, operations, own_data, queries
from enid.groups.agreement import default_text
from enid.groups.agreement_terms import TERMS
from enid.groups.errors import AgreementChanged
from enid.groups.models import Agreement, AgreementLink, Group, Outsiders
from enid.groups.operations import Declaration
from enid.people.models import Person
from tests.cast import Cast
from tests.together import everybody_accepts


def _write(cast: Cast, text: str) -> None:
    operations.write_agreement(
        group=cast.circle, text=text, by=cast.membership(cast.marta), read_number=1, at=timezone.now()
    )


def _proposal(cast: Cast) -> Agreement:
    proposal = queries.open_proposal(cast.circle)
    assert proposal is not None
    return proposal


def _waiting(cast: Cast) -> set[str]:
    return {place.person.name for place in queries.not_yet_accepted(cast.circle, _proposal(cast))}


def _accept(cast: Cast, *people: Person) -> None:
    for person in people:
        place = cast.membership(person)
        operations.accept_agreement(membership=place, number=_proposal(cast).number, at=timezone.now())


def test_proposal_asks_everybody_but_its_writer(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    assert _waiting(cast) == {"Ruth", "Anna", "Jonas", "Priya"}


def test_version_before_holds_until_the_last_has_accepted(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    _accept(cast, cast.ruth, cast.anna, cast.jonas)
    assert queries.present_agreement(cast.circle).number == 1
    _accept(cast, cast.priya)
    assert queries.present_agreement(cast.circle).text == "We meet on Tuesdays."
    assert queries.open_proposal(cast.circle) is None


def test_no_door_waits_for_a_proposal(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    assert queries.agreement_to_accept(cast.membership(cast.anna)) is None


def test_whoever_leaves_no_longer_counts(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    _accept(cast, cast.ruth, cast.anna, cast.jonas)
    operations.leave(membership=cast.membership(cast.priya), at=timezone.now())
    assert queries.present_agreement(cast.circle).number == 2


def test_whoever_is_erased_no_longer_counts(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    _accept(cast, cast.ruth, cast.anna, cast.jonas)
    own_data.erase(cast.priya)
    assert queries.present_agreement(cast.circle).number == 2


def test_whoever_joins_accepts_what_holds_and_is_asked_for_the_new(cast: Cast) -> None:
    _write(cast, "We meet on Tuesdays.")
    at = timezone.now()
    invitee = invitations.Invitee("Zoe", "", "member")
    made, _secret = invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=at)
    mail.outbox.clear()
    place = invitations.accept(invitation=made, person=cast.zoe, number=1, declaration=None, at=at)
    assert place.acceptances.get().agreement.number == 1
    assert "Zoe" in _waiting(cast)
    assert [letter.to for letter in mail.outbox] == [["zoe@example.org"]]
    _accept(cast, cast.ruth, cast.anna, cast.jonas, cast.priya)
    assert queries.present_agreement(cast.circle).number == 1
    _accept(cast, cast.zoe)
    assert queries.present_agreement(cast.circle).number == 2


def test_leader_who_is_alone_so_far_changes_it_at_once(cast: Cast) -> None:
    for person in (cast.ruth, cast.anna, cast.jonas, cast.priya):
        operations.leave(membership=cast.membership(person), at=timezone.now())
    _write(cast, "We meet on Tuesdays.")
    assert queries.present_agreement(cast.circle).text == "We meet on Tuesdays."


def test_same_text_is_no_new_version(cast: Cast) -> None:
    _write(cast, queries.present_agreement(cast.circle).text)
    assert queries.open_proposal(cast.circle) is None


def test_later_proposal_stands_in_the_place_of_the_earlier_and_keeps_its_terms(cast: Cast) -> None:
    _change(cast, outsiders=Outsiders.MET)
    first = _proposal(cast)
    operations.write_agreement(
        group=cast.circle,
        text=f"{first.text}\n\nWe begin on time.",
        by=cast.membership(cast.ruth),
        read_number=first.number,
        at=timezone.now(),
    )
    first.refresh_from_db()
    assert first.withdrawn_at
    assert _proposal(cast).terms == {"outsiders": "met"}
    assert _waiting(cast) == {"Marta", "Anna", "Jonas", "Priya"}


def test_term_that_is_taken_back_leaves_no_proposal(cast: Cast) -> None:
    _write_and_agree(cast, default_text(cast.circle))
    _change(cast, outsiders=Outsiders.MET)
    _change(cast, outsiders=Outsiders.NOTHING)
    assert queries.open_proposal(cast.circle) is None


def test_leader_withdraws_a_proposal_and_its_links_open_nothing(cast: Cast, client: Client) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.ruth)
    address = reverse("agreement_withdraw", args=[cast.circle.pk])
    page = client.post(address, {"number": "1"}, follow=True)
    assert "The agreement changed" in page.content.decode()
    assert queries.open_proposal(cast.circle)
    client.post(address, {"number": "2"})
    assert queries.open_proposal(cast.circle) is None
    assert queries.present_agreement(cast.circle).number == 1
    assert not AgreementLink.objects.exists()


def test_member_withdraws_nothing(cast: Cast, client: Client) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.anna)
    address = reverse("agreement_withdraw", args=[cast.circle.pk])
    assert client.post(address, {"number": "2"}).status_code == 404
    assert queries.open_proposal(cast.circle)


def test_member_finds_one_line_on_the_groups_page_until_they_accept(cast: Cast, client: Client) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.anna)
    line = "A new version of the agreement is proposed."
    assert line in client.get(reverse("group", args=[cast.circle.pk])).content.decode()
    client.post(reverse("group_agreement", args=[cast.circle.pk]), {"number": "2"})
    assert line not in client.get(reverse("group", args=[cast.circle.pk])).content.decode()


def test_version_in_force_that_was_never_accepted_comes_before_the_room(cast: Cast, client: Client) -> None:
    Agreement.objects.create(group=cast.circle, number=2, text="From before versions were proposed.")
    client.force_login(cast.anna)
    assert "not accepted yet" in client.get(reverse("group", args=[cast.circle.pk])).content.decode()
    client.post(reverse("group_agreement", args=[cast.circle.pk]), {"number": "2"})
    assert queries.agreement_to_accept(cast.membership(cast.anna)) is None


def test_members_see_who_accepted_which_version_and_no_name_of_who_left(cast: Cast, client: Client) -> None:
    _write_and_agree(cast, "We meet on Tuesdays.")
    operations.leave(membership=cast.membership(cast.priya), at=timezone.now())
    client.force_login(cast.jonas)
    page = client.get(reverse("group_agreements", args=[cast.circle.pk])).content.decode()
    assert page.count("Anna") == 2
    assert "Priya" not in page
    assert page.count("and one who has left") == 2


@pytest.mark.parametrize("number", ["3", "", "two", "9" * 5000, "-2"])
def test_other_version_than_the_one_read_is_not_accepted(cast: Cast, client: Client, number: str) -> None:
    _write(cast, "We meet on Tuesdays.")
    client.force_login(cast.anna)
    page = client.post(reverse("group_agreement", args=[cast.circle.pk]), {"number": number}, follow=True)
    assert "The agreement changed while you were reading." in page.content.decode()
    assert "Anna" in _waiting(cast)


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


def _write_and_agree(cast: Cast, text: str) -> None:
    _write(cast, text)
    everybody_accepts(cast.circle, at=timezone.now())


def test_change_of_what_outsiders_learn_is_proposed_in_a_new_version(cast: Cast) -> None:
    _write_and_agree(cast, default_text(cast.circle))
    _change(cast, outsiders=Outsiders.PRESENT, outsiders_who="The hospital")
    proposal = _proposal(cast)
    assert proposal.number == 3
    assert "The hospital learns who was present, by name" in proposal.text
    assert "learns nothing" not in proposal.text


CHANGED: list[dict[str, str | bool]] = [
    {"outsiders": Outsiders.MET},
    {"outsiders_who": "The hospital"},
    {"concerns_to": "the ombudswoman"},
    {"limits": "Call 112."},
    {"term": "June"},
    {"concerns_email": "ombuds@example.org"},
    {"compulsory": True},
    {"alternative": "a seminar of the same hours"},
]


@pytest.mark.parametrize("terms", CHANGED, ids=lambda terms: next(iter(terms)))
def test_setting_of_the_agreement_changes_only_with_the_version_that_names_it(
    cast: Cast, terms: dict[str, str | bool]
) -> None:
    ((field, value),) = terms.items()
    before = getattr(Group.objects.get(pk=cast.circle.pk), field)
    _change(cast, **terms)
    assert getattr(Group.objects.get(pk=cast.circle.pk), field) == before != value
    everybody_accepts(cast.circle, at=timezone.now())
    assert getattr(Group.objects.get(pk=cast.circle.pk), field) == value


def test_every_term_is_tried(circle: Group) -> None:
    assert {field for terms in CHANGED for field in terms} == TERMS.keys()


def test_page_names_what_a_proposal_changes(cast: Cast, client: Client) -> None:
    _change(cast, limits="Call 112.", name="Thursday circle")
    client.force_login(cast.anna)
    page = client.get(reverse("group_agreement", args=[cast.circle.pk])).content.decode()
    assert "Limits of confidentiality and local numbers</dt><dd>Call 112.</dd>" in page
    assert "Thursday circle" in page


def test_saving_something_else_keeps_what_is_proposed(cast: Cast, client: Client) -> None:
    _change(cast, outsiders=Outsiders.MET)
    client.force_login(cast.ruth)
    form = client.get(reverse("group_settings", args=[cast.circle.pk])).context["form"]
    same = {name: form[name].value() or "" for name in form.fields}
    client.post(reverse("group_settings", args=[cast.circle.pk]), {**same, "telephone": "+43 1 2345"})
    assert Group.objects.get(pk=cast.circle.pk).telephone == "+43 1 2345"
    assert _proposal(cast).terms == {"outsiders": "met"}
    assert _proposal(cast).number == 2


def test_other_settings_ask_nobody_again(cast: Cast) -> None:
    _change(cast, name="Thursday circle", hands=True)
    assert queries.open_proposal(cast.circle) is None


def test_line_is_replaced_in_the_language_in_which_it_stands(cast: Cast) -> None:
    with translation.override("de"):
        _write_and_agree(cast, default_text(cast.circle))
    before = queries.present_agreement(cast.circle).text
    with translation.override("en"):
        _change(cast, outsiders=Outsiders.MET)
    assert _proposal(cast).text.count("\n\n") == before.count("\n\n")


def test_line_that_the_group_rewrote_is_added_at_the_end(cast: Cast) -> None:
    _change(cast, outsiders=Outsiders.MET)
    text = _proposal(cast).text
    assert text.startswith("What is said here stays here.")
    assert text.endswith("learns that the group met, and nothing else.")


def test_leader_who_begins_to_manage_a_member_is_told_to_everybody(cast: Cast) -> None:
    said = Declaration("", independent=False, told="I now head Anna’s practice.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    assert "I now head Anna’s practice." in _proposal(cast).text
    assert "Marta" in _waiting(cast)


def _ruth_tells(cast: Cast) -> None:
    """Ruth heads the practice of some, and everybody has accepted an agreement that says so."""
    _write_and_agree(cast, default_text(cast.circle))
    said = Declaration("", independent=False, told="I head Anna’s practice.")
    operations.change_declaration(leader=cast.membership(cast.ruth), declaration=said, at=timezone.now())
    everybody_accepts(cast.circle, at=timezone.now())


def _stops_leading(cast: Cast) -> None:
    operations.stop_leading(leader=cast.membership(cast.ruth), at=timezone.now())


def _leaves(cast: Cast) -> None:
    operations.leave(membership=cast.membership(cast.ruth), at=timezone.now())


def _is_erased(cast: Cast) -> None:
    own_data.erase(cast.ruth)


@pytest.mark.parametrize("goes", [_stops_leading, _leaves, _is_erased])
def test_agreement_keeps_no_dependence_of_whoever_leads_no_longer(
    cast: Cast, goes: Callable[[Cast], None]
) -> None:
    _ruth_tells(cast)
    goes(cast)
    text = _proposal(cast).text
    assert "practice" not in text
    assert text.count("Our leaders do not assess, appoint or manage any of us.") == 1
    assert {"Marta", "Anna"} <= _waiting(cast)


def test_member_who_leaves_changes_no_line_of_the_agreement(cast: Cast) -> None:
    _ruth_tells(cast)
    operations.leave(membership=cast.membership(cast.anna), at=timezone.now())
    assert queries.open_proposal(cast.circle) is None


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
