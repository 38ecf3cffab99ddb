"""The one-click door exists in the demonstration and nowhere else."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from enid.groups.models import Group
from enid.people.models import Person
from enid.site import demonstration

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


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


@pytest.mark.django_db
def test_one_group_has_a_year_behind_it_and_a_year_before_it_in_three_zones() -> None:
    demonstration.prepare(at=NOW)
    group = Group.objects.get(name="Across three zones")
    people = Person.objects.filter(memberships__group=group)
    assert len(set(people.values_list("time_zone", flat=True))) == 3
    first = group.meetings.earliest("starts_at").starts_at
    assert NOW - first > timedelta(days=360)
    assert (group.series.get().last_date - NOW.date()).days > 360


@pytest.mark.django_db
def test_second_start_of_the_demonstration_makes_nothing_twice() -> None:
    for days in (0, 0, 1):
        demonstration.prepare(at=NOW + timedelta(days=days))
    group = Group.objects.get(name="Across three zones")
    assert group.series.count() == 1
    assert group.meetings.filter(closed_at__isnull=False).count() == 26
    assert Group.objects.get(name="Tuesday circle").meetings.filter(series=None, closed_at=None).count() == 1
