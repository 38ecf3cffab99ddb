"""A poll from the question to the time that is taken."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import operations as groups
from enid.groups.models import Group
from enid.meetings.models import Meeting, Series
from enid.people.models import Letter
from enid.polls import operations
from enid.polls.candidates import candidates
from enid.polls.errors import (
    AlreadyDecided,
    AlreadyReminded,
    NobodyToRemind,
    TooManyNames,
    TooManyPolls,
    Undecidable,
)
from enid.polls.models import Poll
from enid.polls.queries import standing
from tests.cast import Cast, make_person
from tests.integration.polls.polls import (
    DAY,
    IF_NEED_BE,
    NO,
    YES,
    answer,
    asked,
    in_days,
    make_hours_poll,
    make_poll,
)


@pytest.fixture
def leader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.marta)
    return client


def form(**changed: object) -> dict[str, str]:
    filled = {
        "day_1": in_days(21),
        "hour_1": "18:30",
        "day_2": in_days(23),
        "hour_2": "12:00",
        "rhythm": "fortnightly",
        "many": 4,
        "length_min": 75,
        "until": in_days(7),
        "names": "Elif\nSam",
    }
    return {name: str(value) for name, value in {**filled, **changed}.items()}


def texts(to: str) -> list[str]:
    return [letter.body for letter in mail.outbox if letter.to == [to]]


def test_leader_asks_and_everybody_is_written_to_once(leader: Client, circle: Group) -> None:
    made = leader.post(reverse("poll_times", args=[circle.pk]), form())
    poll = Poll.objects.get()
    assert made["Location"] == reverse("poll_people", args=[circle.pk, poll.pk])
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        f"{name}@example.org" for name in ("anna", "jonas", "marta", "priya", "ruth")
    ]
    assert sorted(poll.asked.filter(membership=None).values_list("name", flat=True)) == ["Elif", "Sam"]
    assert [option.hour.hour for option in poll.options.all()] == [18, 12]
    page = leader.get(made["Location"]).content.decode()
    assert page.count("/time/") == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"day_2": "", "hour_2": ""}, "at least two times"),
        ({"day_2": ""}, "its day and its hour"),
        ({"day_2": in_days(21), "hour_2": "18:30"}, "stands there twice"),
        ({"day_1": in_days(-1)}, "has passed"),
        ({"until": in_days(22)}, "before the first meeting"),
        ({"until": in_days(-1)}, "a day to come"),
        ({"until": "9999-12-31"}, "ninety days"),
        ({"day_1": "9999-12-31"}, "two years ahead"),
        ({"names": "\n".join(f"N{n}" for n in range(13))}, "Twelve people"),
        ({"names": "Elif\n\u0301"}, "cannot be seen"),
        ({"names": "x" * 61}, "60"),
        ({"rhythm": "hourly"}, "Select a valid choice"),
    ],
)
def test_question_that_cannot_be_asked_is_given_back(
    leader: Client, circle: Group, changed: dict[str, object], says: str
) -> None:
    back = leader.post(reverse("poll_times", args=[circle.pk]), form(**changed))
    assert back.status_code == 422
    assert says in back.content.decode()
    assert (Poll.objects.count(), len(mail.outbox)) == (0, 0)


def test_hour_that_the_clocks_skip_is_no_time_to_ask_about(leader: Client, circle: Group) -> None:
    Group.objects.update(time_zone="Europe/London")
    # Both dates are far beyond the deadline that a poll may have; the missing hour is said first.
    back = leader.post(
        reverse("poll_times", args=[circle.pk]), form(day_2="2027-03-28", hour_2="01:30", rhythm="")
    )
    assert "That hour does not exist" in back.content.decode()


def test_group_asks_five_questions_at_once_and_no_more(circle: Group) -> None:
    for _ in range(5):
        make_poll(circle)
    with pytest.raises(TooManyPolls):
        make_poll(circle)


def test_circle_has_room_for_twelve_names(circle: Group) -> None:
    poll = make_poll(circle, names=tuple("abcdefghijkl"))
    with pytest.raises(TooManyNames):
        operations.name_people(poll=poll, names=("m",), at=timezone.now())


def test_leaders_see_what_each_time_costs_whom(cast: Cast, leader: Client, circle: Group) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.marta), YES, YES)
    answer(poll, cast.membership(cast.anna), NO, YES)
    answer(poll, cast.membership(cast.jonas), YES, IF_NEED_BE, zone="Australia/Sydney")
    page = leader.get(reverse("poll_result", args=[circle.pk, poll.pk])).content.decode()
    noon, evening = page.index("12:00"), page.index("18:30")
    assert noon < evening
    assert "Only if need be: Jonas." in page[noon:evening]
    assert "Cannot: Anna." in page[evening:]
    assert "Early or late for Jonas" in page
    assert "No answer yet:" in page
    assert "Ruth" in page


def test_time_without_a_leader_stands_last(cast: Cast, circle: Group, leader: Client) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.ruth), YES, NO)
    answer(poll, cast.membership(cast.anna), NO, YES)
    answer(poll, cast.membership(cast.jonas), NO, YES)
    page = leader.get(reverse("poll_result", args=[circle.pk, poll.pk])).content.decode()
    assert page.index("18:30") < page.index("12:00") < page.index("Without a leader: Ruth cannot.")


def test_leaders_are_shown_times_that_are_fairer_in_turn(cast: Cast, leader: Client, circle: Group) -> None:
    poll = make_poll(circle)
    path = reverse("poll_result", args=[circle.pk, poll.pk])
    answer(poll, cast.membership(cast.anna), IF_NEED_BE, YES)
    assert "Or in turn" not in leader.get(path).content.decode()
    answer(poll, cast.membership(cast.jonas), YES, IF_NEED_BE)
    page = leader.get(path).content.decode()
    assert "18:30" in page[page.index("Or in turn") :]
    assert "12:00" in page[page.index("Or in turn") :]


def test_members_see_their_own_answer_and_nobody_elses(cast: Cast, client: Client, circle: Group) -> None:
    poll = make_poll(circle, names=("Elif",))
    answer(poll, cast.membership(cast.jonas), NO, IF_NEED_BE)
    answer(poll, cast.membership(cast.anna), IF_NEED_BE, YES)
    client.force_login(cast.anna)
    page = client.get(reverse("poll", args=[circle.pk, poll.pk])).content.decode()
    assert page.count("checked") == 2
    for other in ("Jonas", "Elif", "Cannot", "Priya"):
        assert other not in page
    operations.decide(
        poll=poll, day=poll.options.all()[0].day, hour=poll.options.all()[0].hour, at=timezone.now()
    )
    after = client.get(reverse("poll", args=[circle.pk, poll.pk])).content.decode()
    assert "if need be" in after
    assert "Jonas" not in after


def test_painted_hours_are_judged_on_the_real_dates(cast: Cast, circle: Group) -> None:
    Group.objects.update(time_zone="Europe/Vienna")
    circle.refresh_from_db()
    poll = make_hours_poll(circle)
    tuesday_evening = frozenset(range(48 + 36, 48 + 42))  # 18:00 to 21:00
    for person, zone in ((cast.marta, "Europe/Vienna"), (cast.anna, "Europe/London")):
        operations.answer_hours(
            asked=asked(poll, cast.membership(person)), free=tuesday_evening, zone=zone, at=poll.made_at
        )
    best = standing(poll).ranked[0]
    assert best.candidate.days[0].weekday() == 1
    assert best.candidate.hour.hour == 19  # 18:00 in London
    assert not any(toll.cannot for toll in best.tolls)


def test_every_day_of_the_week_is_weighed_in_any_rhythm(leader: Client, circle: Group) -> None:
    path = reverse("poll_hours", args=[circle.pk])
    asked_for = {"first": in_days(21), "until": in_days(7), "length_min": 75, "many": 4}
    for rhythm, status in (("monthly_last", 422), ("four_weeks", 302), ("", 302)):
        sent = {name: str(value) for name, value in asked_for.items()}
        assert leader.post(path, {**sent, "rhythm": rhythm}).status_code == status
    assert [len(candidates(poll)) for poll in Poll.objects.all()] == [336, 336]


def test_painted_hours_are_not_shown_to_leaders(cast: Cast, leader: Client, circle: Group) -> None:
    poll = make_hours_poll(circle)
    free = frozenset({48 + 40, 48 + 41, 48 + 42})
    operations.answer_hours(
        asked=asked(poll, cast.membership(cast.anna)), free=free, zone="UTC", at=poll.made_at
    )
    page = leader.get(reverse("poll_result", args=[circle.pk, poll.pk])).content.decode()
    assert "checked" not in page
    assert 1 < page.count("Take this time") <= 9


def test_painting_is_kept_and_read_by_another_clock(cast: Cast, client: Client, circle: Group) -> None:
    poll = make_hours_poll(circle)
    client.force_login(cast.anna)
    path = reverse("poll", args=[circle.pk, poll.pk])
    client.post(path, {"free": ["88", "89"], "zone": "UTC"})
    assert {"88", "89"} == painted(client, path)
    assert {"106", "107"} == painted(client, path + "?zone=Asia/Tokyo")
    client.post(path, {"free": ["106"], "zone": "Asia/Tokyo"})
    assert {"106"} == painted(client, path)


def painted(client: Client, path: str) -> set[str]:
    page = client.get(path)
    return {str(cell.half) for row in page.context["week"].rows for cell in row.cells if cell.free}


@pytest.mark.parametrize("free", [["336"], ["-1"], ["x"], ["9" * 30], ["1"] * 400])
def test_bad_hours_are_refused_or_counted_once(
    cast: Cast, client: Client, circle: Group, free: list[str]
) -> None:
    poll = make_hours_poll(circle)
    client.force_login(cast.anna)
    path = reverse("poll", args=[circle.pk, poll.pk])
    status = client.post(path, {"free": free, "zone": "UTC"}).status_code
    assert status == (302 if free[0] == "1" else 422)
    assert len(painted(client, path)) == (status == 302)


def test_member_who_joined_later_answers_too(cast: Cast, client: Client, circle: Group) -> None:
    poll = make_poll(circle)
    late = make_person("Mei")
    circle.memberships.create(person=late)
    client.force_login(late)
    path = reverse("poll", args=[circle.pk, poll.pk])
    client.get(path)
    assert not poll.asked.filter(membership__person=late).exists()
    options = [str(pk) for pk in poll.options.values_list("pk", flat=True)]
    client.post(path, dict.fromkeys(options, "2"))
    assert poll.asked.get(membership__person=late).answered


def test_who_left_counts_no_more(cast: Cast, circle: Group) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.anna), NO, NO)
    groups.leave(membership=cast.membership(cast.anna), at=timezone.now())
    assert standing(poll).names == {}
    assert "Anna" not in standing(poll).silent


def test_reminder_goes_once_and_only_to_those_who_have_not_answered(
    cast: Cast, leader: Client, circle: Group
) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.anna), YES, YES)
    mail.outbox.clear()
    path = reverse("poll_remind", args=[circle.pk, poll.pk])
    leader.post(path)
    leader.post(path)
    assert operations.remind_due(poll.closes_at - timedelta(hours=1)) == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        f"{name}@example.org" for name in ("jonas", "marta", "priya", "ruth")
    ]


def test_reminder_carries_the_link_of_the_first_letter(cast: Cast, circle: Group) -> None:
    poll = make_poll(circle)
    operations.remind(poll=poll, at=timezone.now())
    first, second = texts("anna@example.org")
    assert first.split("/time/")[1].split()[0] == second.split("/time/")[1].split()[0]


def test_reminder_goes_by_itself_a_day_before_the_deadline(circle: Group) -> None:
    poll = make_poll(circle)
    assert operations.remind_due(poll.closes_at - DAY - timedelta(minutes=1)) == 0
    assert operations.remind_due(poll.closes_at - DAY + timedelta(minutes=1)) == 5
    assert operations.remind_due(poll.closes_at - DAY + timedelta(minutes=11)) == 0


def test_poll_of_a_day_reminds_nobody_by_itself(circle: Group) -> None:
    at = timezone.now()
    make_poll(circle, at=at, closes_at=at + DAY)
    assert operations.remind_due(at + timedelta(hours=20)) == 0


def test_nobody_is_reminded_when_all_have_answered(cast: Cast, circle: Group) -> None:
    poll = make_poll(circle)
    for person in (cast.marta, cast.ruth, cast.anna, cast.jonas, cast.priya):
        answer(poll, cast.membership(person), YES, YES)
    with pytest.raises(NobodyToRemind):
        operations.remind(poll=poll, at=timezone.now())


def test_worker_that_looked_before_another_reminded_sends_nothing(circle: Group) -> None:
    poll = make_poll(circle)
    at = poll.closes_at - timedelta(hours=5)
    seen_before = Poll.objects.get()
    operations.remind_due(at)
    mail.outbox.clear()
    with pytest.raises(AlreadyReminded):
        operations.remind(poll=seen_before, at=at)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_reminder(cast: Cast, settings: object) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lives in memory, where threads lock each other out")
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"  # type: ignore[attr-defined]
    poll = make_poll(cast.circle)
    Letter.objects.all().delete()
    at = poll.closes_at - timedelta(hours=5)

    def work(_: int) -> int:
        try:
            return operations.remind_due(at)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        sent = list(workers.map(work, range(4)))
    assert sorted(sent) == [0, 0, 0, 5]
    assert Letter.objects.count() == 5
    with pytest.raises(AlreadyReminded):
        operations.remind(poll=poll, at=at)


def test_time_that_is_taken_is_told_and_leads_to_a_plan_that_is_filled_in(
    cast: Cast, leader: Client, circle: Group
) -> None:
    poll = make_poll(circle)
    answer(poll, cast.membership(cast.anna), YES, YES)
    mail.outbox.clear()
    option = poll.options.all()[0]
    address = reverse("poll_choose", args=[circle.pk, poll.pk]) + f"?day={option.day}&hour=18:30"
    assert "those who answered are told" in leader.get(address).content.decode()
    assert mail.outbox == []
    onwards = leader.post(address)["Location"]
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]
    assert "18:30" in mail.outbox[0].body
    assert "every second week, 4 meetings" in mail.outbox[0].body
    plan = leader.get(onwards).context["form"]
    sent = {
        name: plan[name].value() for name in ("first", "hour", "time_zone", "rhythm", "many", "length_min")
    }
    leader.post(onwards.partition("?")[0], {**sent, "do": "keep"})
    assert Series.objects.get().first_date == option.day
    assert Meeting.objects.count() == 4


def test_single_meeting_leads_to_its_own_plan(leader: Client, circle: Group) -> None:
    poll = make_poll(circle, rhythm="")
    option = poll.options.all()[1]
    address = reverse("poll_choose", args=[circle.pk, poll.pk]) + f"?day={option.day}&hour=12:00"
    onwards = leader.post(address)["Location"]
    plan = leader.get(onwards).context["form"]
    leader.post(onwards, {name: plan[name].value() for name in ("day", "hour", "length_min")})
    assert Meeting.objects.get().starts_at.hour == 12


def test_only_a_time_that_was_asked_about_can_be_taken_and_only_once(leader: Client, circle: Group) -> None:
    poll = make_poll(circle)
    option = poll.options.all()[0]
    with pytest.raises(Undecidable):
        operations.decide(poll=poll, day=option.day, hour=option.hour.replace(hour=3), at=timezone.now())
    operations.decide(poll=poll, day=option.day, hour=option.hour, at=timezone.now())
    with pytest.raises(AlreadyDecided):
        operations.decide(poll=poll, day=option.day, hour=option.hour, at=timezone.now())
    choose = reverse("poll_choose", args=[circle.pk, poll.pk])
    assert leader.get(f"{choose}?day={option.day}&hour=18:30").status_code == 302
    for bad in ("", "?day=x&hour=y", "?day=2026-13-01&hour=25:00", "?day=0001-01-01&hour=00:00"):
        assert leader.get(choose + bad).status_code in (302, 404)


def test_letters_speak_the_readers_language_and_clock(cast: Cast, circle: Group) -> None:
    cast.anna.language, cast.anna.time_zone = "de", "Asia/Tokyo"
    cast.anna.save()
    make_poll(circle)
    (text,) = texts("anna@example.org")
    assert text.startswith("Guten Tag, Anna")
    assert "in Asia/Tokyo" in text


def test_deleted_question_takes_every_answer_along(cast: Cast, leader: Client, circle: Group) -> None:
    poll = make_poll(circle, names=("Elif",))
    answer(poll, cast.membership(cast.anna), YES, YES)
    leader.post(reverse("poll_end", args=[circle.pk, poll.pk]))
    assert not Poll.objects.exists()
    assert leader.get(reverse("group_polls", args=[circle.pk])).status_code == 200
