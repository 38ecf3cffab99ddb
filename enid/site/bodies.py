"""Read a request's body whole before a page thread sees it.

Without this two half-sent forms hold both page threads and freeze every page. Here a slow sender holds
nothing but a coroutine, and is told after ten seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LIMIT_BYTES = 1_000_000
WAIT_S = 10


class _Refused(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence


def whole_body(app: App) -> App:
    """Wrap an ASGI app so that it starts only when the whole body is here."""

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        try:
            body = await asyncio.wait_for(_read(receive), WAIT_S)
        except TimeoutError:
            await _answer(
                send, 408, "The form did not arrive whole. Nothing was changed. Please send it again."
            )
            return
        except _Refused as refused:
            if refused.status:
                await _answer(send, refused.status, refused.sentence)
            return
        await app(scope, _replay(body, receive), send)

    return wrapped


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(0, "")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LIMIT_BYTES:
            raise _Refused(413, "That is more than a form can hold. Nothing was changed.")
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _answer(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})
