"""A country changes its law: the wall clock of planned meetings stays, and who is affected is reported."""

from datetime import UTC, date, datetime, timedelta

from django.core.mail import EmailMessage

from enid.groups.models import Group
from enid.meetings import operations, zone_changes
from enid.meetings.models import Meeting
from enid.meetings.operations import ZONE_DATA
from enid.people.models import Person
from tests.cast import NOON, Cast
from tests.integration.meetings.series import TUESDAY, make, on

HOUR = timedelta(hours=1)


def as_before_the_law(group: Group) -> None:
    """Let the rows be as last year's zone data made them: Vancouver an hour later in winter."""
    for meeting in group.meetings.all():
        meeting.starts_at += HOUR
        meeting.zone_data = "2025b"
        meeting.save()


def test_meetings_follow_the_law_and_are_reported_once(circle: Group) -> None:
    make(circle, zone="America/Vancouver", many=3)
    as_before_the_law(circle)
    shifted = zone_changes.follow_zone_rules(NOON)
    assert [(each.before - each.meeting.starts_at) for each in shifted] == [HOUR] * 3
    assert on(circle, TUESDAY).starts_at == datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
    assert zone_changes.follow_zone_rules(NOON) == []
    assert {meeting.zone_data for meeting in circle.meetings.all()} == {ZONE_DATA}


def test_meetings_in_other_zones_stay_and_note_the_data(circle: Group) -> None:
    make(circle, many=3)
    Meeting.objects.update(zone_data="2025b")
    before = list(circle.meetings.values_list("starts_at", flat=True))
    assert zone_changes.follow_zone_rules(NOON) == []
    assert list(circle.meetings.values_list("starts_at", flat=True)) == before
    assert not Meeting.objects.exclude(zone_data=ZONE_DATA).exists()


def test_planned_meeting_that_stands_alone_follows_too(cast: Cast, circle: Group) -> None:
    circle.time_zone = "America/Vancouver"
    circle.save()
    starts = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
    operations.plan(group=circle, person=cast.marta, starts_at=starts, length_min=75, at=NOON)
    as_before_the_law(circle)
    assert len(zone_changes.follow_zone_rules(NOON)) == 1
    assert circle.meetings.get().starts_at == starts


def test_what_was_held_or_is_over_is_never_touched(cast: Cast, circle: Group) -> None:
    make(circle, zone="America/Vancouver", many=3)
    as_before_the_law(circle)
    operations.record_opened(meeting_id=on(circle, TUESDAY).pk, at=NOON)
    operations.cancel(meeting=on(circle, date(2026, 12, 15)), at=NOON)
    shifted = zone_changes.follow_zone_rules(NOON)
    assert [each.meeting.series_date for each in shifted] == [date(2026, 12, 29)]
    assert zone_changes.follow_zone_rules(NOON + timedelta(days=90)) == []


def test_zone_that_vanished_keeps_its_instants(circle: Group) -> None:
    make(circle, many=3)
    Meeting.objects.update(zone_data="2025b", time_zone="Atlantis/Capital")
    before = list(circle.meetings.values_list("starts_at", flat=True))
    assert zone_changes.follow_zone_rules(NOON) == []
    assert list(circle.meetings.values_list("starts_at", flat=True)) == before


def test_whoever_lives_by_another_clock_is_told_once_in_their_language(
    cast: Cast, circle: Group, mailoutbox: list[EmailMessage]
) -> None:
    Person.objects.filter(pk=cast.anna.pk).update(time_zone="Europe/Vienna", language="de")
    Person.objects.exclude(pk=cast.anna.pk).update(time_zone="America/Vancouver")
    make(circle, zone="America/Vancouver", many=2)
    as_before_the_law(circle)
    zone_changes.follow_zone_rules(NOON)
    zone_changes.follow_zone_rules(NOON)
    (letter,) = mailoutbox
    assert letter.to == [cast.anna.email]
    assert "Mittwoch, 2. Dezember 2026, 02:30" in letter.body
    assert "(Dienstag 18:30 in America/Vancouver); bisher: 03:30" in letter.body
    assert letter.body.startswith("Guten Tag, Anna,")


def test_nobody_is_told_when_nothing_moved(circle: Group, mailoutbox: list[EmailMessage]) -> None:
    make(circle, many=2)
    Meeting.objects.update(zone_data="2025b")
    zone_changes.follow_zone_rules(NOON)
    assert mailoutbox == []
