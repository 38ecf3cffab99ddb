"""What is measured in a call. Each measure is taken in Enid's room and, the same way, in the bare call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enid.bench.calls import circle
from enid.bench.calls.browsers import Chromium, leave
from enid.bench.calls.house import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

DELAY_MS, LOSS_PERCENT = 40, 1
SETTLES_MS = 4000  # a call finds its size and rate
COMES_BACK_MS = 40_000  # how long a bench waits for a call to come back
LOOKS_MS = 500
FRESH_S = 0.4  # sound comes fifty times a second
STEADY_LOOKS = 5
Figures = dict[str, float | None]


@dataclass(frozen=True)
class Call:
    """Where people meet: Enid's room or the bare page."""

    name: str
    door: Callable[..., Page]  # chromium, person, **line

    @contextmanager
    def between(self, near: Chromium, far: Chromium, **line: Any) -> Iterator[tuple[Page, Page]]:
        """Have somebody in the call and one person more, on a line as given; give both pages, the latter first."""
        other = circle.enter(self.door(far, 0))
        page = self.door(near, 1, **line)
        try:
            circle.meet_somebody(page)
            page.wait_for_timeout(SETTLES_MS)
            yield page, other
        finally:
            leave(page)
            leave(other)


def enids(house: House, room: int) -> Call:
    """Return a room of Enid."""
    return Call(
        "enid", lambda chromium, person, **line: circle.at_the_door(chromium, house, person, room, **line)
    )


def bares(house: House) -> Call:
    """Return the bare call."""
    return Call("bare", lambda chromium, _person, **line: circle.at_the_bare_door(chromium, house, **line))


def joins(call: Call, chromium: Chromium, times: int, seconds: float) -> list[Figures]:
    """Return how long it took to see and to hear somebody, joining again and again over a line that is not good."""
    other = circle.enter(call.door(chromium, 0))
    found: list[Figures] = []
    for _ in range(times):
        page = call.door(chromium, 1, delay_ms=DELAY_MS, loss_percent=LOSS_PERCENT)
        met = circle.meet_somebody(page)
        page.wait_for_timeout(seconds * 1000)  # so that there are packets to lose
        found.append({**met, "join_s": max(met.values()), **counted(circle.totals(page))})
        leave(page)
    leave(other)
    return found


def counted(totals: dict[str, float]) -> Figures:
    """Return how many packets of sound came and how many were lost, and the way there and back."""
    return {
        "came": totals["sounds"],
        "lost": totals["lost"],
        "round_trip_ms": 1000 * totals["rtt_s"],
    }


def line_of(totals: dict[str, float]) -> Figures:
    """Return how good a line was: what was lost of the sound, and the way there and back."""
    came = totals["sounds"] + totals["lost"]
    return {
        "loss_percent": 100 * totals["lost"] / came if came else None,
        "round_trip_ms": 1000 * totals["rtt_s"],
    }


def cost(page: Page, chromium: Chromium, seconds: float) -> Figures:
    """Return what a call costs the Chromium in which nothing but this page is open."""
    before, cpu = circle.totals(page), chromium.cpu_s()
    page.wait_for_timeout(seconds * 1000)
    after, spent = circle.totals(page), chromium.cpu_s() - cpu
    passed = (after["at"] - before["at"]) / 1000
    return {
        "cpu_percent": 100 * spent / passed,
        "up_kbit_s": (after["sent"] - before["sent"]) * 8 / 1000 / passed,
        "down_kbit_s": (after["received"] - before["received"]) * 8 / 1000 / passed,
        "frames_per_s": (after["frames"] - before["frames"]) / passed,
        "memory_mb": chromium.memory_mb(),
    }


def star(house: House, room: int, people: int, near: Chromium, far: Chromium, seconds: float) -> Figures:
    """Return what one browser pays in a circle of so many; the others are far ends in one other page."""
    page = circle.enter(circle.at_the_door(near, house, 0, room))
    others = circle.far_ends(far, house, room, people)
    circle.until_all_arrive(page, people - 1)
    page.wait_for_timeout(SETTLES_MS)
    found = cost(page, near, seconds)
    leave(page)
    leave(others)
    return found


def pair(call: Call, near: Chromium, far: Chromium, seconds: float) -> Figures:
    """Return what one browser pays in a call of two."""
    with call.between(near, far) as (page, _):
        return cost(page, near, seconds)


def freezes(call: Call, near: Chromium, far: Chromium, loss_percent: float, seconds: float) -> Figures:
    """Return how a picture stands still on a line that loses packets."""
    with call.between(near, far, delay_ms=DELAY_MS, loss_percent=loss_percent) as (page, _):
        before = circle.totals(page)
        page.wait_for_timeout(seconds * 1000)
        after = circle.totals(page)
    passed = {name: after[name] - before[name] for name in after}
    return {
        "freezes": passed["freezes"],
        "frozen_s": passed["frozen_s"],
        "frozen_percent": 100 * passed["frozen_s"] / (passed["at"] / 1000),
        "frames_per_s": passed["frames"] / (passed["at"] / 1000),
        **line_of({**passed, "rtt_s": after["rtt_s"]}),
    }


def socket_cut(call: Call, near: Chromium, far: Chromium) -> Figures:
    """Return the longest silence after the line to the server was cut, and when that line was back."""
    with call.between(near, far) as (page, other):
        silence = [Silence(each) for each in (page, other)]
        back = page.evaluate(CUT_SOCKET)
        page.wait_for_timeout(SETTLES_MS)
        longest = max(each.stop()["gap_s"] or 0 for each in silence)
    return {"silence_s": longest, **({} if back is None else {"line_back_s": back})}


CUT_SOCKET = """() => new Promise((resolve) => {
  const began = performance.now();
  const line = document.querySelector("#line");
  for (const socket of watched.sockets) socket.close();
  if (!line) return resolve(null);
  const look = new MutationObserver(() => {
    if (line.dataset.line === "open") { look.disconnect(); resolve((performance.now() - began) / 1000); }
  });
  look.observe(line, { attributes: true });
})"""


def black_hole(call: Call, near: Chromium, far: Chromium, seconds: float) -> Figures:
    """Return how long after a hole, in which everything was swallowed, both hear each other again."""

    def fall_in(page: Page) -> None:
        line = near.lines[page]
        line.is_like(delay_ms=1, loss_percent=100)  # DevTools' "offline" does not hold up sound and picture
        page.wait_for_timeout(seconds * 1000)
        line.is_like(delay_ms=1)

    return comes_back(call, near, far, fall_in, lasts_s=seconds)


def comes_back(
    call: Call, near: Chromium, far: Chromium, happens: Callable[[Page], None], *, lasts_s: float = 0
) -> Figures:
    """Return how long after something has happened both hear each other again; nothing where they never did."""
    with call.between(near, far, delay_ms=1) as (page, other):  # a line as it began can be changed, no other
        silence = [Silence(each) for each in (page, other)]
        happens(page)
        until_steady(page, silence)
        ends = [each.stop() for each in silence]
    backs = [end["back_s"] for end in ends]
    return {
        "back_s": None if None in backs else max(max(back or 0, lasts_s) - lasts_s for back in backs),
        "silence_s": max(end["gap_s"] or 0 for end in ends),
    }


class Silence:
    """What arrives at a page from now on, and how far apart."""

    def __init__(self, page: Page) -> None:
        self._watching = page.evaluate_handle("watched.gaps()")

    def is_over(self) -> bool:
        """Tell whether something has come just now."""
        return float(self._watching.evaluate("watching => watching.sinceLast()")) < FRESH_S

    def stop(self) -> Figures:
        """Return the longest silence, and when it was over; nothing where it lasts."""
        return dict(self._watching.evaluate("watching => watching.stop()"))


def until_steady(page: Page, silence: Sequence[Silence]) -> None:
    """Wait until everybody has heard something for a while, or long enough to say that they will not."""
    steady = 0
    page.wait_for_timeout(4 * LOOKS_MS)  # what was on its way has arrived
    for _ in range(COMES_BACK_MS // LOOKS_MS):
        page.wait_for_timeout(LOOKS_MS)
        steady = steady + 1 if all(each.is_over() for each in silence) else 0
        if steady == STEADY_LOOKS:
            return
