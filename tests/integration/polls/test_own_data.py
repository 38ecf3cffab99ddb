"""One's own data in polls: exported whole, erased whole, and gone in time."""

import json
from datetime import timedelta

from django.utils import timezone

from enid.groups.models import Group
from enid.polls import operations, own_data
from enid.polls.models import Asked, Option, Poll, Reply
from enid.site import sweeps
from tests.cast import NOON, Cast
from tests.integration.polls.polls import DAY, IF_NEED_BE, NO, YES, answer, asked, make_hours_poll, make_poll


def test_export_holds_what_a_person_answered_and_nobody_else(cast: Cast, circle: Group) -> None:
    poll = make_poll(circle, names=("Elif",))
    answer(poll, cast.membership(cast.anna), YES, IF_NEED_BE)
    answer(poll, cast.membership(cast.jonas), NO, NO)
    hours = make_hours_poll(circle)
    operations.answer_hours(
        asked=asked(hours, cast.membership(cast.anna)), free=frozenset({84}), zone="UTC", at=timezone.now()
    )
    data = own_data.collect(cast.anna)["polls"]
    assert [each["answer"] for each in data[0]["times"]] == ["yes", "if need be"]
    assert data[1]["free_half_hours"] == ["2 18:00"]
    text = json.dumps(data)
    assert "Elif" not in text
    assert '"no"' not in text


def test_erasure_leaves_no_row_of_the_person(cast: Cast, circle: Group) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.anna), YES, NO)
    answer(poll, cast.membership(cast.jonas), YES, NO)
    own_data.erase(cast.anna)
    assert not Asked.objects.filter(membership__person=cast.anna).exists()
    assert Reply.objects.count() == 2
    assert own_data.blocks(cast.marta) == []


def sweep(at: object) -> None:
    for each in sweeps.ALL.values():
        each(at)  # type: ignore[arg-type]


def test_question_goes_a_month_after_its_deadline(circle: Group) -> None:
    poll = make_poll(circle, at=NOON, names=("Elif",))
    sweep(poll.closes_at + 29 * DAY)
    assert Poll.objects.count() == 1
    sweep(poll.closes_at + 31 * DAY)
    for rows in (Poll, Option, Asked, Reply):
        assert rows.objects.count() == 0


def test_question_goes_a_month_after_it_was_decided(circle: Group) -> None:
    poll = make_poll(circle, at=NOON, closes_at=NOON + 20 * DAY)
    option = poll.options.all()[0]
    operations.decide(poll=poll, day=option.day, hour=option.hour, at=NOON + DAY)
    sweep(NOON + 30 * DAY)
    assert Poll.objects.count() == 1
    sweep(NOON + 31 * DAY + timedelta(minutes=1))
    assert Poll.objects.count() == 0
