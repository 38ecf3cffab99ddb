"""A flyer says what the invitation says: what it is, where and when, who leads, and where to answer."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from enid.groups.models import Membership
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def forming(cast: Cast) -> Cast:
    cast.circle.rhythm, cast.circle.place, cast.circle.patient_word = (
        "every second Tuesday",
        "Room 5",
        "client",
    )
    cast.circle.save()
    Membership.objects.filter(person=cast.ruth).update(credential="accredited Balint leader")
    return cast


def printed(client: Client, cast: Cast, paper: str = "a4") -> PdfReader:
    answer = client.get(reverse("group_flyer", args=[cast.circle.pk]), {"paper": paper})
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def text_of(document: PdfReader) -> str:
    return " ".join(document.pages[0].extract_text().split())


def test_flyer_says_what_the_invitation_says(forming: Cast, client: Client) -> None:
    client.force_login(forming.marta)
    document = printed(client, forming)
    text = text_of(document)
    for said in ("clients stay with us", "every second Tuesday", "Room 5", "Marta", "marta@example.org"):
        assert said in text
    assert "Ruth (accredited Balint leader)" in text
    assert len(document.pages) == 1


def test_flyer_names_no_member(forming: Cast, client: Client) -> None:
    client.force_login(forming.marta)
    text = text_of(printed(client, forming))
    assert [name for name in ("Anna", "Jonas", "Priya", "Tuesday circle") if name in text] == []


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("us-letter", 792), ("../../etc", 842)])
def test_flyer_comes_in_both_papers(forming: Cast, client: Client, paper: str, height: int) -> None:
    client.force_login(forming.marta)
    assert round(printed(client, forming, paper).pages[0].mediabox.height) == height


def test_flyer_speaks_german(forming: Cast, client: Client) -> None:
    forming.marta.language = "de"
    forming.marta.save()
    client.force_login(forming.marta)
    assert "gehen uns nach der Arbeit nicht aus dem Sinn" in text_of(printed(client, forming))
