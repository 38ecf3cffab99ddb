"""Every address of a poll, opened by everybody: only those who may know learn that it exists."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from enid.groups import operations as groups
from enid.groups.models import Group
from enid.people.models import Person
from enid.polls import urls
from enid.polls.models import Asked, Poll, Reply
from tests.cast import Cast, make_group, make_person
from tests.integration.polls.polls import answer, make_poll

# name -> the answers of a leader and of a member to reading the page; everybody else meets 404.
PAGES = {
    "group_polls": (200, 200),
    "poll_times": (200, 404),
    "poll_hours": (200, 404),
    "poll": (200, 200),
    "poll_result": (200, 404),
    "poll_choose": (200, 404),
    "poll_end": (200, 404),
    "poll_people": (200, 404),
}
PRESSES = {"poll_remind", "poll_renew", "poll_withdraw"}
OPEN_DOORS = {"poll_link"}
OF_THE_GROUP = {"group_polls", "poll_times", "poll_hours"}


@dataclass(frozen=True)
class World:
    """A poll of the circle with somebody named in it; and who looks at it."""

    group: Group
    poll: Poll
    named: Asked
    people: dict[str, Person | None]

    def address(self, name: str, group_id: object = None) -> str:
        arguments: list[object] = [group_id or self.group.pk]
        if name not in OF_THE_GROUP:
            arguments.append(self.poll.pk)
        if name in ("poll_renew", "poll_withdraw"):
            arguments.append(self.named.pk)
        option = self.poll.options.first()
        time = f"?day={option.day}&hour={option.hour:%H:%M}" if name == "poll_choose" and option else ""
        return reverse(name, args=arguments) + time


@pytest.fixture
def world(cast: Cast, circle: Group) -> World:
    poll = make_poll(circle, names=("Elif",))
    answer(poll, cast.membership(cast.anna), Reply.Choice.YES, Reply.Choice.NO)  # type: ignore[arg-type]
    groups.leave(membership=cast.membership(cast.priya), at=timezone.now())
    other = make_person("Otto")
    make_group("Thursday circle", [other], [])
    people = {
        "leader": cast.marta,
        "member": cast.anna,
        "former member": cast.priya,
        "stranger": cast.zoe,
        "coordinator": cast.karl,
        "another group's leader": other,
        "nobody": None,
    }
    return World(circle, poll, poll.asked.get(name="Elif"), people)


def test_walk_knows_every_address() -> None:
    names = {str(pattern.name) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert names == PAGES.keys() | PRESSES | OPEN_DOORS


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_opens_only_for_those_who_may_know(world: World, name: str) -> None:
    expected = dict(zip(("leader", "member"), PAGES[name], strict=True))
    for role, person in world.people.items():
        client = Client()
        if person:
            client.force_login(person)
        found = client.get(world.address(name))
        assert found.status_code == (expected.get(role, 404) if person else 302), role
        if found.status_code == 404:
            assert world.group.name not in found.content.decode()


@pytest.mark.parametrize("name", sorted(PAGES.keys() | PRESSES))
def test_press_changes_nothing_for_those_who_may_not_know(world: World, name: str) -> None:
    before = _state()
    for role in ("former member", "stranger", "coordinator", "another group's leader"):
        client = Client()
        client.force_login(world.people[role])
        assert client.post(world.address(name)).status_code in (404, 405), role
    assert Client().post(world.address(name)).status_code in (302, 405)
    assert _state() == before


@pytest.mark.parametrize(
    "name", sorted({name for name, (_, member) in PAGES.items() if member == 404} | PRESSES)
)
def test_member_presses_nothing_that_is_for_leaders(world: World, client: Client, name: str) -> None:
    before = _state()
    client.force_login(world.people["member"])
    assert client.post(world.address(name)).status_code in (404, 405)
    assert _state() == before


def _state() -> list[object]:
    polls = Poll.objects.values_list("pk", "reminded_at", "decided_at")
    asked = Asked.objects.order_by("pk").values_list("pk", "secret_hash", "answered", "withdrawn_at")
    return [*polls, *asked, *Reply.objects.order_by("pk").values_list("pk", "choice")]


@pytest.mark.parametrize("name", sorted(PRESSES))
def test_press_is_not_an_address_to_read(world: World, client: Client, name: str) -> None:
    client.force_login(world.people["leader"])
    assert client.get(world.address(name)).status_code == 405


def test_poll_is_not_found_below_another_group(world: World, client: Client) -> None:
    other = Group.objects.get(name="Thursday circle").pk
    client.force_login(world.people["another group's leader"])
    for name in PAGES.keys() - OF_THE_GROUP:
        assert client.get(world.address(name, other)).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**9, 2**63, 10**30])
def test_numbers_that_name_nobody_are_plain_404s(world: World, client: Client, pk: int) -> None:
    client.force_login(world.people["leader"])
    for name in ("poll_renew", "poll_withdraw"):
        address = reverse(name, args=[world.group.pk, world.poll.pk, pk])
        assert client.post(address).status_code == 404
    assert client.get(reverse("poll", args=[world.group.pk, uuid4()])).status_code == 404
