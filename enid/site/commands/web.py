"""One web process: pages and rooms on one port, or one of the two."""

import os
import socket

from enid.site.commands import OUTSIDE_FAILED, Stopped, parser

BACKLOG = 2048


def main(argv: list[str]) -> int:
    """Serve until told to stop."""
    arguments = parser("web")
    arguments.add_argument("--only", choices=("pages", "rooms"))
    given = arguments.parse_args(argv)
    if given.only:
        os.environ["ENID_PART"] = given.only

    import uvicorn  # after the arguments: a typing mistake should not wait for a server to load
    from django.conf import settings

    listener = listen(settings.BIND)
    config = uvicorn.Config(
        "enid.site.asgi:application",
        ws="enid.room.transport:RoomProtocol",
        ws_per_message_deflate=False,  # with it one ready-made frame could not serve a whole circle
        ws_ping_interval=30.0,  # browsers answer these even for a page that is hidden or throttled
        ws_ping_timeout=15.0,
        ws_max_size=262_144,
        log_level="warning",
        log_config=None,  # uvicorn's words pass through our own filter, which keeps codes only
        access_log=False,  # a path may hold the secret of a link
        proxy_headers=settings.BEHIND_PROXY,
        forwarded_allow_ips=settings.PROXIES if settings.BEHIND_PROXY else "",
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=5,
        lifespan="on",
    )
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def listen(bind: str) -> socket.socket:
    """Return a listening socket for `host:port`, or say who is to give way."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), int(port)))
        listener.listen(BACKLOG)
    except (OSError, ValueError) as error:
        listener.close()
        raise Stopped(
            f"Enid cannot listen on {bind} ({error}). Nothing was changed. Set ENID_BIND to a free address and port, for example ENID_BIND=127.0.0.1:8001.",
            OUTSIDE_FAILED,
        ) from error
    return listener
