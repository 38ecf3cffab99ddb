"""Names of seats."""

import secrets


def new_seat() -> str:
    """Return the short opaque id by which the room knows somebody; it says nothing about the person."""
    return secrets.token_hex(8)
