from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enid.meetings.models import Meeting
from enid.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_home_welcomes_a_visitor(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Balint group" in page.content.decode()


def home_of(person: Person, zone: str, client: Client) -> str:
    """Return the first page of somebody who lives in this zone."""
    Person.objects.filter(pk=person.pk).update(time_zone=zone)
    client.force_login(person)
    return client.get("/").content.decode()


def test_home_names_both_zones_to_whoever_lives_elsewhere(client: Client, cast: Cast) -> None:
    at_six = datetime.combine(timezone.now().date() + timedelta(days=7), datetime.min.time(), UTC).replace(
        hour=18
    )
    type(cast.circle).objects.update(time_zone="Asia/Tokyo")
    Meeting.objects.create(group=cast.circle, starts_at=at_six, length_min=75)
    page = home_of(cast.anna, "America/Lima", client)
    assert ", 13:00 " in page
    there = f"{at_six + timedelta(hours=9):%A}"
    assert f"in America/Lima ({there} 03:00 in Asia/Tokyo)" in page


def test_home_names_no_zone_where_the_clocks_are_the_same(client: Client, cast: Cast) -> None:
    type(cast.circle).objects.update(time_zone="Europe/Vienna")
    Meeting.objects.create(group=cast.circle, starts_at=timezone.now() + timedelta(days=7), length_min=75)
    page = home_of(cast.anna, "Europe/Berlin", client)
    assert "Europe/" not in page
