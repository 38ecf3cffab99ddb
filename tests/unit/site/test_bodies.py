import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from enid.site import bodies

Message = MutableMapping[str, Any]


def answer_to(*messages: Message) -> tuple[list[Message], list[bytes]]:
    """Send the messages to a wrapped app; return what went out and the bodies the app saw."""
    sent: list[Message] = []
    seen: list[bytes] = []
    waiting = list(messages)

    async def app(scope: Message, receive: bodies.Receive, send: bodies.Send) -> None:
        seen.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200})

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(bodies.whole_body(app)({"type": "http"}, receive, send))
    return sent, seen


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_parts_reach_the_page_as_one_body() -> None:
    _, seen = answer_to(part(b"dear ", True), part(b"circle"))
    assert seen == [b"dear circle"]


def test_too_large_a_body_is_refused_before_a_page_sees_it() -> None:
    sent, seen = answer_to(part(b"x" * bodies.LIMIT_BYTES, True), part(b"x", True))
    assert (sent[0]["status"], seen) == (413, [])


def test_half_sent_body_never_reaches_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "WAIT_S", 0.01)
    sent, seen = answer_to(part(b"half", True))
    assert (sent[0]["status"], seen) == (408, [])


def test_sender_who_goes_away_is_answered_nothing() -> None:
    assert answer_to(part(b"half", True), {"type": "http.disconnect"}) == ([], [])
