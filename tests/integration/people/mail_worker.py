"""Forks workers that send what is in the outbox, one for each line it reads: a start costs no more than a fork.

A line holds a moment as an ISO time; the answer is the worker's process id, and `end` when it has gone.
"""

import os
import sys
from datetime import datetime

import django

django.setup()

from django.core.mail.utils import DNS_NAME  # noqa: E402 - only once Django is set up
from django.db import connections  # noqa: E402

from enid.people import outbox  # noqa: E402

str(DNS_NAME)  # looked up once and kept: the forks need not ask the net for it


def work(at: datetime) -> None:
    """Send until nothing is due."""
    while outbox.deliver(at):
        pass


def say(word: str) -> None:
    """Answer the test."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


for line in sys.stdin:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        work(datetime.fromisoformat(line.strip()))
        os._exit(0)
    say(str(pid))
    os.waitpid(pid, 0)
    say("end")
