"""Make the data folder and the database ready before serving; what is there is never lost."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from enid.site import backups
from enid.site.commands import Stopped

UPGRADE_LOCK = 20_261_124  # any number that nobody else uses in this database


@contextmanager
def only_one_server(folder: Path) -> Iterator[None]:
    """Hold the data folder's lock: two servers on one SQLite file would each own every room."""
    if connection.vendor == "postgresql":
        yield  # processes share PostgreSQL by leases
        return
    handle = os.open(folder / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stopped(
                f"Another Enid is already serving {folder}. Stop it first, or set ENID_DATA to another folder."
            ) from error
        yield
    finally:
        os.close(handle)


def make_ready() -> Path | None:
    """Bring the database to this version and collect static files; return the backup made before an upgrade."""
    try:
        with _one_at_a_time():
            backup = _bring_up_to_date()
    except OperationalError as error:
        raise Stopped(
            "The database does not answer. Check ENID_DATABASE_URL, or type: enid doctor"
        ) from error
    call_command("collectstatic", verbosity=0, interactive=False, clear=False, stdout=StringIO())
    return backup


def _bring_up_to_date() -> Path | None:
    backup = None
    if pending_migrations():
        if not _is_new():
            backup = backups.write(at=timezone.now())
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return backup


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Have processes that start together on PostgreSQL change its shape one after the other."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [UPGRADE_LOCK])


def first_administrator_link() -> str:
    """Return a one-time link while nobody looks after this server, else nothing."""
    from enid.people import operations
    from enid.people.models import Person

    if settings.DEMO or Person.objects.filter(is_administrator=True, is_active=True).exists():
        return ""
    return settings.URL + operations.first_administrator_link(at=timezone.now())


def pending_migrations() -> bool:
    """Tell whether the database is older than this code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_new() -> bool:
    return "django_migrations" not in connection.introspection.table_names()
