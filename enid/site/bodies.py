"""Read a request's body whole before a page thread sees it.

Without this two half-sent forms hold both page threads and freeze every page. Here a slow sender holds
nothing but a coroutine, and is told after ten seconds. How many may be on their way at once is limited, in all and
from one client, so that none can fill the memory or take every place.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from enid.core.nets import network_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

LIMIT_BYTES = 1_000_000
WAIT_S = 10
MOST_WAITING = 100  # with LIMIT_BYTES each at the very worst
MOST_FROM_ONE = 20  # a ward behind one address sends that many forms, but not at the same moment


class _Refused(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence


def whole_body(app: App) -> App:
    """Wrap an ASGI app so that it starts only when the whole body is here."""

    places = Places()

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        try:
            with places.taken(scope):
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


class Places:
    """Who is sending a body just now; lives on the event loop, which needs no lock."""

    def __init__(self) -> None:
        self.by_client: Counter[str] = Counter()

    @contextmanager
    def taken(self, scope: Message) -> Iterator[None]:
        """Hold a place for a request that has a body until it is here.

        raises: _Refused when there is none
        """
        if not _has_body(scope):
            yield
            return
        client = network_of((scope.get("client") or ("",))[0], v4=32, v6=64)
        self._check(client)
        self.by_client[client] += 1
        try:
            yield
        finally:
            self.by_client[client] -= 1
            self.by_client += Counter()  # forgets whom it counts no more

    def _check(self, client: str) -> None:
        again = "Nothing was changed. Please send it again in a moment."
        if self.by_client[client] >= MOST_FROM_ONE:
            raise _Refused(429, f"Many forms are on their way from where you are. {again}")
        if self.by_client.total() >= MOST_WAITING:
            raise _Refused(503, f"Many forms are on their way here. {again}")


def _has_body(scope: Message) -> bool:
    headers = dict(scope.get("headers", ()))
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers


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
