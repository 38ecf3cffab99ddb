"""An evening on fast-forward: people mute, sit back, come in, reload, leave and come back, and nothing may pile up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enid.bench.calls import circle
from enid.bench.calls.browsers import Chromium
from enid.bench.calls.house import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEADER, PRESENTER = 0, 1
STEPS_TO_THE_CALL, STEPS_TO_THE_WORK = 3, 3
Open = dict[str, int]


@dataclass
class Evening:
    """A circle in the middle of the work, with a page for each person; the leader's is the first."""

    house: House
    pages: list[Page]

    @classmethod
    def begin(cls, chromium: Chromium, house: House, people: int) -> Evening:
        """Bring everyone in, and lead them to the group's work."""
        pages = [circle.enter(circle.at_the_door(chromium, house, person, 0)) for person in range(people)]
        evening = cls(house, pages)
        evening.until_whole()
        evening._to_the_work()
        return evening

    def _to_the_work(self) -> None:
        for _ in range(STEPS_TO_THE_CALL):
            self._next()
        leader = self.pages[LEADER]
        leader.locator("#choose").click()
        leader.locator("#choose-list").get_by_role("button", name=f"Bench {PRESENTER}", exact=True).click()
        for _ in range(STEPS_TO_THE_WORK):
            self._next()
        self.pages[PRESENTER].locator("#come-in:visible").wait_for()

    def _next(self) -> None:
        leader = self.pages[LEADER]
        before = leader.locator("#middle-title").text_content()
        leader.locator("#next").click()
        leader.wait_for_function(
            "before => document.querySelector('#middle-title').textContent !== before", arg=before
        )

    def go_round(self, number: int) -> None:
        """Let everything happen once; those who reload and leave take turns."""
        movers = range(PRESENTER + 1, len(self.pages))
        self.mute(movers[number % len(movers)])
        self.come_in_and_sit_back()
        self.reload(movers[number % len(movers)])
        self.leave_and_come_back(movers[(number + 1) % len(movers)])
        self.until_whole()

    def mute(self, person: int) -> None:
        """Switch microphone and camera off and on again."""
        page = self.pages[person]
        for button in ("#mic", "#camera"):
            for on in ("false", "true"):
                page.locator(button).click()
                page.locator(f'{button}[data-on="{on}"]').wait_for()

    def come_in_and_sit_back(self) -> None:
        """Have the presenter come in, and sit back when the leader asks."""
        presenter, leader = self.pages[PRESENTER], self.pages[LEADER]
        presenter.locator("#come-in").click()
        leader.locator("#sit:visible").click()
        presenter.locator("#come-in:visible").wait_for()

    def reload(self, person: int) -> None:
        """Load a page anew, and go back to the seat."""
        page = self.pages[person]
        page.reload()
        page.locator("#try").click()
        page.locator("#level-row").wait_for()
        page.locator("#to-seat").click()
        self._until_in(page)

    def leave_and_come_back(self, person: int) -> None:
        """Leave on purpose, and come in again by the door."""
        page = self.pages[person]
        page.locator("#leave").click()
        page.locator("#leave-yes").click()
        page.wait_for_url("**/groups/**")
        page.goto(self.house.room(0))
        page.locator("#try").click()
        page.locator("#level-row").wait_for()
        circle.enter(page)
        self._until_in(page)

    def _until_in(self, page: Page) -> None:
        """Wait until somebody is in; during the work a leader lets them in."""
        page.locator("#place:visible, #waiting:visible").first.wait_for()
        if page.locator("#waiting").is_visible():
            self.pages[LEADER].get_by_role("button", name="Let in", exact=True).click()
        page.locator("#place:visible").wait_for()

    def until_whole(self) -> None:
        """Wait until every page is connected with every other one."""
        others = len(self.pages) - 1
        for page in self.pages:
            circle.until(page, lambda page=page: is_whole(page, others), f"connections to {others}")  # type: ignore[misc]

    def open(self) -> list[Open]:
        """Return for each page what it has opened and not closed."""
        return [dict(page.evaluate("watched.open()")) for page in self.pages]


def is_whole(page: Page, others: int) -> bool:
    """Tell whether a page has a connection to each other one, and none besides."""
    return circle.totals(page)["connected"] == others and page.evaluate("watched.connections.size") == others
