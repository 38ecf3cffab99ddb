"""A table of people is invited whole or not at all, and taken back in one step."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import invitations, life
from enid.groups.life_models import Import
from enid.groups.models import Group, Invitation
from enid.people.models import Letter
from tests.cast import Cast, make_group, make_person

GOOD = "Name;E-Mail;Rolle\r\nMei Lin;mei@example.org;\r\nLu Žák;lu@example.org;Leiterin\r\n"


@pytest.fixture
def marta(client: Client, cast: Cast) -> Client:
    client.force_login(cast.marta)
    return client


def page_of(group: Group) -> str:
    return reverse("group_import", args=[group.pk])


def upload(client: Client, group: Group, text: str | bytes) -> HttpResponse:
    data = text if isinstance(text, bytes) else text.encode("utf-16")
    return client.post(page_of(group), {"table": SimpleUploadedFile("people.csv", data)})


def sealed(answer: HttpResponse) -> str:
    found = re.search(r'name="rows" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def invite_them(client: Client, group: Group, rows: str) -> HttpResponse:
    said = {"do": "invite", "rows": rows, "text": "Dear {name}, come."}
    return client.post(page_of(group), said, follow=True)


def bring(client: Client, group: Group) -> Import:
    invite_them(client, group, sealed(upload(client, group, GOOD)))
    return Import.objects.get()


def test_reading_a_table_invites_nobody(marta: Client, circle: Group) -> None:
    answer = upload(marta, circle, GOOD)
    assert answer.status_code == 200
    assert "Lu Žák" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_everybody_is_invited_in_their_role_by_a_letter_of_their_own(marta: Client, circle: Group) -> None:
    bring(marta, circle)
    made = circle.invitations.order_by("pk").values_list("name", "email", "role")
    assert list(made) == [("Mei Lin", "mei@example.org", "member"), ("Lu Žák", "lu@example.org", "leader")]
    letters = list(Letter.objects.order_by("pk")) or mail.outbox
    assert len(letters) == 2
    bodies = [letter.body for letter in letters]
    assert "Dear Mei Lin, come." in bodies[0]
    links = [re.search(r"/join/(\S+)/", body) for body in bodies]
    assert len({link[1] for link in links if link}) == 2


def test_one_bad_line_keeps_everybody_out(marta: Client, circle: Group) -> None:
    answer = upload(marta, circle, GOOD + ";nobody@example.org;\r\nAnna;ANNA@example.org;\r\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 4: there is no name" in page
    assert "Line 5: this person belongs to the group already" in page
    assert not Invitation.objects.exists()


def test_lines_are_judged_again_when_they_are_invited(marta: Client, cast: Cast) -> None:
    rows = sealed(upload(marta, cast.circle, GOOD))
    invitee = invitations.Invitee("Mei", "mei@example.org", "member")
    invitations.invite(group=cast.circle, by=cast.ruth, invitee=invitee, at=timezone.now())
    answer = invite_them(marta, cast.circle, rows)
    assert "Line 2: an invitation to this address is open" in answer.content.decode()
    assert Invitation.objects.count() == 1
    assert not Import.objects.exists()


def test_closed_circle_takes_leaders_of_a_table_and_no_members(marta: Client, circle: Group) -> None:
    life.close_circle(group=circle, at=timezone.now())
    assert "Line 2: the circle is closed" in upload(marta, circle, GOOD).content.decode()


def test_more_letters_than_a_day_allows_invite_nobody(marta: Client, circle: Group) -> None:
    table = "name,email\n" + "".join(f"N{k},n{k}@example.org\n" for k in range(40))
    invite_them(marta, circle, sealed(upload(marta, circle, table)))
    assert circle.invitations.count() == 40
    Invitation.objects.all().delete()
    more = table.replace("@", "@more.")
    answer = invite_them(marta, circle, sealed(upload(marta, circle, more)))
    assert "sixty invitations by mail" in answer.content.decode()
    assert not Invitation.objects.exists()
    assert Import.objects.count() == 1


def test_table_is_taken_back_in_one_step(marta: Client, circle: Group) -> None:
    brought = bring(marta, circle)
    undo = reverse("import_undo", args=[circle.pk, brought.pk])
    assert undo in marta.get(page_of(circle)).content.decode()
    marta.post(undo)
    assert not circle.invitations.filter(withdrawn_at=None).exists()
    assert undo not in marta.get(page_of(circle)).content.decode()


def test_table_stays_once_somebody_has_joined(marta: Client, circle: Group, cast: Cast) -> None:
    brought = bring(marta, circle)
    invitations.accept(
        invitation=circle.invitations.get(role="member"),
        person=cast.zoe,
        number=1,
        declaration=None,
        at=timezone.now(),
    )
    answer = marta.post(reverse("import_undo", args=[circle.pk, brought.pk]), follow=True)
    assert "Somebody has joined" in answer.content.decode()
    assert circle.invitations.filter(withdrawn_at=None, used_at=None).exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "This is a workbook."),
        (b"Mei,mei@example.org\n", "The first line names the columns"),
        (b"name,email\nM\x81,mei@example.org\n", "cannot be read"),
        (b"", "empty"),
    ],
)
def test_table_that_cannot_be_read_is_told_in_a_sentence(
    marta: Client, circle: Group, data: bytes, said: str
) -> None:
    answer = upload(marta, circle, data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_cell_with_markup_is_shown_as_text(marta: Client, circle: Group) -> None:
    page = upload(marta, circle, "name,email\n<b>Mei</b>,mei@example.org\n").content.decode()
    assert "<b>Mei" not in page
    assert "&lt;b&gt;Mei" in page


@pytest.mark.parametrize("rows", ["", "forged", "WzFd:1abc:xyz"])
def test_forged_rows_invite_nobody(marta: Client, circle: Group, rows: str) -> None:
    assert "Nobody was invited" in invite_them(marta, circle, rows).content.decode()
    assert not Invitation.objects.exists()


def test_rows_of_one_group_invite_nobody_to_another(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    rows = sealed(upload(client, cast.circle, GOOD))
    otto = make_person("Otto")
    other = make_group("Thursday circle", [otto], [])
    client.force_login(otto)
    assert "Nobody was invited" in invite_them(client, other, rows).content.decode()
    assert not Invitation.objects.exists()
