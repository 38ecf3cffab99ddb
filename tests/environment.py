"""Loaded before Django reads its settings: a test never touches a real data folder or a real server's variables."""

import os
import pathlib
import tempfile

for name in [n for n in os.environ if n.startswith("ENID_") and n not in ("ENID_DECISIONS", "ENID_PICTURES")]:
    if name != "ENID_TEST_DATABASE_URL":
        del os.environ[name]
os.environ["ENID_DATA"] = tempfile.mkdtemp(prefix="enid-test-")
pathlib.Path(
    os.environ["ENID_DATA"], "static"
).mkdir()  # where a server would have collected its static files
