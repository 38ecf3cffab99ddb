"""Series of a group: made a season ahead, moved and cancelled one by one, from a date on, or all."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from enid.groups import operations as groups
from enid.groups.models import Group
from enid.meetings import operations, planning, queries
from enid.meetings.errors import NoDates, NoSeries, NotOpen, Overlaps, PastTime, TooFar
from enid.meetings.models import GuestPass, LeftOut, Meeting, Series
from enid.site import sweeps
from tests.cast import NOON, Cast
from tests.integration.meetings.series import FORTNIGHTLY, TUESDAY, make, on, plan, walls

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEDNESDAY = planning.Change(date(2026, 12, 30), time(19), FORTNIGHTLY, 90)


def test_clock_of_the_group_stays_when_clocks_change(circle: Group) -> None:
    make(circle)
    assert walls(circle)[:2] == ["12-01 18:30", "12-15 18:30"]
    assert walls(circle)[-2:] == ["03-23 18:30", "04-06 18:30"]
    instants = {meeting.starts_at.hour for meeting in queries.coming(circle, at=NOON)}
    assert instants == {16, 17}


def test_meetings_are_made_a_season_ahead_and_later_ones_in_their_time(circle: Group) -> None:
    make(circle, many=40)
    made = circle.meetings.count()
    assert made == 13
    assert planning.fill_seasons(NOON) == 0
    assert planning.fill_seasons(NOON + 4 * WEEK) == 2
    assert circle.meetings.count() == made + 2


def test_worker_makes_the_coming_season(circle: Group) -> None:
    make(circle, many=40)
    sweeps.ALL["series"](NOON + 4 * WEEK)
    assert circle.meetings.count() == 15


def test_ended_group_gets_no_more_meetings(circle: Group) -> None:
    make(circle, many=40)
    groups.end_group(group=circle, at=NOON)
    assert planning.fill_seasons(NOON + 4 * WEEK) == 0


def test_zone_that_vanished_stops_no_other_series(cast: Cast, circle: Group) -> None:
    make(circle, many=40)
    Series.objects.update(time_zone="Atlantis/Capital")
    make(circle, many=40, first=TUESDAY + DAY)
    assert planning.fill_seasons(NOON + 4 * WEEK) == 2


def test_holidays_are_skipped_and_ten_meetings_stay_ten(circle: Group) -> None:
    make(circle, skipped=frozenset({date(2026, 12, 29)}))
    assert walls(circle)[:3] == ["12-01 18:30", "12-15 18:30", "01-12 18:30"]
    assert len(walls(circle)) == 10


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"first": date(2026, 11, 24)}, None),
        ({"first": date(2026, 11, 23)}, PastTime),
        ({"many": 60}, TooFar),
        ({"zone": "Asia/Tokyo", "first": date(2026, 11, 24)}, PastTime),
    ],
)
def test_series_lies_in_the_two_years_to_come(
    circle: Group, changed: dict[str, object], error: type[Exception] | None
) -> None:
    if error is None:
        make(circle, **changed)
        return
    with pytest.raises(error):
        make(circle, **changed)
    assert not Series.objects.exists()


def test_series_without_a_date_is_refused(circle: Group) -> None:
    whole = plan(many=1)
    empty = type(whole)(whole.first, whole.hour, whole.zone, whole.rule, whole.last, frozenset({TUESDAY}))
    with pytest.raises(NoDates):
        planning.make_series(group=circle, plan=empty, length_min=75, at=NOON)


def test_series_that_runs_into_another_meeting_is_refused(circle: Group) -> None:
    make(circle)
    with pytest.raises(Overlaps):
        make(circle, first=TUESDAY + 2 * WEEK, many=1)
    assert Series.objects.count() == 1


def test_one_date_is_moved_and_the_others_stay(circle: Group) -> None:
    make(circle)
    moved = planning.move(
        meeting=on(circle, date(2026, 12, 15)), day=date(2026, 12, 17), hour=time(20), length_min=60, at=NOON
    )
    assert moved.is_moved
    assert walls(circle)[:3] == ["12-01 18:30", "12-17 20:00", "12-29 18:30"]
    planning.fill_seasons(NOON + DAY)
    assert len(walls(circle)) == 10


def test_moved_date_may_not_run_into_another(circle: Group) -> None:
    make(circle)
    with pytest.raises(Overlaps):
        planning.move(
            meeting=on(circle, date(2026, 12, 15)), day=TUESDAY, hour=time(19), length_min=75, at=NOON
        )


def test_one_date_is_cancelled_for_good(circle: Group) -> None:
    make(circle)
    operations.cancel(meeting=on(circle, date(2026, 12, 15)), at=NOON)
    planning.fill_seasons(NOON + DAY)
    assert walls(circle)[:2] == ["12-01 18:30", "12-29 18:30"]
    assert Series.objects.get().sequence == 1


def test_this_and_following_become_a_series_of_their_own(circle: Group) -> None:
    old = make(circle)
    links = [on(circle, date(2026, 12, 29)).pk, on(circle, date(2027, 1, 12)).pk]
    new = planning.change_following(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=NOON)
    old.refresh_from_db()
    assert (old.last_date, new.first_date) == (date(2026, 12, 15), date(2026, 12, 30))
    assert walls(circle)[:4] == ["12-01 18:30", "12-15 18:30", "12-30 19:00", "01-13 19:00"]
    assert len(walls(circle)) == 10
    assert [on(circle, date(2026, 12, 30)).pk, on(circle, date(2027, 1, 13)).pk] == links
    assert {row.length_min for row in new.meetings.all()} == {90}


def test_change_of_the_first_date_keeps_the_series(circle: Group) -> None:
    old = make(circle)
    change = planning.Change(TUESDAY + DAY, time(18), "FREQ=WEEKLY;INTERVAL=1", 75)
    new = planning.change_following(meeting=on(circle, TUESDAY), change=change, at=NOON)
    assert (new.pk, new.sequence) == (old.pk, 1)
    assert walls(circle)[:2] == ["12-02 18:00", "12-09 18:00"]
    assert len(walls(circle)) == 10


def test_cancelled_date_stays_cancelled_when_the_rest_moves(circle: Group) -> None:
    make(circle)
    operations.cancel(meeting=on(circle, date(2027, 1, 12)), at=NOON)
    planning.change_following(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=NOON)
    assert walls(circle)[2:5] == ["12-30 19:00", "01-27 19:00", "02-10 19:00"]
    assert len(walls(circle)) == 9


def test_change_of_all_reaches_back_to_the_first_date_to_come(circle: Group) -> None:
    make(circle)
    planning.change_all(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=NOON)
    assert walls(circle)[:3] == ["12-02 19:00", "12-16 19:00", "12-30 19:00"]
    assert Series.objects.count() == 1


def test_change_of_all_leaves_what_was_held(circle: Group) -> None:
    make(circle)
    first = on(circle, TUESDAY)
    operations.record_closed(meeting_id=first.pk, present_seats=set(), at=first.starts_at)
    after = first.starts_at + DAY
    planning.change_all(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=after)
    first.refresh_from_db()
    assert (first.starts_at.hour, first.series_date) == (17, TUESDAY)
    assert walls(circle)[:2] == ["12-16 19:00", "12-30 19:00"]


def test_guests_keep_their_pass_when_a_series_moves(circle: Group) -> None:
    make(circle)
    meeting = on(circle, date(2026, 12, 29))
    operations.make_guest_pass(meeting=meeting, name="Elif", at=NOON)
    planning.change_following(meeting=meeting, change=WEDNESDAY, at=NOON)
    assert GuestPass.objects.get().meeting.series_date == date(2026, 12, 30)


def test_later_season_follows_the_changed_rule(circle: Group) -> None:
    make(circle, many=40)
    planning.change_following(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=NOON)
    planning.fill_seasons(NOON + 52 * WEEK)
    planning.fill_seasons(NOON + 78 * WEEK)
    later = circle.meetings.filter(series_date__gt=date(2027, 12, 1))
    assert {row.series_date.weekday() for row in later if row.series_date} == {2}
    assert max(row.series_date for row in later if row.series_date) == WEDNESDAY.first + 37 * 2 * WEEK


def test_this_and_following_are_cancelled(circle: Group) -> None:
    make(circle, many=40)
    planning.cancel_following(meeting=on(circle, date(2026, 12, 29)), at=NOON)
    assert walls(circle) == ["12-01 18:30", "12-15 18:30"]
    assert planning.fill_seasons(NOON + 52 * WEEK) == 0


def test_all_are_cancelled_except_what_was_held(circle: Group) -> None:
    make(circle)
    first = on(circle, TUESDAY)
    operations.record_closed(meeting_id=first.pk, present_seats=set(), at=first.starts_at)
    planning.cancel_all(meeting=on(circle, date(2026, 12, 29)), at=first.starts_at)
    assert walls(circle) == []
    first.refresh_from_db()
    assert first.cancelled_at is None


def test_days_left_out_later_cancel_what_was_planned(circle: Group) -> None:
    series = make(circle, many=40)
    days = frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2027, 12, 14)})
    assert planning.leave_out(series=series, days=days, at=NOON) == 1
    planning.fill_seasons(NOON + 52 * WEEK)
    assert not circle.meetings.filter(cancelled_at=None, series_date__in=days).exists()
    assert planning.leave_out(series=series, days=days, at=NOON) == 0


def _open(meeting: Meeting) -> None:
    operations.record_opened(meeting_id=meeting.pk, at=NOON)


def _cancel(meeting: Meeting) -> None:
    operations.cancel(meeting=meeting, at=NOON)


def _close(meeting: Meeting) -> None:
    operations.record_closed(meeting_id=meeting.pk, present_seats=set(), at=NOON)


@pytest.mark.parametrize("touch", [_open, _close, _cancel])
def test_meeting_that_was_held_or_cancelled_is_never_moved(
    circle: Group, touch: Callable[[Meeting], None]
) -> None:
    make(circle)
    meeting = on(circle, TUESDAY)
    touch(meeting)
    with pytest.raises(NotOpen):
        planning.move(meeting=meeting, day=TUESDAY + DAY, hour=time(18), length_min=75, at=NOON)


@pytest.mark.parametrize("touch", [_open, _close])
def test_series_is_not_changed_from_a_meeting_that_was_held(
    circle: Group, touch: Callable[[Meeting], None]
) -> None:
    make(circle)
    meeting = on(circle, TUESDAY)
    touch(meeting)
    with pytest.raises(NotOpen):
        planning.change_following(meeting=meeting, change=WEDNESDAY, at=NOON)
    with pytest.raises(NotOpen):
        planning.cancel_following(meeting=meeting, at=NOON)


def test_meeting_that_stands_alone_has_nothing_that_follows(cast: Cast, circle: Group) -> None:
    alone = operations.plan(group=circle, person=cast.marta, starts_at=NOON + DAY, length_min=75, at=NOON)
    with pytest.raises(NoSeries):
        planning.change_following(meeting=alone, change=WEDNESDAY, at=NOON)
    planning.move(meeting=alone, day=date(2026, 12, 2), hour=time(9), length_min=75, at=NOON)
    assert walls(circle) == ["12-02 10:00"]


def test_refused_change_changes_nothing(circle: Group) -> None:
    make(circle)
    make(circle, first=WEDNESDAY.first, many=1)
    before = walls(circle)
    with pytest.raises(Overlaps):
        planning.change_following(meeting=on(circle, date(2026, 12, 29)), change=WEDNESDAY, at=NOON)
    assert walls(circle) == before


def test_series_goes_two_years_after_its_end(circle: Group) -> None:
    make(circle, many=2, skipped=frozenset({date(2026, 12, 15)}))
    sweeps.ALL["meetings"](NOON + 700 * DAY)
    assert Series.objects.count() == 1
    sweeps.ALL["meetings"](NOON + 800 * DAY)
    assert (Series.objects.count(), LeftOut.objects.count(), Meeting.objects.count()) == (0, 0, 0)
