"""The demonstration: groups with a cast and a past, on this machine only, in a data folder of its own."""

import contextlib
import os
import shutil
import socket
from pathlib import Path

from enid.site.commands import parser

FIRST_PORT = 8000
MARKER = "demonstration"


def main(argv: list[str]) -> int:
    """Make the demonstration, say where to click, and serve it."""
    arguments = parser("demo")
    arguments.add_argument("--port", type=int, help="default: the first free one from 8000")
    arguments.add_argument("--fresh", action="store_true", help="forget what was done in it and begin anew")
    given = arguments.parse_args(argv)
    port = given.port or free_port()
    folder = Path(os.environ.get("ENID_DEMO_DATA", "demo-data")).resolve()
    if given.fresh and (folder / MARKER).exists():
        shutil.rmtree(folder)
    _set_environment(folder, port)

    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from enid.site import demonstration, readiness
    from enid.site.commands import up

    with readiness.only_one_server(settings.DATA):
        readiness.make_ready()
        demonstration.prepare(at=timezone.now())
        print(demonstration.where_to_click(port), flush=True)
        return up.keep_running(up.TOGETHER)


def _set_environment(folder: Path, port: int) -> None:
    """Point every setting at the demonstration; a real server's settings must not leak into it."""
    for name in [n for n in os.environ if n.startswith("ENID_")]:
        del os.environ[name]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / MARKER).touch()
    os.environ.update(
        ENID_DATA=str(folder),
        ENID_DEMO="1",
        ENID_URL=f"http://localhost:{port}",
        ENID_BIND=f"127.0.0.1:{port}",
        ENID_OPERATOR="this demonstration",
        ENID_CONTACT="nobody@example.org",
    )


def free_port() -> int:
    """Return the first free port from 8000, so that the address stays the same from day to day."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with contextlib.suppress(OSError), socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", port))
            return port
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
