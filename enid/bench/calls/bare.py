"""The baseline: one page of plain WebRTC, and a server that passes what one page says to the others.

python -m enid.bench.calls.bare PORT
"""

import asyncio
import contextlib
import sys
from http import HTTPStatus
from pathlib import Path

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

PAGE = (Path(__file__).parent / "bare.html").read_text()
ANYWHERE = "0.0.0.0"  # noqa: S104 - also inside a network of the bench's own

here: set[ServerConnection] = set()


def show(connection: ServerConnection, request: Request) -> Response | None:
    """Answer whoever asks for the page; sockets go on."""
    if request.headers.get("Upgrade"):
        return None
    page = connection.respond(HTTPStatus.OK, PAGE)
    del page.headers["Content-Type"]
    page.headers["Content-Type"] = "text/html; charset=utf-8"
    return page


async def hear(connection: ServerConnection) -> None:
    """Pass on what one page says."""
    here.add(connection)
    with contextlib.suppress(ConnectionClosed):  # a browser that is gone, or whose network is another one
        async for message in connection:
            broadcast(here - {connection}, message)
    here.discard(connection)


async def main(port: int) -> None:
    """Serve until killed."""
    async with serve(hear, ANYWHERE, port, process_request=show) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
