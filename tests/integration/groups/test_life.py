"""A group forms, runs, rests and ends, moved by its leaders; terms end with deciding anew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from enid.groups import invitations, life, operations
from enid.groups.agreement import default_text
from enid.groups.errors import CircleClosed, NotDeciding
from enid.groups.formats import PRESETS
from enid.groups.life_models import GoingOn, Waiting
from enid.groups.models import Group
from enid.groups.operations import Declaration
from enid.groups.own_data import collect, erase
from enid.groups.queries import present_agreement
from enid.meetings import operations as meetings
from enid.meetings import queries as meeting_queries
from enid.people.models import Person
from tests.cast import NOON, Cast
from tests.together import everybody_accepts

DAY = timedelta(days=1)


def fresh(person: Person) -> Group:
    return operations.start_group(
        person=person,
        settings={"name": "New circle"},
        format=PRESETS["first-75"],
        declaration=Declaration("", independent=True),
        at=NOON,
    )


def move(client: Client, group: Group, deed: str, **more: str) -> Group:
    client.post(reverse("group_life", args=[group.pk]), {"do": deed, **more})
    group.refresh_from_db()
    return group


def see(client: Client, name: str, group: Group) -> str:
    return client.get(reverse(name, args=[group.pk])).content.decode()


def test_new_group_is_forming_until_a_leader_says_or_starts(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    group = fresh(cast.marta)
    assert group.state == "forming"
    assert "The group is forming" in see(client, "group", group)
    assert move(client, group, "begin").state == "running"
    other = fresh(cast.marta)
    client.post(reverse("meeting_start", args=[other.pk]))
    other.refresh_from_db()
    assert other.state == "running"


def test_group_that_has_held_a_meeting_is_no_longer_forming(cast: Cast) -> None:
    group = fresh(cast.marta)
    meeting = meetings.plan(group=group, person=cast.marta, starts_at=NOON + DAY, length_min=75, at=NOON)
    meetings.record_closed(meeting_id=meeting.pk, present_seats=set(), at=NOON + DAY)
    group.refresh_from_db()
    assert group.state == "running"


def test_resting_group_stays_out_of_calendar_home_and_room(client: Client, cast: Cast) -> None:
    at = timezone.now()
    meeting = meetings.plan(
        group=cast.circle, person=cast.marta, starts_at=at + timedelta(minutes=5), length_min=75, at=at
    )
    secret = meetings.make_feed(person=cast.anna, busy=False, at=at)
    feed = reverse("calendar_feed", args=[secret])
    assert str(meeting.pk) in client.get(feed).content.decode()
    client.force_login(cast.marta)
    assert move(client, cast.circle, "rest").state == "resting"
    assert str(meeting.pk) not in Client().get(feed).content.decode()
    client.force_login(cast.anna)
    assert reverse("room", args=[meeting.pk]) not in client.get(reverse("home")).content.decode()
    assert "The group rests" in client.get(reverse("room", args=[meeting.pk])).content.decode()
    client.force_login(cast.marta)
    assert move(client, cast.circle, "begin").state == "running"
    assert str(meeting.pk) in Client().get(feed).content.decode()


def test_meeting_under_way_goes_on_while_the_group_rests(cast: Cast) -> None:
    at = timezone.now()
    meeting = meetings.start_now(group=cast.circle, person=cast.marta, at=at)
    meetings.record_opened(meeting_id=meeting.pk, at=at)
    life.rest(group=cast.circle, at=at)
    meeting.refresh_from_db()
    assert meeting_queries.is_open(meeting, at=at)


def test_only_leaders_move_a_group(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna)
    for deed in ("rest", "close", "decide", "last", "term"):
        assert client.post(reverse("group_life", args=[cast.circle.pk]), {"do": deed}).status_code == 404
    cast.circle.refresh_from_db()
    assert cast.circle.state == "running"
    assert cast.circle.deciding_since is None


def test_closed_circle_takes_no_new_member_and_still_a_leader(cast: Cast) -> None:
    life.close_circle(group=cast.circle, at=NOON)
    with pytest.raises(CircleClosed):
        invite(cast, "member")
    assert invite(cast, "leader")
    life.open_circle(group=cast.circle)
    assert invite(cast, "member")


def invite(cast: Cast, role: str, email: str = "") -> invitations.Invitation:
    invitee = invitations.Invitee("Mei", email, role)
    return invitations.invite(group=cast.circle, by=cast.marta, invitee=invitee, at=NOON)[0]


def test_places_are_the_size_less_members_without_leaders(cast: Cast) -> None:
    assert (cast.circle.size, life.places_open(cast.circle)) == (8, 5)


def test_whoever_waits_is_once_on_the_list_and_leaves_it_with_an_invitation(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.marta)
    for email in ("mei@example.org", "MEI@example.org"):
        client.post(reverse("group_waiting", args=[cast.circle.pk]), {"name": "Mei", "email": email})
    assert Waiting.objects.count() == 1
    assert "Mei" in see(client, "group_waiting", cast.circle)
    invite(cast, "member", "Mei@example.org")
    assert not Waiting.objects.exists()


def test_waiting_is_forgotten_after_a_year_and_with_the_account(cast: Cast) -> None:
    life.let_wait(group=cast.circle, name="Zoe", email=cast.zoe.email, at=NOON)
    life.forget_waiting(NOON + 364 * DAY)
    assert collect(cast.zoe)["waits_for_a_place"] == [{"name": "Zoe", "since": NOON.isoformat()}]
    erase(cast.zoe)
    assert not Waiting.objects.exists()
    life.let_wait(group=cast.circle, name="Zoe", email=cast.zoe.email, at=NOON)
    life.forget_waiting(NOON + 366 * DAY)
    assert not Waiting.objects.exists()


def test_talk_is_a_step_of_an_invitation(client: Client, cast: Cast) -> None:
    made = invitations.invite(
        group=cast.circle,
        by=cast.marta,
        invitee=invitations.Invitee("Mei", "", "member"),
        at=timezone.now(),
    )[0]
    client.force_login(cast.marta)
    assert "We have talked" in see(client, "group_invite", cast.circle)
    client.post(reverse("invitation_talked", args=[cast.circle.pk, made.pk]))
    assert "Not talked yet" in see(client, "group_invite", cast.circle)
    client.post(reverse("invitation_talked", args=[cast.circle.pk, made.pk]))
    made.refresh_from_db()
    assert made.talked_at is None


def test_each_says_alone_whether_they_go_on(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    move(client, cast.circle, "decide")
    for person, answer in ((cast.anna, "on"), (cast.jonas, "not_on"), (cast.priya, "unsure")):
        client.force_login(person)
        assert "decides anew" in see(client, "group", cast.circle)
        client.post(reverse("group_going_on", args=[cast.circle.pk]), {"answer": answer})
        page = see(client, "group_life", cast.circle) + see(client, "group_going_on", cast.circle)
        assert not any(name in page for name in ("Anna", "Jonas", "Priya") if name != person.name)
    client.force_login(cast.marta)
    page = see(client, "group_life", cast.circle)
    assert "Anna" in page
    assert "Jonas" not in page
    assert "Priya" not in page


def test_new_term_forgets_what_was_said(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    move(client, cast.circle, "decide")
    life.say_going_on(membership=cast.membership(cast.anna), answer="not_on", at=NOON)
    both = {"meetings": "8", "until": (timezone.localdate() + DAY).isoformat()}
    assert (
        client.post(reverse("group_life", args=[cast.circle.pk]), {"do": "term", **both}).status_code == 422
    )
    group = move(client, cast.circle, "term", meetings="8")
    assert (group.term_number, group.term_meetings, group.deciding_since) == (2, 8, None)
    assert not GoingOn.objects.exists()
    with pytest.raises(NotDeciding):
        life.say_going_on(membership=cast.membership(cast.anna), answer="on", at=NOON)


def _begin_term(cast: Cast, meetings: int | None, until: date | None = None) -> None:
    leader = cast.membership(cast.marta)
    life.begin_term(group=leader.group, meetings=meetings, until=until, by=leader, at=NOON)


@pytest.mark.parametrize("deed", ["", "dance"])
def test_move_that_nobody_knows_is_refused(client: Client, cast: Cast, deed: str) -> None:
    client.force_login(cast.marta)
    page = reverse("group_life", args=[cast.circle.pk])
    assert client.post(page, {"do": deed}).status_code == 400


def test_words_of_a_new_term_wait_for_everybody(client: Client, cast: Cast) -> None:
    _begin_term(cast, meetings=8)
    group = Group.objects.get(pk=cast.circle.pk)
    assert (group.term_meetings, group.term) == (8, "")
    client.force_login(cast.anna)
    page = see(client, "group_life", group)
    assert "This term has 8 meetings." in page
    assert "changes once everybody has accepted it" in page
    everybody_accepts(group, at=NOON)
    group.refresh_from_db()
    assert group.term == "we have met 8 more times"
    assert "changes once everybody has accepted it" not in see(client, "group_life", group)


def test_agreement_names_one_term_however_many_have_begun(cast: Cast) -> None:
    leader = cast.membership(cast.marta)
    text = default_text(cast.circle)
    operations.write_agreement(group=cast.circle, text=text, by=leader, read_number=1, at=NOON)
    operations.change_settings(group=cast.circle, settings={"term": "June"}, by=leader, at=NOON)
    for number in (8, 6):
        _begin_term(cast, meetings=number)
    everybody_accepts(cast.circle, at=NOON)
    assert present_agreement(cast.circle).text.count("Our group runs until") == 1
    assert Group.objects.get(pk=cast.circle.pk).term == "we have met 6 more times"


def test_words_of_a_new_term_stand_in_the_language_of_the_agreement(cast: Cast) -> None:
    leader = cast.membership(cast.marta)
    with translation.override("de"):
        text = default_text(cast.circle)
    operations.write_agreement(group=cast.circle, text=text, by=leader, read_number=1, at=NOON)
    everybody_accepts(cast.circle, at=NOON)
    with translation.override("en"):
        _begin_term(cast, meetings=8)
    everybody_accepts(cast.circle, at=NOON)
    assert Group.objects.get(pk=cast.circle.pk).term == "zum 8. Treffen dieses Abschnitts"


@pytest.mark.parametrize(
    ("meetings", "until", "held", "over"),
    [
        (3, None, 2, False),
        (3, None, 3, True),
        (None, date(2026, 11, 24), 0, False),
        (None, date(2026, 11, 23), 0, True),
        (None, None, 99, False),
    ],
)
def test_term_is_over_after_its_meetings_or_its_day(
    meetings: int | None, until: date | None, held: int, over: bool
) -> None:
    group = Group(term_meetings=meetings, term_until=until)
    assert life.is_over(group, held=held, today=date(2026, 11, 24)) is over


def test_end_of_a_term_is_told_to_leaders_alone(client: Client, cast: Cast) -> None:
    _begin_term(cast, meetings=None, until=timezone.localdate() - DAY)
    client.force_login(cast.marta)
    assert "The term has come to its end." in see(client, "group", cast.circle)
    client.force_login(cast.anna)
    assert "The term has come to its end." not in see(client, "group", cast.circle)


def test_last_meeting_has_its_own_course_and_can_be_taken_back(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    group = move(client, cast.circle, "last")
    assert (group.format["id"], group.length_min) == ("last-meeting-90", 90)
    client.force_login(cast.anna)
    assert "our last one" in see(client, "group", group)
    client.force_login(cast.marta)
    assert move(client, group, "not_last").ending_since is None
    assert "twelve months" in see(client, "group_end", group)


def test_group_that_goes_on_after_all_has_its_own_course_again(cast: Cast) -> None:
    own = replace(PRESETS["us-60"], id="own")
    operations.change_format(group=cast.circle, format=own, length_min=70)
    before = cast.circle.format
    life.announce_end(group=cast.circle, at=NOON)
    life.announce_end(group=cast.circle, at=NOON)
    life.take_end_back(group=cast.circle)
    group = Group.objects.get(pk=cast.circle.pk)
    assert (group.format, group.length_min, group.course_before) == (before, 70, None)


def test_person_finds_in_their_export_what_they_said_of_going_on(cast: Cast) -> None:
    life.ask_to_decide(group=cast.circle, at=NOON)
    life.say_going_on(membership=cast.membership(cast.anna), answer="unsure", at=NOON)
    assert [place["going_on"] for place in collect(cast.anna)["memberships"]] == ["unsure"]
