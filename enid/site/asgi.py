"""The web process: rooms on the event loop, pages through Django's WSGI handler in a few threads.

A page costs less than half the CPU this way than through Django's ASGI handler, and pages can never run on
the loop that carries the rooms.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enid.site.settings")

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import django

django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402 - Django must be set up first
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from enid.room import sockets  # noqa: E402
from enid.site.bodies import whole_body  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Threads that compute hand Python's lock over sooner, so that rooms wait less (measured: p90 6.6 to 1.5 ms).
sys.setswitchinterval(0.0005)

PART = os.environ.get("ENID_PART", "")  # "pages" or "rooms" where `enid up --only` runs them apart

# Typed as Any: a2wsgi and Django each describe WSGI in types of their own.
_handler: Any = get_wsgi_application()
_threads: Any = WSGIMiddleware(_handler, workers=settings.PAGE_THREADS)
pages = whole_body(_threads)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a WebSocket to the rooms and everything else to the pages."""
    if scope["type"] == "websocket":
        await sockets.rooms(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if PART != "pages":
            await (_begin if message["type"] == "lifespan.startup" else sockets.stop)()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _begin() -> None:
    sockets.start()
