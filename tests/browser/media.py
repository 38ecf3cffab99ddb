"""What really arrives: sound and picture as the browsers themselves count them."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Crowd, House

WATCHED = """
window.connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) { super(...given); window.connections.push(this); }
};
"""
"""Lets a test look into connections; nothing of the page is changed."""

ARRIVES = """async ([kind, seat]) => {
  const held = kind === "audio"
    ? document.querySelector(`#sounds audio[data-seat="${seat}"]`)
    : document.querySelector(`#seats [data-key="${seat}"] video`);
  const track = held?.srcObject?.getTracks()[0];
  for (const connection of window.connections) {
    if (!track || connection.connectionState !== "connected") continue;
    for (const part of (await connection.getStats()).values()) {
      if (part.type !== "inbound-rtp" || part.trackIdentifier !== track.id) continue;
      return kind === "audio" ? part.totalAudioEnergy : part.framesDecoded;
    }
  }
  return null;
}"""

PATIENCE_S = 60
"""Only ends a test that would hang."""


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Look again and again until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        page.wait_for_timeout(200)


def come_in(
    crowd: Crowd, house: House, who: str, meeting: str, *, muted: bool = False, unseen: bool = False
) -> Page:
    """Return a page in the circle, with sound and picture switched on at the door."""
    page = crowd.window(who)
    page.add_init_script(WATCHED)
    again(page, house, who, meeting, muted=muted, unseen=unseen)
    return page


def again(
    page: Page, house: House, who: str, meeting: str, *, muted: bool = False, unseen: bool = True
) -> None:
    """Open the door in this window and come in."""
    page.goto(house.address(who, f"/room/{meeting}/"))
    page.get_by_label("Come in muted").set_checked(muted)
    page.get_by_label("Come in without my picture").set_checked(unseen)
    page.get_by_role("button", name="Turn on camera and microphone").click()
    page.locator("#level-row").wait_for()
    page.locator("#enter:visible, #to-seat:visible").click()
    page.locator("#place:visible").wait_for()


def seat_of(page: Page, name: str) -> str:
    """Return the seat of somebody by the name that the circle uses."""
    found = page.locator("#seats > li").filter(has_text=name).get_attribute("data-key")
    assert found
    return found


def amount(page: Page, kind: str, seat: str) -> float:
    """Return how much has arrived so far: sound as energy, pictures as frames; nothing at all is -1."""
    found = page.evaluate(ARRIVES, [kind, seat])
    return -1.0 if found is None else float(found)


def rises(page: Page, kind: str, name: str) -> None:
    """Expect that more and more of somebody's sound or picture arrives."""
    seat = seat_of(page, name)
    until(page, lambda: amount(page, kind, seat) >= 0, f"{name}'s {kind}")
    before = amount(page, kind, seat)
    until(page, lambda: amount(page, kind, seat) > before, f"more of {name}'s {kind}")


def hears(page: Page, *names: str) -> None:
    """Expect to hear these people."""
    for name in names:
        rises(page, "audio", name)


def sees(page: Page, *names: str) -> None:
    """Expect to see these people move."""
    for name in names:
        rises(page, "video", name)


def nothing_is_heard(of: str, *pages: Page, proof: Callable[[], None]) -> None:
    """Expect that none of somebody's sound is played while `proof` shows that time goes by and sound with it."""
    seats = {page: seat_of(page, of) for page in pages}
    for page, seat in seats.items():
        until(page, lambda page=page, seat=seat: is_silent(page, seat), f"{of} silent")  # type: ignore[misc]
    before = {page: _what_was_on_its_way(page, seat) for page, seat in seats.items()}
    proof()
    for page, seat in seats.items():
        assert is_silent(page, seat)
        assert max(amount(page, "audio", seat), 0) == max(before[page], 0)


def _what_was_on_its_way(page: Page, seat: str) -> float:
    """Return how much of somebody's sound had been played once no more of it came."""
    played = [-2.0]

    def is_over() -> bool:
        played.append(amount(page, "audio", seat))
        return played[-1] == played[-2]

    until(page, is_over, "no more sound")
    return played[-1]


def is_silent(page: Page, seat: str) -> bool:
    """Tell whether a page refuses to play a seat."""
    return bool(
        page.evaluate(
            """(seat) => { const held = document.querySelector(`#sounds audio[data-seat="${seat}"]`);
            return !held || (held.muted && !held.srcObject.getTracks()[0].enabled); }""",
            seat,
        )
    )
