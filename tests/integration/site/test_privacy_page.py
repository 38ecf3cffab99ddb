"""Every stored field has a row in docs/privacy.md, and every row there is a field."""

import re
import sqlite3
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connection
from django.test import Client

PRIVACY = (Path(__file__).resolve().parents[3] / "docs/privacy.md").read_text()

# Tables that hold no word and no act of a person: the names of our own migrations and models.
BOOKKEEPING = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "sqlite_sequence",
}


def promised() -> set[str]:
    """Return every `table.column` that the document lists; a row reads `| table | `a` `b` | … |`."""
    fields = set()
    for table, columns in re.findall(r"^\| `(\w+)` \| ((?:`\w+`,? ?)+)\|", PRIVACY, flags=re.M):
        fields |= {f"{table}.{column}" for column in re.findall(r"`(\w+)`", columns)}
    return fields


def stored() -> set[str]:
    """Return every `table.column` of the main database, link tables included."""
    tables = set(connection.introspection.table_names()) - BOOKKEEPING
    with connection.cursor() as cursor:
        return {
            f"{table}.{column.name}"
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        }


@pytest.mark.django_db
def test_every_stored_field_has_a_row() -> None:
    assert sorted(stored() - promised()) == []


@pytest.mark.django_db
def test_every_row_is_a_stored_field() -> None:
    assert sorted(promised() - stored() - room_log() - rooms_of_processes()) == []


def test_no_table_has_two_rows() -> None:
    tables = re.findall(r"^\| `(\w+)` \|", PRIVACY, flags=re.M)
    assert sorted(table for table in set(tables) if tables.count(table) > 1) == []


def test_every_field_of_the_room_log_has_a_row() -> None:
    assert sorted((room_log() | rooms_of_processes()) - promised()) == []


def room_log() -> set[str]:
    """Return every `table.column` of the room log."""
    from enid.room import store

    with sqlite3.connect(":memory:") as log:
        log.executescript(store.SQLITE_SCHEMA)
        tables = [name for (name,) in log.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {f"{table}.{row[1]}" for table in tables for row in log.execute(f"PRAGMA table_info({table})")}


def rooms_of_processes() -> set[str]:
    """Return every `table.column` by which processes share rooms on PostgreSQL."""
    from enid.room import owners

    made = re.findall(r"CREATE TABLE IF NOT EXISTS (\w+) \((.*)\)", "\n".join(owners.SCHEMA))
    return {f"{table}.{column.split()[0]}" for table, columns in made for column in columns.split(",")}


def test_no_model_has_a_field_for_a_case() -> None:
    """Law 1: no field anywhere asks for a case, a note, a transcript or a file."""
    suspects = re.compile(
        r"case|note|story|patient_name|diagnos|transcri|record|audio|video|file|attachment|summary|minutes_text"
    )
    allowed = {"patient_word"}  # whether the group says patient, client or family
    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()} - allowed
    assert [name for name in sorted(names) if suspects.search(name)] == []


@pytest.mark.django_db
def test_page_names_the_relay_that_browsers_ask(client: Client, settings: LazySettings) -> None:
    without = client.get("/privacy/").content.decode()
    settings.RELAY_HOSTS = ["turn.example.org"]
    assert "turn.example.org" in client.get("/privacy/").content.decode()
    assert "browsers also ask" not in without
