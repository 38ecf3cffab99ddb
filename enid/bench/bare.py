"""The baseline: a bare fan-out on picows. It parses a message, counts, encodes once and sends to the circle;
it keeps nothing, knows nobody and decides nothing. Usage: python -m enid.bench.bare PORT
"""

import asyncio
import json
import sys
from collections import defaultdict

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

circles: dict[str, set[WSTransport]] = defaultdict(set)
versions: dict[str, int] = defaultdict(int)


class Seat(WSListener):
    """One socket of one circle."""

    def __init__(self, circle: str) -> None:
        super().__init__()
        self.circle = circle

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Sit down."""
        circles[self.circle].add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """Go."""
        circles[self.circle].discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Tell the whole circle."""
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
        if frame.msg_type != WSMsgType.TEXT:
            return
        said = json.loads(frame.get_payload_as_bytes())
        versions[self.circle] += 1
        told = json.dumps({"v": versions[self.circle], "e": said}).encode()
        for other in circles[self.circle]:
            other.send(WSMsgType.TEXT, told)


def _seat(request: WSUpgradeRequest) -> Seat:
    return Seat(request.path.decode())


async def serve(port: int) -> None:
    """Serve until ended."""
    server = await ws_create_server(_seat, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(serve(int(sys.argv[1])))
