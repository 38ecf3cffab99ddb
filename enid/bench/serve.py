"""The real web process, with the gate against floods wide open: one socket stands for many evenings."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enid.site.settings")

import django

django.setup()

from enid.room import lobby, peers  # noqa: E402 - Django must be set up first
from enid.site.commands import web  # noqa: E402

if __name__ == "__main__":
    peers.BURST = peers.PER_S = 1e9
    lobby.MOST = lobby.MOST_OF_ONE = 1_000_000
    web.main([])
