"""Links by which somebody answers without signing in.

The secret follows from a stored seed and the server's key: a reminder can carry the same link, and whoever reads the
database alone can open none. A link stays good for one poll and one person until it is withdrawn or renewed.
"""

import base64
import secrets

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from enid.core.links import hash_of
from enid.groups.models import Membership
from enid.polls.models import Asked, Poll


def new_asked(poll: Poll, *, membership: Membership | None = None, name: str = "") -> Asked:
    """Return somebody to be asked, with a link of their own; nothing is saved yet."""
    asked = Asked(poll=poll, membership=membership, name=name)
    renew(asked)
    return asked


def renew(asked: Asked) -> None:
    """Give somebody another link, not saved yet; the one before opens nothing then."""
    asked.seed = secrets.token_hex(16)
    asked.secret_hash = hash_of(_secret(asked.seed))


def link_of(asked: Asked) -> str:
    """Return the whole address of somebody's link."""
    return settings.URL + reverse("poll_link", args=[_secret(asked.seed)])


def _secret(seed: str) -> str:
    sealed = salted_hmac("enid.polls.links", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
