"""`enid bench rooms`: many circles at once on the real server with its durable log, beside baselines in the same run.

The servers take turns on one core, the load has the other; figures are medians over the rounds. A miss of a goal is
reported, not failed.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from enid.site.commands import DONE, OUTSIDE_FAILED, Stopped

FEW = 10  # rooms of the small run, for the growth of cost with rooms
GOALS = {
    "cpu_ratio_bare": 1.8,
    "cpu_ratio_socketio": 0.8,
    "p99_ratio_bare": 1.5,
    "growth_ratio": 1.5,
    "memory_kb_per_socket": 24.0,
}
Figures = dict[str, float]


def main(argv: list[str]) -> int:
    """Measure and print."""
    asked = _arguments(argv)
    try:
        import psutil  # noqa: F401 - only a developer's environment has what a bench needs
        from picows import ws_connect  # noqa: F401
    except ImportError as error:
        raise Stopped("The bench needs what `make env-dev` installs.", OUTSIDE_FAILED) from error
    with tempfile.TemporaryDirectory(prefix="enid-bench-") as folder:
        result = measure(asked, Path(folder))
    print(json.dumps(result, indent=1) if asked.json else _in_words(result))
    return DONE


def _arguments(argv: list[str]) -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="enid bench rooms", description=__doc__)
    arguments.add_argument("--rooms", type=int, default=500)
    arguments.add_argument("--people", type=int, default=12)
    arguments.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--rate", type=float, default=200.0, help="events a second over all rooms")
    arguments.add_argument("--json", action="store_true")
    return arguments.parse_args(argv)


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Return the figures of every server, and the ratios."""
    rooms = _stage(asked, folder)
    servers = ["enid", "bare"] + (["socketio"] if _socketio() else [])
    runs: dict[str, list[Figures]] = {name: [] for name in servers}
    few: dict[str, list[Figures]] = {"enid": [], "bare": []}
    for _round in range(asked.rounds):
        for name in servers:
            runs[name].append(_run(name, rooms, asked, folder))
        for name in few:
            few[name].append(_run(name, rooms[:FEW], asked, folder))
    return _result(asked, runs, few)


def _stage(asked: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    made = subprocess.run(
        [sys.executable, "-m", "enid.bench.stage", str(asked.rooms), str(asked.people)],
        env=_environment(folder, 0),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Stopped(f"The rooms could not be made: {made.stderr[-300:]}", OUTSIDE_FAILED)
    return [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENID_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "enid.site.settings",
        "ENID_DATA": str(folder),
        "ENID_BIND": f"127.0.0.1:{port}",
        "ENID_URL": f"http://localhost:{port}",
    }


def _socketio() -> str:
    """Return the folder in which Node finds socket.io, or nothing."""
    folder = os.environ.get("ENID_BENCH_NODE_MODULES", "node_modules")
    return folder if shutil.which("node") and Path(folder, "socket.io").is_dir() else ""


def _run(name: str, rooms: list[dict[str, Any]], asked: argparse.Namespace, folder: Path) -> Figures:
    """Start a server and the load, measure, and end both."""
    with _server(name, folder) as (server, port), _load() as load:
        before_kb = server.memory_full_info().uss / 1024
        here = [_address(name, room) for room in rooms]
        dialect = "socketio" if name == "socketio" else "plain"
        figures: Figures = _ask(load, {"port": port, "rooms": here, "dialect": dialect})
        sockets = sum(len(room["tickets"]) for room in rooms)
        figures["memory_kb_per_socket"] = (server.memory_full_info().uss / 1024 - before_kb) / sockets
        _ask(load, {"do": "closed", "seconds": min(1.0, asked.seconds)})  # warm
        figures |= _closed(server, load, asked)
        paced = _ask(
            load, {"do": "open", "seconds": asked.seconds, "rate": min(asked.rate, len(rooms) * 5.0)}
        )
        figures |= {key: paced[key] for key in ("p50_ms", "p99_ms")}
        figures["lost"] += paced["unfinished"] + paced["refused"]
        figures["load_cpu"] = max(figures["load_cpu"], paced["load_cpu"])
    return figures


def _closed(server: Any, load: "subprocess.Popen[str]", asked: argparse.Namespace) -> Figures:
    cpu = sum(server.cpu_times()[:2])
    full = _ask(load, {"do": "closed", "seconds": asked.seconds})
    spent = sum(server.cpu_times()[:2]) - cpu
    return {
        "cpu_us_per_event": spent / max(1, full["events"]) * 1e6,
        "events_per_s": full["events_per_s"],
        "load_cpu": full["load_cpu"],
        "lost": full["unfinished"] + full["refused"],
    }


def _address(name: str, room: dict[str, Any]) -> dict[str, Any]:
    if name == "enid":
        return room
    blank = [""] * len(room["tickets"])
    if name == "bare":
        return {"path": room["path"], "tickets": blank}
    return {
        "path": f"/socket.io/?EIO=4&transport=websocket&circle={room['path'].split('/')[3]}",
        "tickets": blank,
    }


@contextmanager
def _server(name: str, folder: Path) -> Iterator[tuple[Any, int]]:
    """Run one server on the first core, and wait until it listens."""
    import psutil  # a developer's environment only

    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    environment = _environment(folder, port)
    commands = {
        "enid": [sys.executable, "-m", "enid.bench.serve"],
        "bare": [sys.executable, "-m", "enid.bench.bare", str(port)],
        "socketio": ["node", str(Path(__file__).with_name("socketio_server.js")), str(port)],
    }
    if name == "socketio":
        environment["NODE_PATH"] = str(Path(_socketio()).resolve())
    for old in folder.glob("rooms.sqlite3*"):
        old.unlink()  # every run begins with an empty log
    process = subprocess.Popen(
        commands[name], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _pin(process.pid, 0)
        _wait_for(port, process)
        yield psutil.Process(process.pid), port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Stopped("A server of the bench did not start.", OUTSIDE_FAILED)


@contextmanager
def _load() -> Iterator["subprocess.Popen[str]"]:
    """Run the load on the last core."""
    process = subprocess.Popen(
        [sys.executable, "-m", "enid.bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        _pin(process.pid, (os.cpu_count() or 1) - 1)
        yield process
    finally:
        process.kill()
        process.communicate()


def _pin(pid: int, core: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


def _ask(load: "subprocess.Popen[str]", what: dict[str, Any]) -> Figures:
    if load.stdin is None or load.stdout is None:
        raise Stopped("The load of the bench has no line.", OUTSIDE_FAILED)
    load.stdin.write(json.dumps(what) + "\n")
    load.stdin.flush()
    answer = load.stdout.readline()
    if not answer:
        raise Stopped("The load of the bench ended early.", OUTSIDE_FAILED)
    figures: Figures = json.loads(answer)
    return figures


def _result(
    asked: argparse.Namespace, runs: dict[str, list[Figures]], few: dict[str, list[Figures]]
) -> dict[str, Any]:
    middle = {name: _medians(rounds) for name, rounds in runs.items()}
    small = {name: _medians(rounds) for name, rounds in few.items()}
    busiest = max(figures["load_cpu"] for rounds in runs.values() for figures in rounds)
    ratios = {f"{key}_ratio_bare": _per_round(runs, "enid", "bare", of) for key, of in _RATIOS.items()}
    grown = {name: middle[name]["cpu_us_per_event"] / small[name]["cpu_us_per_event"] for name in small}
    ratios["growth_ratio"] = grown["enid"] / grown["bare"]
    if "socketio" in runs:
        ratios |= {
            f"{key}_ratio_socketio": _per_round(runs, "enid", "socketio", of) for key, of in _RATIOS.items()
        }
    kept = {**ratios, "memory_kb_per_socket": middle["enid"]["memory_kb_per_socket"]}
    return {
        "rooms": asked.rooms,
        "people": asked.people,
        "rounds": asked.rounds,
        "rate": asked.rate,
        "connect_s": middle["enid"]["connect_s"],
        **kept,
        "goals": {
            name: {"goal": goal, "seen": kept[name], "met": kept[name] <= goal}
            for name, goal in GOALS.items()
            if name in kept
        },
        "servers": middle,
        "servers_at_10_rooms": small,
        "spread": {name: _spread(rounds) for name, rounds in runs.items()},
        "valid": busiest <= 0.8 and not middle["enid"]["lost"],
        "why_not": f"the load took {busiest:.2f} of its core"
        if busiest > 0.8
        else ("events were lost" if middle["enid"]["lost"] else ""),
        "skipped": []
        if "socketio" in runs
        else ["socket.io: neither Node with socket.io nor ENID_BENCH_NODE_MODULES was found"],
    }


_RATIOS = {"cpu": "cpu_us_per_event", "p50": "p50_ms", "p99": "p99_ms", "events": "events_per_s"}


def _medians(rounds: list[Figures]) -> Figures:
    return {key: statistics.median(figures[key] for figures in rounds) for key in rounds[0]}


def _spread(rounds: list[Figures]) -> dict[str, list[float]]:
    return {
        key: [min(f[key] for f in rounds), max(f[key] for f in rounds)]
        for key in ("cpu_us_per_event", "p99_ms", "events_per_s")
    }


def _per_round(runs: dict[str, list[Figures]], ours: str, theirs: str, key: str) -> float:
    """Return the median of the rounds' own ratios: both sides of each were measured within the same seconds."""
    return statistics.median(
        mine[key] / max(other[key], 1e-9) for mine, other in zip(runs[ours], runs[theirs], strict=True)
    )


def _in_words(result: dict[str, Any]) -> str:
    lines = [f"{result['rooms']} rooms of {result['people']}, medians of {result['rounds']} rounds"]
    for name, figures in result["servers"].items():
        lines.append(
            f"  {name:<9} {figures['cpu_us_per_event']:7.0f} us CPU an event  {figures['events_per_s']:7.0f} events/s  p50 {figures['p50_ms']:.2f} ms  p99 {figures['p99_ms']:.2f} ms"
        )
    for name, goal in result["goals"].items():
        lines.append(
            f"  {name:<22} {goal['seen']:6.2f}  goal {goal['goal']}  {'met' if goal['met'] else 'missed'}"
        )
    lines += [f"  all in after {result['connect_s']:.1f} s"] + [
        f"  skipped {what}" for what in result["skipped"]
    ]
    if not result["valid"]:
        lines.append(f"  not valid: {result['why_not']}")
    return "\n".join(lines)
