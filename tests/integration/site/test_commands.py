"""The command as a person types it, in a process and data folder of its own."""

import gzip
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ENID = [sys.executable, "-m", "enid"]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def clean_environment(**settings: str) -> dict[str, str]:
    return {**{name: value for name, value in os.environ.items() if not name.startswith("ENID_")}, **settings}


def enid(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ENID, *arguments], env=clean_environment(**settings), capture_output=True, text=True, check=False
    )


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds; the limit only ends a test that would hang."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as page:
            return page.status == 200
    except (OSError, urllib.error.URLError):
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """Run `enid up` on an empty folder."""
    port = free_port()
    settings = {
        "ENID_DATA": str(tmp_path),
        "ENID_BIND": f"127.0.0.1:{port}",
        "ENID_URL": f"http://localhost:{port}",
    }
    process = subprocess.Popen(
        [*ENID, "up"],
        env=clean_environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        until(lambda: answers(port), "the first page")
        yield process, port, tmp_path
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        assert process.stdout
        process.stdout.close()


def test_up_prints_a_link_for_the_first_administrator(
    server: tuple[subprocess.Popen[str], int, Path],
) -> None:
    process, port, _ = server
    assert process.stdout
    assert "first administrator" in process.stdout.readline()
    link = process.stdout.readline().strip()
    assert link.startswith(f"http://localhost:{port}/")
    with urllib.request.urlopen(link) as page:
        assert page.status == 200


def test_up_starts_a_killed_child_again(server: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, _ = server
    web = next(child for child in psutil.Process(process.pid).children() if "web" in child.cmdline())
    web.kill()
    until(lambda: not web.is_running() and answers(port), "a new web process")


def test_up_leaves_nothing_running_behind(server: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, _, _ = server
    children = psutil.Process(process.pid).children()
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert [
        child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE
    ] == []


def test_second_server_on_the_same_folder_is_refused(server: tuple[subprocess.Popen[str], int, Path]) -> None:
    _, _, folder = server
    second = enid("up", ENID_DATA=str(folder), ENID_BIND=f"127.0.0.1:{free_port()}")
    assert second.returncode == 3
    assert "Another Enid is already serving" in second.stderr


def test_taken_port_ends_with_what_to_type(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = enid("up", ENID_DATA=str(tmp_path), ENID_BIND=f"127.0.0.1:{taken.getsockname()[1]}")
    assert refused.returncode == 3
    assert "Set ENID_BIND to a free address and port" in refused.stderr


def test_bad_setting_refuses_to_start_and_names_itself(tmp_path: Path) -> None:
    refused = enid("doctor", ENID_DATA=str(tmp_path), ENID_PAGE_THREADS="many")
    assert refused.returncode == 2
    assert (
        refused.stderr.strip() == "ENID_PAGE_THREADS holds 'many'. It may hold a whole number from 1 to 16."
    )


def test_doctor_says_what_to_mend(tmp_path: Path) -> None:
    looked = enid("doctor", "--json", ENID_DATA=str(tmp_path), ENID_URL="http://circle.example.org")
    findings = {finding["about"]: finding for finding in json.loads(looked.stdout)}
    assert looked.returncode == 1
    assert not findings["address"]["good"]
    assert "https" in findings["address"]["type_this"]


def test_backup_comes_back_and_keeps_what_was_there(tmp_path: Path) -> None:
    folder = {"ENID_DATA": str(tmp_path / "data")}
    enid("migrate", "-v0", **folder)
    enid("createcachetable", **folder)
    database = tmp_path / "data/enid.sqlite3"
    with sqlite3.connect(database) as data:
        data.execute("INSERT INTO django_session VALUES ('signed-in', '', '2099-01-01')")
        data.execute("INSERT INTO rate_count VALUES ('before', '', '2099-01-01')")
    backup = Path(enid("backup", **folder).stdout.strip())
    with sqlite3.connect(database) as data:
        data.execute("DELETE FROM rate_count")

    restored = enid("restore", str(backup), **folder)

    assert restored.returncode == 0, restored.stderr
    with sqlite3.connect(database) as data:
        assert data.execute("SELECT cache_key FROM rate_count").fetchall() == [("before",)]
        assert data.execute("SELECT session_key FROM django_session").fetchall() == []
    assert list((tmp_path / "data").glob("before-restore-*.sqlite3"))


def test_broken_backup_changes_nothing(tmp_path: Path) -> None:
    folder = {"ENID_DATA": str(tmp_path / "data")}
    enid("migrate", "-v0", **folder)
    broken = tmp_path / "broken.sqlite3.gz"
    broken.write_bytes(gzip.compress(b"not a database"))
    before = (tmp_path / "data/enid.sqlite3").read_bytes()

    refused = enid("restore", str(broken), **folder)

    assert refused.returncode == 2
    assert "Nothing was changed" in refused.stderr
    assert (tmp_path / "data/enid.sqlite3").read_bytes() == before


def test_demonstration_ignores_a_real_servers_settings(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "ENID_DEMO_DATA": str(tmp_path / "demo"),
        "ENID_DATA": str(tmp_path / "real"),
        "ENID_SMTP_URL": "smtp://mail.example.org",
    }
    process = subprocess.Popen(
        [*ENID, "demo", "--port", str(port)],
        env=clean_environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        until(lambda: answers(port), "the demonstration")
        assert not (tmp_path / "real").exists()
    finally:
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate()
    assert f"http://marta.localhost:{port}" in printed


def test_admin_lets_an_account_look_after_the_server(tmp_path: Path) -> None:
    folder = {"ENID_DATA": str(tmp_path / "data")}
    enid("migrate", "-v0", **folder)
    made = "from enid.people.models import Person; [Person.objects.create_user(f'{n}@example.org') for n in 'ab']"
    enid("shell", "-c", made, **folder)

    done = enid("admin", "A@Example.org", **folder)
    unknown = enid("admin", "nobody@example.org", "--json", **folder)

    assert (done.returncode, "looks after this server now" in done.stdout) == (0, True)
    assert (unknown.returncode, json.loads(unknown.stdout)) == (1, {"administrator": False})
    with sqlite3.connect(tmp_path / "data/enid.sqlite3") as data:
        kept = data.execute("SELECT email FROM people_person WHERE is_administrator").fetchall()
    assert kept == [("a@example.org",)]


def test_admin_without_an_address_or_a_database_says_what_to_do(tmp_path: Path) -> None:
    assert enid("admin", ENID_DATA=str(tmp_path)).returncode == 2
    empty = enid("admin", "ada@example.org", ENID_DATA=str(tmp_path))
    assert (empty.returncode, "enid doctor" in empty.stderr) == (3, True)
