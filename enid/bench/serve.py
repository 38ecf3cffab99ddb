"""The real web process, with the limit on messages of one socket lifted: the load plays a thousand leaders on one
machine, each of whom would have to press ten times a second.
"""

import sys

import django

django.setup()

from enid.room import peers  # noqa: E402 - Django must be set up first
from enid.site.commands import web  # noqa: E402

peers.BURST = peers.PER_S = 1e9
sys.exit(web.main([]))
