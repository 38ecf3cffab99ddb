"""From measurements of calls to figures, and from samples of memory to an answer."""

import pytest

from enid.bench.calls import figures
from enid.bench.calls.growth import figures as growth_figures
from enid.bench.calls.growth import left_open, slope

JOIN = {"join_s": 1.0, "picture_s": 1.0, "sound_s": 0.9, "round_trip_ms": 80.0, "came": 100.0, "lost": 1.0}


def joins(*seconds: float) -> list[dict[str, float]]:
    """Return one join for each number of seconds."""
    return [{**JOIN, "join_s": each} for each in seconds]


def test_joining_is_told_by_its_middle_and_its_slow_end() -> None:
    found = figures.join(joins(0.8, 0.9, 2.4), joins(0.4, 0.4, 0.6))
    assert (found["p50_s"], found["p95_s"]) == (0.9, 2.4)
    assert (found["p50_ratio"], found["p95_ratio"]) == (2.25, 4.0)
    assert found["join_s"]["spread"] == [0.8, 2.4]


def test_the_loss_of_all_joins_is_taken_together() -> None:
    found = figures.join([{**JOIN, "came": 98.0, "lost": 0.0}, {**JOIN, "came": 98.0, "lost": 4.0}], joins(1))
    assert found["loss_measured_percent"] == 2.0


def test_a_goal_stands_beside_what_was_seen() -> None:
    found = figures.goals(figures.join(joins(0.9, 2.4), joins(0.5)))
    assert found["join_p50_s"] == {"goal": 1.0, "seen": 0.9, "met": True}
    assert found["join_p95_s"] == {"goal": 2.0, "seen": 2.4, "met": False}


def test_a_round_that_never_came_back_is_counted_and_not_averaged() -> None:
    assert figures.middle([2.0, None, 4.0]) == {"median": 3.0, "spread": [2.0, 4.0], "without": 1}
    assert figures.middle([None]) == {"median": None, "spread": None, "without": 1}


def test_a_ratio_needs_both_sides() -> None:
    found = figures.beside([{"back_s": 6.0, "silence_s": 2.0}], [{"back_s": None, "silence_s": 4.0}])
    assert found["back_ratio"] is None
    assert found["silence_ratio"] == 0.5
    assert figures.ratio(1.0, 0.0) is None


def test_the_cost_of_a_circle_is_compared_by_other_person() -> None:
    cost = {"cpu_percent": 20.0, "up_kbit_s": 180.0, "down_kbit_s": 180.0}
    found = figures.client({4: [{**cost, "cpu_percent": 30.0, "up_kbit_s": 540.0}]}, [cost])
    assert found["4"]["cpu_by_person_ratio"] == 0.5
    assert found["4"]["up_by_person_ratio"] == 1.0


def samples(*browser: float) -> list[dict[str, float]]:
    """Return a sample an hour, in which only the browser's memory differs."""
    return [
        {"at_s": 3600.0 * hour, "browser": held, "heap": 5.0, "server": 60.0}
        for hour, held in enumerate(browser)
    ]


def test_memory_that_stays_is_flat() -> None:
    found = growth_figures(samples(500, 510, 495, 505), [{"sounds": 3}], [{"sounds": 3}])
    assert found["flat"]
    assert found["memory"]["server"]["mb_per_hour"] == 0


def test_memory_that_grows_past_the_allowance_is_not_flat() -> None:
    found = growth_figures(samples(500, 600, 700, 800), [], [])
    assert not found["flat"]
    assert found["memory"]["browser"]["ratio"] == 1.6
    assert found["memory"]["browser"]["mb_per_hour"] == 100


def test_what_stays_open_is_not_flat() -> None:
    found = growth_figures(samples(500, 500), [{"connections": 3}], [{"connections": 4}])
    assert found["left_open"] == {"connections": 1}
    assert not found["flat"]


def test_timeouts_come_and_go() -> None:
    assert left_open([{"timeouts": 1, "sockets": 1}], [{"timeouts": 3, "sockets": 1}]) == {}


def test_one_sample_has_no_slope() -> None:
    assert slope([5.0], [1.0]) == 0
    assert slope([0.0, 2.0], [1.0, 2.0]) == pytest.approx(0.5)
