"""What a tampered page could say to the room: its own socket, spoken through by hand."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from tests.browser.media import seat_of

OVERHEARD = """
window.sockets = [];
window.heard = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    window.sockets.push(this);
    this.addEventListener("message", ({ data }) => window.heard.push(JSON.parse(data)));
    this.addEventListener("close", ({ code }) => window.heard.push({ closed: code }));
  }
};
"""
"""Lets a test speak and listen on the page's own socket; nothing of the page is changed."""

JUNK = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nnothing that a browser could read\r\n"


def page_of(page: Page, name: str) -> str:
    """Return the name of the page that carries somebody's sound and picture."""
    found = page.evaluate(
        "(seat) => heard.findLast((frame) => frame.t === 'media' && frame.seat === seat)?.page",
        seat_of(page, name),
    )
    assert found
    return str(found)


def say(page: Page, *messages: Mapping[str, Any]) -> None:
    """Say these to the room, `t` first as the room expects it."""
    page.evaluate(
        "(all) => all.forEach(({ t, ...rest }) => sockets.at(-1).send(JSON.stringify({ t, ...rest })))",
        [dict(message) for message in messages],
    )


def signal(to: str, data: Mapping[str, Any], *, page: str | None, sender: str, id: str) -> dict[str, Any]:
    """Return a signal as a browser would say it."""
    return {"t": "signal", "id": id, "to": to, "page": page, "from": sender, "data": dict(data)}


def expect_refused(page: Page, id: str, code: str) -> None:
    """Wait until the room has refused a message with this code."""
    page.wait_for_function(
        "([id, code]) => heard.some((frame) => frame.t === 'refused' && frame.id === id && frame.code === code)",
        arg=[id, code],
    )


def offer(link: str, sdp: str = JUNK, n: int = 1) -> dict[str, Any]:
    """Return an offer that has the right shape and nothing else."""
    return {"kind": "offer", "link": link, "n": n, "sdp": sdp}


def candidate(link: str) -> dict[str, Any]:
    """Return a way that leads nowhere."""
    return {
        "kind": "candidate",
        "link": link,
        "candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host",
        "mid": "0",
        "line": 0,
        "ufrag": None,
    }
