"""The order in which calls are measured: Enid and the bare call take turns, so that what else the machine did falls on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enid.bench.calls import browsers, clip, figures, house, measures, network
from enid.bench.calls.browsers import Chromium
from enid.bench.calls.measures import Call, Figures

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

LOSSES = (1, 5)
LISTENS_S = 4.0  # after each join, so that there are packets to lose
ROOMS_BESIDE = 1  # for calls of two


@dataclass(frozen=True)
class Asked:
    """What to measure: sizes of circles, seconds of each measurement, rounds, joins, and which parts."""

    people: tuple[int, ...]
    seconds: float
    rounds: int
    joins: int
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Two Chromiums, the measured one and the other's, and where they call each other."""

    near: Chromium
    far: Chromium
    home: house.House
    calls: tuple[Call, Call]  # Enid's and the bare one


def measured(asked: Asked, folder: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return every figure that was asked for, and what was left out with the reason."""
    camera = f"--use-file-for-fake-video-capture={clip.write(folder)}"
    found: dict[str, Any] = {}
    left_out = {
        part: "it was not asked for" for part in (*AT_HOME, "network_change") if part not in asked.parts
    }
    with browsers.driver() as playwright:
        if set(AT_HOME) & set(asked.parts):
            with _at_home(playwright, folder, camera, asked) as place:
                found = {
                    part: take(place, asked, tell) for part, take in AT_HOME.items() if part in asked.parts
                }
        if "network_change" in asked.parts:
            if why := network.why_not():
                left_out["network_change"] = why
            else:
                found["network_change"] = _network_change(playwright, folder, camera, asked, tell)
    goals = figures.goals(found["join"]) if "join" in found else {}
    told = [f"{part}: {why}" for part, why in left_out.items()]
    return {**_shown(asked), **found, "goals": goals, "left_out": told}


def _shown(asked: Asked) -> dict[str, Any]:
    return {
        "people": list(asked.people),
        "seconds": asked.seconds,
        "rounds": asked.rounds,
        "line": {"delay_ms": measures.DELAY_MS, "loss_percent": measures.LOSS_PERCENT},
    }


@contextmanager
def _at_home(playwright: Playwright, folder: Path, camera: str, asked: Asked) -> Iterator[Place]:
    """Start everything on this machine's own network."""
    rooms = ROOMS_BESIDE + len(asked.people) * asked.rounds
    with (
        house.enid(folder, rooms, max(2, *asked.people)) as home,
        house.bare() as bare,
        browsers.chromium(playwright, folder, camera) as near,
        browsers.chromium(playwright, folder, camera) as far,
    ):
        yield Place(near, far, home, (measures.enids(home, 0), measures.bares(bare)))


Measure = Callable[[Call], Figures]


def _in_turn(place: Place, rounds: int, what: str, measure: Measure, tell: Callable[[str], None]) -> Any:
    """Measure Enid and the bare call in turn, and return the one beside the other."""
    found: dict[str, list[Figures]] = {call.name: [] for call in place.calls}
    for number in range(rounds):
        for call in place.calls:
            tell(f"{what}, round {number + 1} of {rounds}: {call.name}")
            found[call.name].append(measure(call))
    return figures.beside(found["enid"], found["bare"])


def _join(place: Place, asked: Asked, tell: Callable[[str], None]) -> dict[str, Any]:
    found = []
    for call in place.calls:
        tell(f"join, {asked.joins} times: {call.name}")
        found.append(measures.joins(call, place.near, asked.joins, min(LISTENS_S, asked.seconds)))
    return figures.join(*found)


def _client(place: Place, asked: Asked, tell: Callable[[str], None]) -> dict[str, Any]:
    enid: dict[int, list[Figures]] = {people: [] for people in asked.people}
    bare = []
    room = ROOMS_BESIDE
    for number in range(asked.rounds):
        tell(f"client, round {number + 1} of {asked.rounds}")
        bare.append(measures.pair(place.calls[1], place.near, place.far, asked.seconds))
        for people in asked.people:
            enid[people].append(measures.star(place.home, room, people, place.near, place.far, asked.seconds))
            room += 1
    return figures.client(enid, bare)


def _recovery(place: Place, asked: Asked, tell: Callable[[str], None]) -> dict[str, Any]:
    near, far = place.near, place.far
    return {
        "socket_cut": _in_turn(
            place, asked.rounds, "socket cut", lambda call: measures.socket_cut(call, near, far), tell
        ),
        "black_hole": _in_turn(
            place,
            asked.rounds,
            "black hole",
            lambda call: measures.black_hole(call, near, far, asked.seconds),
            tell,
        ),
    }


def _freezes(place: Place, asked: Asked, tell: Callable[[str], None]) -> dict[str, Any]:
    return {
        f"at_{loss}_percent": _in_turn(
            place,
            asked.rounds,
            f"freezes at {loss} % loss",
            lambda call, loss=loss: measures.freezes(call, place.near, place.far, loss, asked.seconds),  # type: ignore[misc]
            tell,
        )
        for loss in LOSSES
    }


def _network_change(
    playwright: Playwright, folder: Path, camera: str, asked: Asked, tell: Callable[[str], None]
) -> Any:
    rounds = []
    for number in range(asked.rounds):
        tell(f"network change, round {number + 1} of {asked.rounds}")
        rounds.append([_one_change(playwright, folder, camera, name) for name in ("enid", "bare")])
    return figures.beside([ours for ours, _ in rounds], [theirs for _, theirs in rounds])


def _one_change(playwright: Playwright, folder: Path, camera: str, name: str) -> Figures:
    """Return what a change of network does, in networks that are new for each time."""
    with network.two_lines() as lines:
        served = (
            house.enid(folder, 1, 2, host=network.HOUSE, within=lines.within_house)
            if name == "enid"
            else house.bare(host=network.HOUSE, within=lines.within_house)
        )
        with served as home:
            safe = f"--unsafely-treat-insecure-origin-as-secure={home.address}"
            call = measures.enids(home, 0) if name == "enid" else measures.bares(home)
            with (
                browsers.chromium(playwright, folder, camera, safe, within=lines.within_client) as near,
                browsers.chromium(playwright, folder, camera, safe, within=lines.within_house) as far,
            ):
                return measures.comes_back(call, near, far, _changes(lines))


def _changes(lines: network.Network) -> Callable[[Page], None]:
    return lambda _page: lines.change()


AT_HOME = {"join": _join, "client": _client, "recovery": _recovery, "freezes": _freezes}
