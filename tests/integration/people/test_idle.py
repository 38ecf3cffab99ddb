"""An account that nobody uses for two years: told, then erased, unless somebody comes back or is needed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from enid.groups import operations as groups
from enid.people import idle
from enid.people.models import Letter, Person
from tests.cast import Cast, make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> None:
    settings.SMTP_URL = "smtp://mail.example.org"


def unused(person: Person, days: int) -> None:
    Person.objects.filter(pk=person.pk).update(seen_on=timezone.now().date() - days * DAY)


def exists(person: Person) -> bool:
    return Person.objects.filter(pk=person.pk).exists()


def letters(person: Person) -> list[Letter]:
    return list(Letter.objects.filter(to=person.email))


def test_person_is_told_a_month_before_once_and_in_their_language(cast: Cast) -> None:
    Person.objects.filter(pk=cast.zoe.pk).update(language="de")
    unused(cast.zoe, 699)
    idle.sweep(timezone.now())
    assert letters(cast.zoe) == []
    idle.sweep(timezone.now() + DAY)
    idle.sweep(timezone.now() + 2 * DAY)
    (told,) = letters(cast.zoe)
    assert "wird nach dem" in told.body
    assert "http://localhost:8000" in told.body


def test_who_does_not_come_is_erased_thirty_days_later_and_nobody_else(cast: Cast) -> None:
    unused(cast.zoe, 700)
    now = timezone.now()
    idle.sweep(now)
    idle.sweep(now + 29 * DAY)
    assert exists(cast.zoe)
    idle.sweep(now + 30 * DAY)
    assert not exists(cast.zoe)
    assert exists(cast.anna)
    assert letters(cast.zoe) == []


def test_nobody_is_erased_untold_however_long_they_were_away(cast: Cast) -> None:
    unused(cast.zoe, 3000)
    idle.sweep(timezone.now())
    idle.sweep(timezone.now() + DAY)
    assert exists(cast.zoe)
    assert len(letters(cast.zoe)) == 1


def test_a_page_opened_while_signed_in_keeps_the_account(client: Client, cast: Cast) -> None:
    unused(cast.zoe, 700)
    now = timezone.now()
    idle.sweep(now)
    client.force_login(cast.zoe)
    client.get("/")
    idle.sweep(now + 31 * DAY)
    cast.zoe.refresh_from_db()
    assert (cast.zoe.seen_on, cast.zoe.told_idle_on) == (now.date(), None)


def test_only_the_day_is_kept(client: Client, cast: Cast) -> None:
    client.force_login(cast.zoe)
    client.get("/")
    kept = Person.objects.values_list("seen_on", flat=True).get(pk=cast.zoe.pk)
    assert type(kept) is date


def test_member_of_a_group_is_erased_from_it(cast: Cast) -> None:
    unused(cast.anna, 700)
    now = timezone.now()
    idle.sweep(now)
    idle.sweep(now + 30 * DAY)
    assert not exists(cast.anna)
    assert cast.circle.memberships.filter(left_at=None).count() == 4


def test_only_leader_is_told_and_stays_until_somebody_else_leads(cast: Cast) -> None:
    groups.stop_leading(leader=cast.membership(cast.ruth), at=timezone.now())
    unused(cast.marta, 700)
    now = timezone.now()
    idle.sweep(now)
    assert "You are the only leader of “Tuesday circle”." in letters(cast.marta)[0].body
    idle.sweep(now + 60 * DAY)
    assert exists(cast.marta)
    groups.end_group(group=cast.circle, at=now)
    idle.sweep(now + 61 * DAY)
    assert not exists(cast.marta)
    assert letters(cast.marta) == []


def test_those_who_are_needed_do_not_stand_in_the_way_of_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "MOST_AT_ONCE", 2)
    groups.stop_leading(leader=cast.membership(cast.ruth), at=timezone.now())
    for person, days in ((cast.marta, 800), (cast.zoe, 750), (cast.karl, 740), (cast.jonas, 735)):
        unused(person, days)
    now = timezone.now()
    for days in (0, 1, 31):
        idle.sweep(now + days * DAY)
    assert [exists(person) for person in (cast.marta, cast.zoe, cast.karl, cast.jonas)] == [
        True,
        False,
        False,
        True,
    ]
    idle.sweep(now + 32 * DAY)
    assert not exists(cast.jonas)


def test_last_administrator_stays_and_is_not_told(cast: Cast) -> None:
    ada = make_person("Ada", is_administrator=True)
    unused(ada, 3000)
    now = timezone.now()
    for days in (0, 31):
        idle.sweep(now + days * DAY)
    assert exists(ada)
    assert letters(ada) == []


def test_one_of_two_administrators_goes_and_the_other_stays(cast: Cast) -> None:
    ada, eve = (make_person(name, is_administrator=True) for name in ("Ada", "Eve"))
    for person in (ada, eve):
        unused(person, 3000)
    now = timezone.now()
    for days in (0, 31, 62):
        idle.sweep(now + days * DAY)
    assert (exists(ada), exists(eve)) in {(True, False), (False, True)}


def test_without_a_mail_server_nobody_is_told_or_erased(cast: Cast, settings: Settings) -> None:
    settings.SMTP_URL = ""
    unused(cast.zoe, 3000)
    now = timezone.now()
    for days in (0, 31):
        idle.sweep(now + days * DAY)
    assert exists(cast.zoe)
    assert letters(cast.zoe) == []
