"""Links by which people answer without signing in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from enid.groups import operations as groups
from enid.groups.models import Group
from enid.polls import operations
from enid.polls.access import LINK_AFTER
from enid.polls.models import Asked, Poll, Reply
from tests.cast import Cast
from tests.integration.polls.polls import DAY, NO, YES, asked, make_poll, path_of

GONE = "This link opens nothing"


@pytest.fixture
def poll(circle: Group) -> Poll:
    return make_poll(circle, names=("Elif",))


def choices(poll: Poll, *values: int) -> dict[str, str]:
    return {str(option.pk): str(int(value)) for option, value in zip(poll.options.all(), values, strict=True)}


def move_deadline(poll: Poll, by: timedelta) -> None:
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() + by)


def test_member_answers_by_the_link_of_their_letter(cast: Cast, poll: Poll) -> None:
    (letter,) = [each for each in mail.outbox if each.to == ["anna@example.org"]]
    path = "/time/" + letter.body.split("/time/")[1].split()[0]
    visitor = Client()
    assert visitor.get(path).status_code == 200
    assert visitor.post(path, choices(poll, YES, NO)).status_code == 302
    anna = asked(poll, cast.membership(cast.anna))
    assert [reply.choice for reply in anna.replies.order_by("option")] == [YES, NO]
    assert "_auth_user_id" not in visitor.session


def test_reading_a_link_answers_nothing(cast: Cast, poll: Poll) -> None:
    path = path_of(asked(poll, cast.membership(cast.anna)))
    for _ in range(3):
        Client().get(path, choices(poll, YES, YES))
        Client().head(path)
    assert not Asked.objects.filter(answered=True).exists()
    assert not Reply.objects.exists()


def test_answer_can_be_changed_until_the_deadline_and_not_after(poll: Poll, client: Client) -> None:
    elif_ = poll.asked.get(name="Elif")
    path = path_of(elif_)
    client.post(path, choices(poll, YES, YES))
    client.post(path, choices(poll, NO, YES))
    assert [reply.choice for reply in elif_.replies.order_by("option")] == [NO, YES]
    move_deadline(poll, -timedelta(minutes=1))
    late = client.post(path, choices(poll, YES, YES))
    assert late.status_code == 422
    assert "Answers are closed" in late.content.decode()
    assert [reply.choice for reply in elif_.replies.order_by("option")] == [NO, YES]


def test_link_shows_what_came_of_it_for_a_while_and_then_nothing(poll: Poll, client: Client) -> None:
    path = path_of(poll.asked.get(name="Elif"))
    move_deadline(poll, -LINK_AFTER + DAY)
    assert "Answers are closed" in client.get(path).content.decode()
    move_deadline(poll, -LINK_AFTER - DAY)
    gone = client.get(path)
    assert (gone.status_code, GONE in gone.content.decode()) == (404, True)


@pytest.mark.parametrize("secret", ["x", "A" * 43, "%00", "é" * 30, "x" * 5000])
def test_forged_links_open_nothing(poll: Poll, client: Client, secret: str) -> None:
    for found in (client.get(f"/time/{secret}/"), client.post(f"/time/{secret}/", choices(poll, YES, YES))):
        assert found.status_code == 404
        assert poll.group.name not in found.content.decode()


def test_database_alone_opens_no_link(poll: Poll, client: Client) -> None:
    for row in poll.asked.all():
        for kept in (row.seed, row.secret_hash):
            assert client.get(f"/time/{kept}/").status_code == 404


def test_withdrawn_link_opens_nothing_and_takes_the_answer_along(
    cast: Cast, poll: Poll, client: Client
) -> None:
    named = poll.asked.get(name="Elif")
    path = path_of(named)
    client.post(path, choices(poll, YES, YES))
    client.force_login(cast.marta)
    client.post(f"/groups/{poll.group_id}/polls/{poll.pk}/people/{named.pk}/withdraw/")
    assert Client().get(path).status_code == 404
    named.refresh_from_db()
    assert (named.name, named.answered, named.replies.count()) == ("", False, 0)


def test_new_link_makes_the_old_one_open_nothing(cast: Cast, poll: Poll, client: Client) -> None:
    named = poll.asked.get(name="Elif")
    old = path_of(named)
    client.force_login(cast.marta)
    client.post(f"/groups/{poll.group_id}/polls/{poll.pk}/people/{named.pk}/renew/")
    named.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(path_of(named)).status_code == 200


def test_link_of_a_member_who_left_opens_nothing(cast: Cast, poll: Poll) -> None:
    place = cast.membership(cast.anna)
    path = path_of(asked(poll, place))
    groups.leave(membership=place, at=timezone.now())
    assert Client().get(path).status_code == 404


def test_links_of_an_ended_group_open_nothing(poll: Poll, client: Client) -> None:
    path = path_of(poll.asked.get(name="Elif"))
    groups.end_group(group=poll.group, at=timezone.now())
    assert client.get(path).status_code == 404


def test_flood_of_answers_is_stopped_and_the_last_one_stays(poll: Poll) -> None:
    named = poll.asked.get(name="Elif")
    path = path_of(named)
    answers = [Client().post(path, choices(poll, YES, NO)).status_code for _ in range(31)]
    assert answers == [302] * 30 + [422]
    stopped = Client().post(path, choices(poll, NO, NO))
    assert "wait a little" in stopped.content.decode()
    assert [reply.choice for reply in named.replies.order_by("option")] == [YES, NO]
    assert Reply.objects.count() == 2


BAD = [{}, {"zone": "Mars/Base"}, {"first": "9"}, {"free": "1"}]


@pytest.mark.parametrize("sent", BAD)
def test_answers_that_are_not_whole_are_not_kept(poll: Poll, client: Client, sent: dict[str, str]) -> None:
    path = path_of(poll.asked.get(name="Elif"))
    assert client.post(path, sent).status_code == 422
    assert not Reply.objects.exists()


def test_answer_to_another_poll_is_not_taken(circle: Group, poll: Poll, client: Client) -> None:
    other = make_poll(circle)
    path = path_of(poll.asked.get(name="Elif"))
    assert client.post(path, choices(other, YES, YES)).status_code == 422
    assert not Reply.objects.exists()


def test_times_are_shown_by_the_readers_clock_with_the_groups_beside(circle: Group, client: Client) -> None:
    Group.objects.update(time_zone="Europe/Vienna")
    circle.refresh_from_db()
    poll = make_poll(circle, names=("Elif",))
    page = client.get(path_of(poll.asked.get(name="Elif")), {"zone": "Asia/Tokyo"}).content.decode()
    assert "in Asia/Tokyo" in page
    assert "18:30 in Europe/Vienna" in page
    own = client.get(path_of(poll.asked.get(name="Elif"))).content.decode()
    assert "in Asia/Tokyo" not in own


def test_zone_in_which_somebody_answered_is_remembered(poll: Poll, client: Client) -> None:
    named = poll.asked.get(name="Elif")
    client.post(path_of(named), {**choices(poll, YES, YES), "zone": "Asia/Tokyo"})
    assert "18:30 in UTC" in client.get(path_of(named)).content.decode()


def test_decided_poll_takes_no_answer_and_says_the_time(poll: Poll, client: Client) -> None:
    path = path_of(poll.asked.get(name="Elif"))
    option = poll.options.all()[0]
    operations.decide(poll=poll, day=option.day, hour=option.hour, at=timezone.now())
    page = client.get(path).content.decode()
    assert "A time is found" in page
    assert "18:30" in page
    assert client.post(path, choices(poll, YES, YES)).status_code == 422
