"""The process that sends mail and tidies up. Everything it does can be done again after a crash."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from enid.site.commands import parser

logger = logging.getLogger("enid.worker")

LOOK_EVERY_S = 1.0
SWEEP_EVERY = timedelta(minutes=10)


def main(argv: list[str]) -> int:
    """Work until told to stop."""
    parser("worker").parse_args(argv)
    import django

    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _work(stop)
    return 0


def _work(stop: threading.Event) -> None:
    from django.utils import timezone  # Django must be set up first

    from enid.meetings import telling
    from enid.people import outbox
    from enid.site import sweeps

    swept_at = None
    while not stop.is_set():
        at = timezone.now()
        _safely("calendars by mail", partial(telling.tell_due, at))
        _safely("mail", partial(outbox.deliver, at))
        if swept_at is None or at - swept_at >= SWEEP_EVERY:
            for name, sweep in sweeps.ALL.items():
                _safely(name, partial(sweep, at))
            swept_at = at
        stop.wait(LOOK_EVERY_S)


def _safely(name: str, deed: Callable[[], object]) -> None:
    """Do one deed; a failure is logged by its kind and must not keep the other deeds from being done."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        deed()
    except Exception as error:  # noqa: BLE001 - the loop must outlive any one failure
        logger.error("worker %s failed: %s", name, type(error).__name__)
