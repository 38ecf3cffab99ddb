"""Saying beforehand whether one comes: links in mail, the meeting's page, who will be missing, and too few."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups.models import Group, Membership
from enid.meetings import answers, operations, telling
from enid.meetings.models import Answer, Meeting
from enid.people.models import Person
from tests.cast import Cast

SAID = Answer.Said


@pytest.fixture
def meeting(cast: Cast, circle: Group) -> Meeting:
    at = timezone.now()
    starts = (at + timedelta(days=5)).replace(second=0, microsecond=0)
    return operations.plan(group=circle, person=cast.marta, starts_at=starts, length_min=75, at=at)


def path_to(cast: Cast, meeting: Meeting, said: str = SAID.CANNOT, person: Person | None = None) -> str:
    link = answers.link(cast.membership(person or cast.anna), meeting.pk, said)
    return link[link.index("/answer/") :]


def page_of(client: Client, person: Person, name: str, pk: object) -> str:
    client.force_login(person)
    return client.get(reverse(name, args=[pk])).content.decode()


def test_links_of_a_mail_answer_with_one_press_and_without_signing_in(
    cast: Cast, meeting: Meeting, client: Client, mailoutbox: list[object]
) -> None:
    telling.tell_due(timezone.now())
    letter = next(one for one in mail.outbox if one.to == [cast.anna.email])
    comes, cannot = re.findall(r"http://\S+(/answer/\S+)", letter.body)
    assert "I cannot come" in client.get(cannot).content.decode()
    assert not Answer.objects.exists()  # a program that scans mail answers nothing
    client.post(cannot)
    assert Answer.objects.get().said == SAID.CANNOT
    client.post(comes)
    assert Answer.objects.get().said == SAID.COMES


def test_page_of_a_link_speaks_the_readers_language(cast: Cast, meeting: Meeting, client: Client) -> None:
    Person.objects.filter(pk=cast.anna.pk).update(language="de")
    assert "Ich kann nicht kommen" in client.get(path_to(cast, meeting)).content.decode()


@pytest.mark.parametrize("change", [lambda text: text[:-3], lambda text: text.replace("cannot", "comes")])
def test_link_that_was_altered_opens_nothing(
    cast: Cast, meeting: Meeting, client: Client, change: object
) -> None:
    path = change(path_to(cast, meeting).rstrip("/")) + "/"  # type: ignore[operator]
    assert client.post(path).status_code == 404
    assert not Answer.objects.exists()


def test_link_opens_nothing_once_the_meeting_has_begun_is_cancelled_or_the_person_has_left(
    cast: Cast, meeting: Meeting, client: Client
) -> None:
    path, starts = path_to(cast, meeting), meeting.starts_at
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert client.post(path).status_code == 404
    Meeting.objects.update(starts_at=starts, cancelled_at=timezone.now())
    assert client.post(path).status_code == 404
    Meeting.objects.update(cancelled_at=None)
    Membership.objects.filter(person=cast.anna).update(left_at=timezone.now())
    assert client.post(path).status_code == 404
    assert not Answer.objects.exists()


def test_everybody_in_the_group_sees_who_will_be_missing_and_no_reason_is_asked(
    cast: Cast, meeting: Meeting, circle: Group, client: Client
) -> None:
    client.force_login(cast.anna)
    client.post(reverse("meeting_answer", args=[meeting.pk]), {"do": "cannot"})
    for name, pk in (("meeting", meeting.pk), ("group_dates", circle.pk)):
        for person in (cast.marta, cast.jonas, cast.anna):
            page = page_of(client, person, name, pk)
            assert "Cannot come: Anna" in page
            assert cast.anna.email not in page
    assert "<textarea" not in page_of(client, cast.anna, "meeting", meeting.pk)


def test_answer_is_void_once_the_meeting_is_moved(cast: Cast, meeting: Meeting, circle: Group) -> None:
    answers.answer(place=cast.membership(cast.anna), meeting=meeting, said=SAID.CANNOT, at=timezone.now())
    Meeting.objects.update(starts_at=meeting.starts_at + timedelta(days=1))
    meeting.refresh_from_db()
    assert answers.missing(circle, [meeting])[meeting.pk].names == ()
    assert answers.said_by(cast.membership(cast.anna), meeting) == ""


def test_stranger_cannot_answer(cast: Cast, meeting: Meeting, client: Client) -> None:
    client.force_login(cast.zoe)
    path = reverse("meeting_answer", args=[meeting.pk])
    assert client.post(path, {"do": "cannot"}).status_code == 404


def test_leaders_read_one_line_when_few_are_left_and_nothing_happens_by_itself(
    cast: Cast, meeting: Meeting, circle: Group, client: Client
) -> None:
    few = "You decide whether it is held."
    client.force_login(cast.marta)
    client.post(reverse("group_least", args=[circle.pk]), {"least": "3"})
    assert few not in page_of(client, cast.marta, "group_dates", circle.pk)
    answers.answer(place=cast.membership(cast.anna), meeting=meeting, said=SAID.CANNOT, at=timezone.now())
    assert few in page_of(client, cast.marta, "group_dates", circle.pk)
    assert few not in page_of(client, cast.jonas, "group_dates", circle.pk)
    meeting.refresh_from_db()
    assert meeting.cancelled_at is None


def test_leader_who_cannot_come_does_not_count_among_the_members(
    cast: Cast, meeting: Meeting, circle: Group
) -> None:
    answers.set_least(group=circle, least=3)
    answers.answer(place=cast.membership(cast.ruth), meeting=meeting, said=SAID.CANNOT, at=timezone.now())
    assert answers.missing(circle, [meeting])[meeting.pk] == answers.Missing(("Ruth",), too_few=False)


def test_only_leaders_say_how_many_are_needed(cast: Cast, circle: Group, client: Client) -> None:
    client.force_login(cast.anna)
    assert client.post(reverse("group_least", args=[circle.pk]), {"least": "2"}).status_code == 404
    client.force_login(cast.marta)
    client.post(reverse("group_least", args=[circle.pk]), {"least": "0"})
    assert answers.least_of(circle) == answers.LEAST
