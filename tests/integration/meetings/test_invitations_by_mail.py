"""Members' calendars by mail: who is told what, when, and nobody twice."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from icalendar import Calendar, Event

from enid.groups import operations as groups
from enid.groups.models import Group, Membership
from enid.meetings import operations, planning, telling, zone_changes
from enid.meetings.models import CalendarChoice, Invited, Meeting, Untold
from enid.people.calendar_mail import CalendarMail
from enid.people.models import Person
from tests.cast import NOON, Cast, make_person
from tests.integration.meetings.series import FORTNIGHTLY, TUESDAY, make, on

SECOND = date(2026, 12, 15)
THIRD = date(2026, 12, 29)

pytestmark = pytest.mark.usefixtures("only_anna")


@pytest.fixture
def only_anna(cast: Cast, mailoutbox: list[object]) -> None:
    """Let everybody but Anna do without dates in a calendar."""
    for person in Person.objects.exclude(pk=cast.anna.pk):
        CalendarChoice.objects.create(person=person, by=CalendarChoice.By.NEITHER)


def told(at: object = NOON) -> list[CalendarMail]:
    """Let the worker tell what is due; return the new letters."""
    before = len(mail.outbox)
    telling.tell_due(at)  # type: ignore[arg-type]
    return mail.outbox[before:]  # type: ignore[return-value]


def entry(letter: CalendarMail) -> tuple[str, Event]:
    calendar = Calendar.from_ical(letter.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def said(letters: list[CalendarMail]) -> list[tuple[str, int, str]]:
    """Return method, count of changes and which date of each letter; `all` where it is the whole."""
    found = []
    for letter in letters:
        method, event = entry(letter)
        day = f"{event['RECURRENCE-ID'].dt:%m-%d}" if "RECURRENCE-ID" in event else "all"
        found.append((method, int(event["SEQUENCE"]), day))
    return found


def test_series_is_asked_for_once_in_the_readers_language_and_by_their_clock(
    cast: Cast, circle: Group
) -> None:
    Person.objects.filter(pk=cast.anna.pk).update(language="de", time_zone="Asia/Kolkata")
    Group.objects.filter(pk=circle.pk).update(time_zone="Europe/Vienna", place="Raum 3", telephone="+43 1 2")
    make(circle)
    (letter,) = told()
    assert letter.to == [cast.anna.email]
    assert said([letter]) == [("REQUEST", 0, "all")]
    assert "Dienstag, 1. Dezember 2026, 23:00 in Asia/Kolkata (18:30 in Europe/Vienna)" in letter.body
    assert "Raum 3" in letter.body
    assert "+43 1 2" in letter.body
    assert str(entry(letter)[1]["SUMMARY"]) == "Balintgruppe"
    assert told() == []


def test_moved_date_is_asked_for_by_its_old_begin(circle: Group) -> None:
    make(circle)
    told()
    planning.move(meeting=on(circle, SECOND), day=date(2026, 12, 16), hour=time(19), length_min=75, at=NOON)
    assert said(told()) == [("REQUEST", 1, "12-15")]
    planning.move(meeting=on(circle, SECOND), day=SECOND, hour=time(18, 30), length_min=75, at=NOON)
    assert said(told()) == [("REQUEST", 2, "12-15")]
    assert told() == []


def test_changes_that_undo_each_other_before_anybody_was_told_are_not_told(circle: Group) -> None:
    make(circle)
    told()
    for day in (date(2026, 12, 16), SECOND):
        planning.move(meeting=on(circle, SECOND), day=day, hour=time(18, 30), length_min=75, at=NOON)
    assert told() == []


def test_cancelled_date_is_taken_back_alone(circle: Group) -> None:
    make(circle)
    told()
    operations.cancel(meeting=on(circle, SECOND), at=NOON)
    (letter,) = told()
    assert said([letter]) == [("CANCEL", 1, "12-15")]
    assert entry(letter)[1]["STATUS"] == "CANCELLED"


def test_days_left_out_are_taken_back_each(circle: Group) -> None:
    series = make(circle)
    told()
    planning.leave_out(series=series, days=frozenset({SECOND, THIRD}), at=NOON)
    assert said(told()) == [("CANCEL", 3, "12-15"), ("CANCEL", 3, "12-29")]


def test_following_dates_are_cut_off_and_begin_anew_under_another_name(circle: Group) -> None:
    make(circle)
    told()
    change = planning.Change(date(2026, 12, 30), time(19), FORTNIGHTLY, 75)
    planning.change_following(meeting=on(circle, THIRD), change=change, at=NOON)
    old, new = told()
    assert said([old, new]) == [("REQUEST", 1, "all"), ("REQUEST", 0, "all")]
    assert entry(old)[1]["RRULE"]["UNTIL"][0].date() < date(2026, 12, 29)
    assert str(entry(old)[1]["UID"]) != str(entry(new)[1]["UID"])


def test_all_dates_changed_keep_their_name(circle: Group) -> None:
    make(circle)
    (first,) = told()
    change = planning.Change(TUESDAY, time(19), FORTNIGHTLY, 75)
    planning.change_all(meeting=on(circle, TUESDAY), change=change, at=NOON)
    (letter,) = told()
    assert said([letter]) == [("REQUEST", 1, "all")]
    assert str(entry(letter)[1]["UID"]) == str(entry(first)[1]["UID"])


def test_all_cancelled_is_taken_back_as_a_whole(circle: Group) -> None:
    make(circle)
    told()
    planning.cancel_all(meeting=on(circle, SECOND), at=NOON)
    (letter,) = told()
    method, event = entry(letter)
    assert (method, "RRULE" in event, "RECURRENCE-ID" in event) == ("CANCEL", True, False)
    assert told() == []


def test_meeting_that_stands_alone_is_asked_for_moved_and_cancelled(cast: Cast, circle: Group) -> None:
    starts = NOON + timedelta(days=3)
    meeting = operations.plan(group=circle, person=cast.marta, starts_at=starts, length_min=75, at=NOON)
    assert said(told()) == [("REQUEST", 0, "all")]
    planning.move(meeting=meeting, day=date(2026, 11, 28), hour=time(9), length_min=60, at=NOON)
    assert said(told()) == [("REQUEST", 1, "all")]
    operations.cancel(meeting=meeting, at=NOON)
    assert said(told()) == [("CANCEL", 2, "all")]


def test_meeting_started_on_the_spot_is_not_asked_for(cast: Cast, circle: Group) -> None:
    operations.start_now(group=circle, person=cast.marta, at=NOON)
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_who_is_removed_is_told_alone_and_who_comes_back_is_asked_anew(cast: Cast, circle: Group) -> None:
    CalendarChoice.objects.filter(person=cast.jonas).delete()
    make(circle)
    assert len(told()) == 2
    groups.remove(membership=cast.membership(cast.anna), at=NOON)
    (letter,) = told()
    assert (letter.to, said([letter])) == ([cast.anna.email], [("CANCEL", 1, "all")])
    Membership.objects.create(group=circle, person=cast.anna)
    operations.note_untold(circle.pk)
    assert said(told()) == [("REQUEST", 2, "all")]


@pytest.mark.django_db(transaction=True)
def test_end_of_a_group_takes_its_dates_back(cast: Cast, circle: Group) -> None:
    make(circle)
    told()
    groups.end_group(group=circle, at=NOON)
    assert said(told()) == [("CANCEL", 1, "all")]


def test_newcomer_is_asked_for_what_is_to_come(circle: Group) -> None:
    make(circle)
    planning.move(meeting=on(circle, THIRD), day=date(2026, 12, 30), hour=time(19), length_min=75, at=NOON)
    told()
    lena = make_person("Lena")
    Membership.objects.create(group=circle, person=lena)
    operations.note_untold(circle.pk)
    letters = told(NOON + timedelta(days=10))
    assert {letter.to[0] for letter in letters} == {lena.email}
    assert said(letters) == [("REQUEST", 1, "all"), ("REQUEST", 1, "12-29")]
    assert entry(letters[0])[1]["DTSTART"].dt.date() == SECOND


def test_law_on_clocks_is_told_with_the_new_rule_of_the_zone(circle: Group) -> None:
    make(circle, zone="America/Vancouver", many=3)
    told()
    row = Invited.objects.get()
    row.told = {**row.told, "law": "as it was"}
    row.save()
    Meeting.objects.update(zone_data="2025b", starts_at=NOON + timedelta(days=40))
    zone_changes.follow_zone_rules(NOON)
    letters = [letter for letter in told() if letter.calendar]
    assert said(letters)[0][0::2] == ("REQUEST", "all")


def test_zone_that_programs_read_differently_goes_as_single_meetings_some_weeks_ahead(circle: Group) -> None:
    make(circle, zone="Asia/Jerusalem")
    letters = told()
    assert len(letters) == 4
    assert {len(letter.calendar.split("BEGIN:VTIMEZONE")) for letter in letters} == {1}
    telling.sweep(NOON + timedelta(days=14))
    assert len(told(NOON + timedelta(days=14))) == 1


def test_place_that_changed_is_told(circle: Group) -> None:
    make(circle)
    told()
    Group.objects.filter(pk=circle.pk).update(place="Library")
    operations.note_untold(circle.pk)
    (letter,) = told()
    assert str(entry(letter)[1]["LOCATION"]) == "Library"


def test_new_address_is_asked_for_everything(cast: Cast, circle: Group) -> None:
    make(circle)
    told()
    Person.objects.filter(pk=cast.anna.pk).update(email="anna@home.example")
    operations.note_untold(circle.pk)
    (letter,) = told()
    assert letter.to == ["anna@home.example"]
    assert b"anna@example.org" not in letter.message().as_bytes()


@pytest.mark.parametrize("by", ["feed", "neither"])
def test_who_chooses_another_way_has_their_dates_taken_back(cast: Cast, circle: Group, by: str) -> None:
    make(circle)
    told()
    operations.choose_calendar(person=cast.anna, by=by)
    assert said(told()) == [("CANCEL", 1, "all")]
    operations.choose_calendar(person=cast.anna, by="mail")
    assert said(told()) == [("REQUEST", 2, "all")]


def test_link_and_mail_are_never_both_there(cast: Cast, circle: Group) -> None:
    make(circle)
    told()
    operations.make_feed(person=cast.anna, busy=False, at=NOON)
    assert said(told()) == [("CANCEL", 1, "all")]


def test_nobody_learns_the_address_of_another(cast: Cast, circle: Group) -> None:
    CalendarChoice.objects.all().delete()
    make(circle)
    letters = told()
    assert len(letters) == 5
    for letter in letters:
        whole = letter.message().as_string() + letter.calendar
        others = {person.email for person in Person.objects.exclude(email=letter.to[0])}
        assert not [address for address in others if address in whole]


def test_two_people_have_entries_of_different_names(cast: Cast, circle: Group) -> None:
    CalendarChoice.objects.filter(person=cast.jonas).delete()
    make(circle)
    uids = {str(entry(letter)[1]["UID"]) for letter in told()}
    assert len(uids) == 2


def test_what_no_verb_noted_is_found_by_the_sweep(cast: Cast, circle: Group) -> None:
    make(circle)
    told()
    Membership.objects.filter(person=cast.anna).update(left_at=NOON)
    telling.sweep(NOON)
    assert said(told()) == [("CANCEL", 1, "all")]
    telling.sweep(NOON)
    assert not Untold.objects.exists()


def test_what_is_over_is_not_taken_back(cast: Cast, circle: Group) -> None:
    make(circle, many=2)
    told()
    Membership.objects.filter(person=cast.anna).update(left_at=NOON)
    operations.note_untold(circle.pk)
    assert told(NOON + timedelta(days=60)) == []
    telling.sweep(NOON + timedelta(days=90))
    assert not Invited.objects.exists()
