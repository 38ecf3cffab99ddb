"""The key that signs cookies and links: made once, kept in the data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def kept_in(folder: Path) -> str:
    """Return the folder's key; make it on the first start."""
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # O_EXCL: two processes that start together must not each keep a key of their own.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_text(encoding="ascii").strip()
        if key:
            return key
        handle = os.open(file, os.O_WRONLY | os.O_TRUNC, 0o600)
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key + "\n")
    return key
