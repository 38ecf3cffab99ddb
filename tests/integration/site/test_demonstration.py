"""The one-click door exists in the demonstration and nowhere else."""

import subprocess
import sys

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from enid.site import demonstration


@pytest.mark.django_db
def test_real_server_has_no_door(client: Client) -> None:
    assert client.get("/demonstration/").status_code == 404


def test_door_stays_shut_when_called_outside_the_demonstration() -> None:
    with pytest.raises(Http404):
        demonstration.enter(RequestFactory().post("/demonstration/", headers={"host": "marta.localhost"}))


@pytest.mark.parametrize(
    "environment",
    [
        {"ENID_DEMO": "1"},  # the variable alone, in a folder that `enid demo` never marked
        {
            "ENID_DEMO": "1",
            "marked": "yes",
            "ENID_BIND": "0.0.0.0:8000",
        },  # a marked folder, open to the network
        {"marked": "yes"},  # a marked folder without the variable
    ],
)
def test_variable_or_folder_alone_make_no_demonstration(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    if environment.pop("marked", None):
        (folder / "demonstration").touch()
    asked = subprocess.run(
        [sys.executable, "-c", "from enid.site import settings; print(settings.DEMO)"],
        env={"ENID_DATA": str(folder), "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip() == "False"
