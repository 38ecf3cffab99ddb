"""Which time is best, judged on real dates; and what each one costs whom."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enid.polls.ranking import Answer, Candidate, Ranked, Voice, fairer, rank, rotation, shared

YES, IF_NEED_BE, NO = Answer.YES, Answer.IF_NEED_BE, Answer.NO
LENGTH_MIN = 75
LONDON, NEW_YORK, SYDNEY = "Europe/London", "America/New_York", "Australia/Sydney"


def weekly(first: date, hour: time, zone: str, many: int, every: int = 1) -> Candidate:
    return Candidate(tuple(first + n * every * timedelta(weeks=1) for n in range(many)), hour, zone)


def voice(who: int, zone: str = LONDON, required: bool = False, **answers: object) -> Voice:
    """Return somebody who answered: `said` by candidate, or `free` as weekday -> (from hour, to hour)."""
    said: dict[datetime, Answer] = {}
    for candidate, answer in dict(answers.get("said", {})).items():  # type: ignore[call-overload]
        said |= dict.fromkeys(candidate.instants(), answer)
    free = answers.get("free")
    week = None if free is None else painted({day: [(*span, YES)] for day, span in dict(free).items()})  # type: ignore[call-overload]
    return Voice(who, zone, said, week, required)


def painted(hours: dict[int, list[tuple[float, float, Answer]]]) -> dict[int, int]:
    week: dict[int, int] = {}
    for day, spans in hours.items():
        for begins, ends, answer in spans:
            for half in range(int(begins * 2), int(ends * 2)):
                week[day * 48 + half] = max(week.get(day * 48 + half, 0), answer)
    return week


TUESDAY = weekly(date(2026, 12, 1), time(18, 30), LONDON, 4)
THURSDAY = weekly(date(2026, 12, 3), time(18, 30), LONDON, 4)


def order(ranked: list[Ranked]) -> list[Candidate]:
    return [each.candidate for each in ranked]


def test_fewest_who_cannot_come_first_then_the_sum_then_the_worst() -> None:
    one_cannot = [voice(1, said={TUESDAY: NO, THURSDAY: YES}), voice(2, said={TUESDAY: YES, THURSDAY: YES})]
    assert order(rank([TUESDAY, THURSDAY], one_cannot, LENGTH_MIN)) == [THURSDAY, TUESDAY]
    hard = {TUESDAY: IF_NEED_BE, THURSDAY: IF_NEED_BE}
    harder = [voice(1, said={**hard, THURSDAY: YES}), voice(2, said=hard)]
    assert order(rank([TUESDAY, THURSDAY], harder, LENGTH_MIN)) == [THURSDAY, TUESDAY]


def test_time_says_whom_it_costs_what() -> None:
    voices = [
        voice(1, said={TUESDAY: NO}),
        voice(2, said={TUESDAY: IF_NEED_BE}),
        voice(3, zone=SYDNEY, said={TUESDAY: YES}),
    ]
    (ranked,) = rank([TUESDAY], voices, LENGTH_MIN)
    first, second, third = ranked.tolls
    assert (first.cannot, first.missed, first.odd) == (True, 4, ())
    assert (second.cannot, second.hard, second.burden) == (False, 4, 1.0)
    assert (third.cannot, third.odd) == (False, (time(5, 30),))


def test_time_without_a_leader_stands_after_every_other() -> None:
    voices = [
        voice(1, required=True, said={TUESDAY: NO, THURSDAY: IF_NEED_BE}),
        *(voice(n, said={TUESDAY: YES, THURSDAY: NO}) for n in (2, 3, 4)),
    ]
    best, last = rank([TUESDAY, THURSDAY], voices, LENGTH_MIN)
    assert (best.candidate, best.lacks_leader) == (THURSDAY, False)
    assert last.lacks_leader


def test_weeks_in_which_london_and_new_york_are_nearer_are_seen() -> None:
    """Tuesday 18:30 in London is 13:30 in New York, and 14:30 in the week of 27 October 2026."""
    autumn = weekly(date(2026, 10, 20), time(18, 30), LONDON, 3)
    long_lunch, short_lunch = {1: (13.5, 16)}, {1: (13.5, 15)}
    (ranked,) = rank(
        [autumn], [voice(1, NEW_YORK, free=long_lunch), voice(2, NEW_YORK, free=short_lunch)], LENGTH_MIN
    )
    assert [toll.missed for toll in ranked.tolls] == [0, 1]


def test_sydney_moves_its_clocks_against_london() -> None:
    """Wednesday 04:30 in Sydney becomes 05:30 for good when London's summer ends."""
    autumn = weekly(date(2026, 10, 20), time(18, 30), LONDON, 3)
    (ranked,) = rank([autumn], [voice(1, SYDNEY, free={2: (5.5, 8)})], LENGTH_MIN)
    assert (ranked.tolls[0].missed, ranked.tolls[0].odd) == (1, (time(4, 30), time(5, 30)))


def test_law_that_changed_in_vancouver_is_known() -> None:
    evening = Candidate((date(2026, 11, 3),), time(18, 30), "America/Vancouver")
    assert evening.instants() == (datetime(2026, 11, 4, 1, 30, tzinfo=UTC),)
    (ranked,) = rank([evening], [voice(1, "UTC", free={2: (1.5, 3)})], LENGTH_MIN)
    assert ranked.tolls[0].missed == 0


def test_one_missed_date_in_ten_does_not_count_as_cannot() -> None:
    ten = weekly(date(2026, 10, 20), time(18, 30), LONDON, 10)
    (ranked,) = rank([ten], [voice(1, NEW_YORK, free={1: (13.5, 15)})], LENGTH_MIN)
    assert (ranked.tolls[0].missed, ranked.tolls[0].cannot) == (1, False)


def test_meeting_past_midnight_goes_on_into_the_next_day_and_week() -> None:
    sunday = Candidate((date(2026, 12, 6),), time(23, 30), LONDON)
    both, one = {6: (23, 24), 0: (0, 1)}, {6: (23, 24)}
    (ranked,) = rank([sunday], [voice(1, free=both), voice(2, free=one)], LENGTH_MIN)
    assert [toll.missed for toll in ranked.tolls] == [0, 1]


def test_among_equals_the_time_with_fewer_odd_hours_is_better() -> None:
    night = weekly(date(2026, 12, 1), time(3), LONDON, 4)
    voices = [voice(1, said={night: YES, TUESDAY: YES})]
    assert order(rank([night, TUESDAY], voices, LENGTH_MIN)) == [TUESDAY, night]


def _five_cities() -> list[Voice]:
    """Return the ten people of five cities by whom fairness is shown; the dice are fixed."""
    dice = random.Random(3)
    zones = [LONDON] * 3 + [NEW_YORK] * 3 + [SYDNEY] * 2 + ["Asia/Kolkata", "America/Los_Angeles"]
    word = {"yes": YES, "need": IF_NEED_BE, "no": NO}
    people = []
    for number, zone in enumerate(zones):
        week = {
            day: [
                (7, 9, word[dice.choice(["yes", "need", "need"])]),
                (12, 14, word[dice.choice(["yes", "need"])]),
                (17, 22, word[dice.choice(["yes", "yes", "need"])]),
                (6, 23.5, word["need" if dice.random() < 0.5 else "no"]),
            ]
            for day in range(6)
        }
        people.append(Voice(number, zone, {}, painted(week)))
    return people


def test_taking_turns_is_fairer_to_the_worst_off_for_little_more_in_sum() -> None:
    """Ten people of five cities: the worst fares 5.0, with two times in turn 3.0, with three 2.1."""
    candidates = [
        weekly(date(2026, 9, 28) + timedelta(days=day), time(minute // 60, minute % 60), zone, 40)
        for zone in (LONDON, NEW_YORK, SYDNEY)
        for day in range(5)
        for minute in range(0, 1440, 30)
    ]
    ranked = rank(candidates, _five_cities(), 90)
    shares = [shared(rotation(ranked, turns)) for turns in (1, 2, 3)]
    assert [round(worst, 1) for worst, _ in shares] == [5.0, 3.0, 2.1]
    assert [together for _, together in shares] == pytest.approx([16.3, 16.7, 17.7], abs=0.051)


def test_rotation_of_more_times_than_there_are_is_none() -> None:
    assert rotation(rank([TUESDAY], [voice(1, said={TUESDAY: YES})], LENGTH_MIN), 2) == ()


def test_turns_are_taken_where_they_relieve_the_worst_off() -> None:
    """Tuesday burdens one, Thursday another: in turn each carries half."""
    unlike = [
        voice(1, said={TUESDAY: IF_NEED_BE, THURSDAY: YES}),
        voice(2, said={TUESDAY: YES, THURSDAY: IF_NEED_BE}),
    ]
    ranked = rank([TUESDAY, THURSDAY], unlike, LENGTH_MIN)
    assert fairer(ranked) == tuple(ranked)
    assert shared(fairer(ranked)) == (0.5, 1.0)


def test_no_turns_where_one_time_alone_is_as_fair() -> None:
    alike = [voice(n, said={TUESDAY: YES, THURSDAY: IF_NEED_BE}) for n in (1, 2)]
    assert fairer(rank([TUESDAY, THURSDAY], alike, LENGTH_MIN)) == ()
    assert fairer(rank([TUESDAY, THURSDAY], [], LENGTH_MIN)) == ()
    assert fairer([]) == ()


def test_time_without_a_leader_is_no_turn() -> None:
    voices = [
        voice(1, required=True, said={TUESDAY: YES, THURSDAY: NO}),
        voice(2, said={TUESDAY: NO, THURSDAY: YES}),
    ]
    assert fairer(rank([TUESDAY, THURSDAY], voices, LENGTH_MIN)) == ()


ANSWERS = st.lists(st.lists(st.sampled_from(Answer), min_size=3, max_size=3), min_size=1, max_size=8)
THREE = (TUESDAY, THURSDAY, weekly(date(2026, 12, 2), time(12), NEW_YORK, 4))


def _voices(table: list[list[Answer]]) -> list[Voice]:
    return [voice(n, said=dict(zip(THREE, row, strict=True))) for n, row in enumerate(table)]


@settings(deadline=None, database=None, derandomize=True)
@given(ANSWERS)
def test_order_of_answering_changes_nothing(table: list[list[Answer]]) -> None:
    voices = _voices(table)
    forth, back = rank(THREE, voices, LENGTH_MIN), rank(THREE, voices[::-1], LENGTH_MIN)
    assert order(forth) == order(back)
    assert [each.key for each in forth] == [each.key for each in back]


@settings(deadline=None, database=None, derandomize=True)
@given(ANSWERS, st.integers(0, 2), st.integers(0, 7))
def test_willing_answer_never_makes_a_time_worse(table: list[list[Answer]], column: int, row: int) -> None:
    row %= len(table)
    before = {each.candidate: each.key for each in rank(THREE, _voices(table), LENGTH_MIN)}
    table[row][column] = YES
    after = {each.candidate: each.key for each in rank(THREE, _voices(table), LENGTH_MIN)}
    assert after[THREE[column]] <= before[THREE[column]]
    assert all(after[other] == before[other] for other in THREE if other != THREE[column])


@settings(deadline=None, database=None, derandomize=True)
@given(ANSWERS)
def test_nothing_better_stands_behind(table: list[list[Answer]]) -> None:
    keys = [each.key for each in rank(THREE, _voices(table), LENGTH_MIN)]
    assert keys == sorted(keys)
    assert all(0 <= each.burden <= 5 for ranked in rank(THREE, _voices(table), 75) for each in ranked.tolls)
