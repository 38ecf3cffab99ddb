"""Starting a group: few fields, good defaults, and nothing made of bad input."""

import pytest
from django.test import Client
from django.urls import reverse

from enid.groups.models import Group, Membership
from enid.groups.queries import agreement_to_accept, present_agreement
from tests.cast import Cast

GOOD = {
    "name": "Wednesday circle",
    "setting": "beside",
    "format": "us-60",
    "clinician_word": "nurse",
    "patient_word": "family",
    "time_zone": "Pacific/Auckland",
    "size": "8",
    "rhythm": "every second Wednesday, 18:30",
    "term_meetings": "10",
    "credential": "accredited leader",
    "independent": "yes",
    "told": "",
}


@pytest.fixture
def zoe(cast: Cast, client: Client) -> Client:
    client.force_login(cast.zoe)
    return client


def _started() -> Group:
    return Group.objects.get(name="Wednesday circle")


def test_started_group_has_its_first_leader_who_has_accepted(zoe: Client, cast: Cast) -> None:
    answer = zoe.post(reverse("group_new"), GOOD)
    group = _started()
    assert answer.url == reverse("group_starting", args=[group.pk])
    place = group.memberships.get()
    assert (place.person, place.is_leader, place.independent) == (cast.zoe, True, True)
    assert agreement_to_accept(place) is None
    assert (group.format["id"], group.length_min) == ("us-60", 60)


def test_agreement_speaks_in_the_words_of_the_group(zoe: Client) -> None:
    zoe.post(reverse("group_new"), GOOD)
    text = present_agreement(_started()).text
    assert "a nurse and a family" in text
    assert "runs until we have met 10 times" in text
    assert "$" not in text


def test_first_term_has_ten_meetings_and_both_pages_say_so(zoe: Client) -> None:
    assert 'name="term_meetings" value="10"' in zoe.get(reverse("group_new")).content.decode()
    zoe.post(reverse("group_new"), GOOD)
    group = _started()
    assert group.term_meetings == 10
    for page in ("group_starting", "group_life"):
        shown = zoe.get(reverse(page, args=[group.pk])).content.decode()
        assert "This term has 10 meetings. Then the group decides anew." in shown


def test_group_may_begin_without_an_end(zoe: Client) -> None:
    zoe.post(reverse("group_new"), {**GOOD, "term_meetings": ""})
    group = _started()
    assert (group.term_meetings, group.term) == (None, "")


def test_leader_who_manages_somebody_says_so_in_the_agreement(zoe: Client) -> None:
    zoe.post(reverse("group_new"), {**GOOD, "independent": "no", "told": "I head the ward of two of you."})
    assert "I head the ward of two of you." in present_agreement(_started()).text


def test_form_offers_the_persons_own_time_zone(zoe: Client, cast: Cast) -> None:
    cast.zoe.time_zone = "Europe/Vienna"
    cast.zoe.save()
    assert '<option value="Europe/Vienna" selected>' in zoe.get(reverse("group_new")).content.decode()


@pytest.mark.parametrize(("size", "warned"), [("4", True), ("5", False), ("12", False), ("13", True)])
def test_unusual_size_is_allowed_with_a_warning(zoe: Client, size: str, warned: bool) -> None:
    page = zoe.post(reverse("group_new"), {**GOOD, "size": size}, follow=True)
    assert ("is unusual" in page.content.decode()) is warned
    assert _started().size == int(size)


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 900_000},
        {"name": "\u202e\u0007"},
        {"setting": "moon"},
        {"format": "own"},
        {"format": "../etc"},
        {"clinician_word": "wizard"},
        {"patient_word": "1"},
        {"time_zone": "Europe/Atlantis"},
        {"time_zone": "../../etc/passwd"},
        {"size": "0"},
        {"size": "25"},
        {"size": "eight"},
        {"size": "9" * 400},
        {"rhythm": "x" * 61},
        {"independent": ""},
        {"independent": "perhaps"},
        {"independent": "no", "told": "   "},
        {"told": "x" * 301},
    ],
)
def test_bad_input_starts_nothing_and_says_so(zoe: Client, bad: dict[str, str]) -> None:
    page = zoe.post(reverse("group_new"), {**GOOD, **bad})
    assert page.status_code == 422
    assert "Nothing was changed." in page.content.decode()
    assert not Group.objects.filter(name="Wednesday circle").exists()


def test_marks_that_turn_the_writing_are_dropped(zoe: Client) -> None:
    zoe.post(reverse("group_new"), {**GOOD, "name": "Wednesday\u202e \tcircle\u0000"[:-1]})
    assert _started().name == "Wednesday circle"


def test_nothing_at_all_is_a_form_with_something_to_mend(zoe: Client) -> None:
    assert zoe.post(reverse("group_new"), {}).status_code == 422
    assert Membership.objects.filter(person__email="zoe@example.org").count() == 0


def test_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("group_new")).status_code == 302
    assert client.post(reverse("group_new"), GOOD).status_code == 302
    assert not Group.objects.exists()
