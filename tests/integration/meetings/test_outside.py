"""What an employer or programme learns: exactly what the agreement in force names, and nothing from before it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.core.links import hash_of
from enid.groups import operations as groups
from enid.groups import outsiders
from enid.groups.models import Acceptance, Agreement, Group, OutsideLink, Outsiders
from enid.meetings import operations, queries
from enid.meetings.models import Meeting
from tests.cast import NOON, Cast
from tests.together import everybody_accepts

DAY = timedelta(days=1)
NOTHING, MET, PRESENT = Outsiders.NOTHING, Outsiders.MET, Outsiders.PRESENT


@pytest.fixture
def house(cast: Cast) -> Cast:
    """Return the cast as if their group had begun long before the story."""
    Agreement.objects.update(agreed_at=NOON - 100 * DAY)
    Group.objects.update(outsiders_since=NOON - 100 * DAY)
    cast.circle.refresh_from_db()
    return cast


def _agree(cast: Cast, day: int, **terms: str) -> None:
    """Let the whole circle agree to terms at noon of a day."""
    at = NOON + day * DAY
    groups.change_settings(group=cast.circle, settings=terms, by=cast.membership(cast.marta), at=at)
    everybody_accepts(cast.circle, at=at)


def _hold(cast: Cast, day: int, *, confirmed: bool = True) -> Meeting:
    """Hold a meeting an hour after noon of a day, with Marta and Anna."""
    at = NOON + day * DAY + timedelta(hours=1)
    meeting = Meeting.objects.create(group=cast.circle, starts_at=at, opened_at=at)
    present = {cast.membership(each) for each in (cast.marta, cast.anna)}
    operations.record_closed(
        meeting_id=meeting.pk, present_seats={place.seat for place in present}, at=at + timedelta(hours=1)
    )
    meeting.refresh_from_db()
    if confirmed:
        who = {place.pk for place in present}
        operations.confirm_attendance(meeting=meeting, person=cast.marta, present=who, at=at + DAY)
    return meeting


def _seen(cast: Cast) -> dict[int, tuple[str, ...]]:
    """Return day -> names, as an outsider sees them now."""
    lines = queries.seen_from_outside(Group.objects.get(pk=cast.circle.pk))
    return {(line.starts_at - NOON).days: line.present for line in lines}


BOTH = ("Anna", "Marta")


@dataclass(frozen=True)
class Story:
    """Rules agreed on days (with meetings held on days 1, 3 and 5), and what is seen in the end."""

    name: str
    rules: tuple[tuple[int, str], ...]
    seen: dict[int, tuple[str, ...]]


STORIES = [
    Story("nothing from the start", (), {}),
    Story("that the group met", ((0, MET),), {1: (), 3: (), 5: ()}),
    Story("present, by name", ((0, PRESENT),), {1: BOTH, 3: BOTH, 5: BOTH}),
    Story("met, then names: no name from before", ((0, MET), (2, PRESENT)), {3: BOTH, 5: BOTH}),
    Story("names, then met: names of the past go too", ((0, PRESENT), (4, MET)), {5: ()}),
    Story("names, then nothing", ((0, PRESENT), (4, NOTHING)), {}),
    Story("nothing meanwhile: what was held back stays so", ((0, MET), (2, NOTHING), (4, MET)), {5: ()}),
    Story("names agreed late", ((4, PRESENT),), {5: BOTH}),
    Story("names agreed after the last meeting", ((6, PRESENT),), {}),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_outsiders_learn_exactly_what_the_agreement_in_force_names(house: Cast, story: Story) -> None:
    rules = dict(story.rules)
    for day in range(7):
        if day in rules:
            _agree(house, day, outsiders=rules[day])
        if day in (1, 3, 5):
            _hold(house, day)
    assert _seen(house) == story.seen


def test_proposal_shows_outsiders_nothing_more(house: Cast) -> None:
    _agree(house, 0, outsiders=MET)
    _hold(house, 1)
    groups.change_settings(
        group=house.circle, settings={"outsiders": PRESENT}, by=house.membership(house.marta), at=NOON
    )
    assert _seen(house) == {1: ()}


def test_meeting_that_nobody_confirmed_is_not_seen(house: Cast) -> None:
    _agree(house, 0, outsiders=PRESENT)
    _hold(house, 1, confirmed=False)
    assert _seen(house) == {}


def test_other_version_about_something_else_takes_no_name_away(house: Cast) -> None:
    _agree(house, 0, outsiders=PRESENT)
    _hold(house, 1)
    groups.leave(membership=house.membership(house.anna), at=NOON + 2 * DAY)
    _agree(house, 3, term="June")
    assert _seen(house) == {1: BOTH}


def test_who_never_accepted_is_not_named(house: Cast) -> None:
    _agree(house, 0, outsiders=PRESENT)
    Acceptance.objects.filter(membership=house.membership(house.anna), agreement__number=2).delete()
    _hold(house, 1)
    assert _seen(house) == {1: ("Marta",)}


@pytest.fixture
def link(house: Cast, client: Client) -> str:
    """Return the path that Marta hands to the hospital, which may know who was present."""
    _agree(house, 0, outsiders=PRESENT, outsiders_who="The hospital")
    _hold(house, 1)
    client.force_login(house.marta)
    page = client.post(reverse("outside_link_make", args=[house.circle.pk]))
    client.logout()
    return str(page.context["link"]).split("/", 3)[3]


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_programme_sees_by_its_link_what_members_see_they_see(house: Cast, link: str, client: Client) -> None:
    programmes = _page(Client(), f"/{link}")
    client.force_login(house.jonas)
    members = _page(client, reverse("group_outside", args=[house.circle.pk]))
    whole = programmes.split("lets you know</h1>")[1].split("</main>")[0].strip()
    assert "Anna, Marta" in whole
    assert "Jonas" not in whole
    assert whole in members
    assert "They have a link to this page since" in members


def test_withdrawn_link_opens_nothing(house: Cast, link: str, client: Client) -> None:
    client.force_login(house.marta)
    client.post(reverse("outside_link_withdraw", args=[house.circle.pk]))
    answer = Client().get(f"/{link}")
    assert answer.status_code == 404
    assert house.circle.name not in answer.content.decode()


def test_new_link_takes_the_place_of_the_old(house: Cast, link: str, client: Client) -> None:
    client.force_login(house.marta)
    client.post(reverse("outside_link_make", args=[house.circle.pk]))
    assert Client().get(f"/{link}").status_code == 404


@pytest.mark.parametrize("terms", [{"outsiders": NOTHING}, {"outsiders_who": "The university"}])
def test_link_dies_when_the_agreement_names_its_holder_no_more(
    house: Cast, link: str, terms: dict[str, str]
) -> None:
    _agree(house, 4, **terms)
    assert Client().get(f"/{link}").status_code == 404
    assert not OutsideLink.objects.exists()


def test_another_employer_learns_nothing_from_before(house: Cast) -> None:
    _agree(house, 0, outsiders=PRESENT, outsiders_who="The hospital")
    _hold(house, 1)
    _agree(house, 2, outsiders_who="The university")
    assert _seen(house) == {}


def test_stricter_rule_reaches_the_link_that_is_out(house: Cast, link: str) -> None:
    _agree(house, 4, outsiders=MET)
    page = _page(Client(), f"/{link}")
    assert "That the group met" in page
    assert "Anna" not in page


def test_no_link_is_made_where_outsiders_learn_nothing(house: Cast, client: Client) -> None:
    client.force_login(house.marta)
    page = client.post(reverse("outside_link_make", args=[house.circle.pk]), follow=True)
    assert "There is no link to make." in page.content.decode()
    assert not OutsideLink.objects.exists()


def test_member_makes_and_withdraws_no_link(house: Cast, link: str, client: Client) -> None:
    client.force_login(house.anna)
    for name in ("outside_link_make", "outside_link_withdraw"):
        assert client.post(reverse(name, args=[house.circle.pk])).status_code == 404
    assert Client().get(f"/{link}").status_code == 200


def test_link_of_an_ended_group_opens_nothing(house: Cast, link: str) -> None:
    groups.end_group(group=house.circle, at=timezone.now())
    assert Client().get(f"/{link}").status_code == 404


def test_link_is_kept_as_a_hash(house: Cast, link: str) -> None:
    assert OutsideLink.objects.get().secret_hash == hash_of(link.strip("/").split("/")[-1])
    assert outsiders.find("x" * 32) is None
