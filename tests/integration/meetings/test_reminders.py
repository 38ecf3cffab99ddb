"""Reminders: at the time that each chose, once, and not to whoever cannot come."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection

from enid.groups.models import Group
from enid.meetings import answers, operations, reminders
from enid.meetings.models import Answer, CalendarChoice, Meeting, Reminder
from enid.people.models import Letter, Person
from tests.cast import NOON, Cast

STARTS = NOON + timedelta(days=20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def meeting(cast: Cast, circle: Group, mailoutbox: list[object]) -> Meeting:
    Group.objects.filter(pk=circle.pk).update(place="Room 3", telephone="+43 1 2")
    return operations.plan(group=circle, person=cast.marta, starts_at=STARTS, length_min=75, at=NOON)


def choose(person: Person, minutes: int) -> None:
    CalendarChoice.objects.update_or_create(person=person, defaults={"remind_min": minutes})


def reminded(at: datetime) -> set[str]:
    before = len(mail.outbox)
    reminders.sweep(at)
    return {letter.to[0].split("@")[0] for letter in mail.outbox[before:]}


def test_everybody_is_reminded_at_the_time_they_chose_and_once(cast: Cast, meeting: Meeting) -> None:
    for person, minutes in ((cast.anna, 0), (cast.jonas, 60), (cast.priya, 4320), (cast.ruth, 10080)):
        choose(person, minutes)
    assert reminded(STARTS - 8 * DAY) == set()
    assert reminded(STARTS - 7 * DAY) == {"ruth"}
    assert reminded(STARTS - 3 * DAY) == {"priya"}
    assert reminded(STARTS - DAY) == {"marta"}
    assert reminded(STARTS - HOUR) == {"jonas"}
    assert reminded(STARTS - HOUR) == set()


def test_worker_that_slept_reminds_late_but_not_after_the_beginning(cast: Cast, meeting: Meeting) -> None:
    choose(cast.anna, 60)
    assert "anna" in reminded(STARTS - timedelta(minutes=5))
    choose(cast.jonas, 60)
    Reminder.objects.all().delete()
    assert reminded(STARTS) == set()


def test_who_cannot_come_is_not_reminded(cast: Cast, meeting: Meeting) -> None:
    for person, said in ((cast.anna, Answer.Said.CANNOT), (cast.jonas, Answer.Said.UNSURE)):
        answers.answer(place=cast.membership(person), meeting=meeting, said=said, at=NOON)
    names = reminded(STARTS - DAY)
    assert "anna" not in names
    assert "jonas" in names


def test_moved_meeting_is_reminded_of_anew(cast: Cast, meeting: Meeting) -> None:
    assert "anna" in reminded(STARTS - DAY)
    Meeting.objects.update(starts_at=STARTS + 3 * DAY)
    assert reminded(STARTS - DAY) == set()
    assert "anna" in reminded(STARTS + 2 * DAY)


def test_cancelled_meeting_and_one_just_planned_remind_nobody(
    cast: Cast, circle: Group, meeting: Meeting
) -> None:
    Meeting.objects.update(cancelled_at=NOON)
    assert reminded(STARTS - DAY) == set()
    soon = STARTS - timedelta(hours=30)
    operations.plan(group=circle, person=cast.marta, starts_at=soon + HOUR, length_min=75, at=soon)
    assert reminded(soon) == set()


def test_letter_carries_the_way_the_place_and_the_number(cast: Cast, meeting: Meeting) -> None:
    Person.objects.filter(pk=cast.anna.pk).update(language="de", time_zone="Europe/Vienna")
    reminded(STARTS - DAY)
    letter = next(one for one in mail.outbox if one.to == [cast.anna.email])
    for piece in (f"/meetings/{meeting.pk}/", "Room 3", "+43 1 2", "/answer/", "13:00 in Europe/Vienna"):
        assert piece in letter.body
    assert "Guten Tag, Anna" in letter.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once(cast: Cast, meeting: Meeting, settings: object) -> None:
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"  # type: ignore[attr-defined]
    begin = threading.Barrier(2)

    def work() -> None:
        try:
            begin.wait()
            with suppress(OperationalError):  # a busy SQLite: a worker comes back with the next sweep
                reminders.sweep(STARTS - DAY)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    reminders.sweep(STARTS - DAY)
    addresses = sorted(Letter.objects.values_list("to", flat=True))
    assert addresses == sorted(f"{name}@example.org" for name in ("anna", "jonas", "marta", "priya", "ruth"))


def test_reminder_of_a_group_beside_another_call_carries_its_link(cast: Cast, meeting: Meeting) -> None:
    Group.objects.filter(pk=meeting.group_id).update(
        setting="beside", call_link="https://call.example/circle"
    )
    reminded(STARTS - DAY)
    assert all("https://call.example/circle" in letter.body for letter in mail.outbox[-2:])
