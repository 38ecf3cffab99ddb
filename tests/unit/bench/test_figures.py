"""From runs to figures."""

from dataclasses import replace

from enid.bench.figures import Run, figures

RUN = Run(
    connect_s=1.0,
    joins_per_s=100.0,
    cpu_us=100.0,
    events_per_s=1000.0,
    p50_ms=0.5,
    p99_ms=2.0,
    memory_kb=20.0,
    events=10,
    heard=120,
    load_cpu=0.3,
)


def runs(*cpu: tuple[float, float]) -> dict[str, list[Run]]:
    """Return rounds in which Enid and bare took so much."""
    enid = [replace(RUN, cpu_us=ours) for ours, _ in cpu]
    return {"enid": enid, "bare": [replace(RUN, cpu_us=theirs) for _, theirs in cpu]}


def test_ratios_compare_servers_of_the_same_round() -> None:
    found = figures(runs((150, 100), (1500, 1000), (320, 200)), {})
    assert found["cpu_ratio_bare"] == 1.5
    assert found["spread"]["cpu_ratio_bare"] == [1.5, 1.6]


def test_a_missed_goal_is_told_with_what_was_seen() -> None:
    found = figures(runs((200, 100)), {})
    assert found["goals"]["cpu_ratio_bare"] == {"goal": 1.8, "seen": 2.0, "met": False}
    assert found["goals"]["memory_kb_per_socket"]["met"]


def test_what_was_not_measured_has_no_goal() -> None:
    found = figures(runs((100, 100)), {})
    assert not {"growth_ratio", "cpu_ratio_socketio"} & found["goals"].keys()


def test_growth_is_ours_over_that_of_bare() -> None:
    found = figures(runs((100, 100)), {"enid": [3.0, 6.0, 5.0], "bare": [2.0, 2.0, 4.0]})
    assert found["growth_ratio"] == 1.5


def test_a_run_whose_load_was_the_limit_is_not_valid() -> None:
    found = figures({"enid": [RUN], "bare": [replace(RUN, load_cpu=0.81)]}, {})
    assert not found["valid"]
    assert "81%" in found["why_invalid"]
