"""The baseline: rooms on bare picows. It parses, counts a version, builds one answer and keeps nothing.

python -m enid.bench.bare PORT
"""

import json
import sys
from collections import defaultdict
from typing import Any

import uvloop
from picows import WSListener, WSMsgType, ws_create_server


class Ear(WSListener):
    """One socket."""

    rooms: defaultdict[str, list[Any]] = defaultdict(list)
    versions: defaultdict[str, int] = defaultdict(int)

    def __init__(self, path: str) -> None:
        super().__init__()
        self._room = path.split("/")[3]

    def on_ws_connected(self, transport: Any) -> None:
        """Sit down."""
        self.rooms[self._room].append(transport)

    def on_ws_disconnected(self, transport: Any) -> None:
        """Go."""
        self.rooms[self._room].remove(transport)

    def on_ws_frame(self, transport: Any, frame: Any) -> None:
        """Greet whoever joins; tell the room everything else."""
        if frame.msg_type != WSMsgType.TEXT:
            return
        message = json.loads(frame.get_payload_as_bytes())
        if message["t"] == "join":
            transport.send(WSMsgType.TEXT, b'{"t":"hello"}')
            return
        self.versions[self._room] += 1
        told = json.dumps({"v": self.versions[self._room], "e": message["t"], "stage": 1}).encode()
        for other in self.rooms[self._room]:
            other.send(WSMsgType.TEXT, told)


async def main(port: int) -> None:
    """Serve until killed."""
    server = await ws_create_server(
        lambda request: Ear(request.path.decode()),
        "127.0.0.1",
        port,
        backlog=2048,
        read_buffer_init_size=4096,
    )
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
