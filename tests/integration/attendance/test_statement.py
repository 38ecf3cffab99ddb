"""A statement names one member, the group and the days; hours where they were asked for; nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import NOON, Cast
from tests.integration.attendance.evenings import confirm, held, wish

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
ASKED = {"since": "2026-11-01", "until": "2026-12-31", "groups": "Tuesday circle", "paper": "a4"}


def statement(client: Client, **changed: str) -> str:
    answer = client.post(reverse("me_statement"), {**ASKED, **changed})
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_statement_names_confirmed_days_of_ones_own_and_nobody_else(cast: Cast, client: Client) -> None:
    confirm(cast, held(cast, cast.anna, cast.jonas), cast.anna, cast.jonas)
    confirm(cast, held(cast, cast.anna, at=NOON + WEEK), cast.jonas)
    held(cast, cast.anna, at=NOON + 2 * WEEK)
    client.force_login(cast.anna)
    text = statement(client)
    assert "Anna" in text
    assert "24 November 2026" in text
    assert "Tuesday circle" in text
    assert "1 meeting" in text
    assert " min" not in text
    assert [
        name
        for name in ("Tuesday 1 December", "Tuesday 8 December", "Jonas", "Marta", "Ruth", "Priya")
        if name in text
    ] == []


def test_hours_stand_where_they_were_asked_for(cast: Cast, client: Client) -> None:
    wish(cast, cast.anna)
    for weeks in range(3):
        confirm(cast, held(cast, cast.anna, at=NOON + weeks * WEEK), cast.anna)
    client.force_login(cast.anna)
    assert "3 meetings, 3 h 0 min" in statement(client)


def test_only_the_chosen_time_is_named(cast: Cast, client: Client) -> None:
    for weeks in range(3):
        confirm(cast, held(cast, cast.anna, at=NOON + weeks * WEEK), cast.anna)
    client.force_login(cast.anna)
    text = statement(client, since="2026-12-01", until="2026-12-01")
    assert "1 December 2026" in text
    assert "1 meeting" in text


def test_statement_speaks_the_members_language(cast: Cast, client: Client) -> None:
    confirm(cast, held(cast, cast.anna), cast.anna)
    cast.anna.language = "de"
    cast.anna.save()
    client.force_login(cast.anna)
    text = statement(client)
    assert "Bescheinigung der Anwesenheit" in text
    assert "24. November 2026" in text


@pytest.mark.parametrize(
    "changed",
    [
        {"since": "2026-12-31", "until": "2026-01-01"},
        {"since": "soon"},
        {"groups": "Thursday circle"},
        {"paper": "/etc/passwd"},
    ],
)
def test_what_cannot_be_is_said_beside_the_field(cast: Cast, client: Client, changed: dict[str, str]) -> None:
    confirm(cast, held(cast, cast.anna), cast.anna)
    client.force_login(cast.anna)
    assert client.post(reverse("me_statement"), {**ASKED, **changed}).status_code == 422
