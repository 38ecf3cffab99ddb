"""Secrets that travel in links: single-purpose, expiring, kept only as hashes."""

import hashlib
import secrets


def new_secret() -> str:
    """Return a secret for one link (192 bits, safe in an address)."""
    return secrets.token_urlsafe(24)


def hash_of(secret: str) -> str:
    """Return what the database keeps of a secret. It has enough randomness of its own to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
