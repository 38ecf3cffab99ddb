"""Two processes that start together on an empty PostgreSQL."""

import subprocess
import sys

import pytest

from tests.integration.site.test_commands import clean_environment
from tests.postgres import new_database


def test_processes_that_start_together_do_not_trip_over_each_other(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = new_database()
    make_ready = "import django; django.setup(); from enid.site import readiness; readiness.make_ready()"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", make_ready],
            env=clean_environment(
                ENID_DATA=str(tmp_path_factory.mktemp("data")),
                ENID_DATABASE_URL=url,
                DJANGO_SETTINGS_MODULE="enid.site.settings",
            ),
            stderr=subprocess.PIPE,
            text=True,
        )
        for _process in range(2)
    ]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert [process.returncode for process in processes] == [0, 0]
