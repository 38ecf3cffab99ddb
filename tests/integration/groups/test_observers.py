"""Observers: all say yes, each alone, or not this time; anyone stops it, and nobody learns who."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enid.groups import observers, operations
from enid.groups.errors import FirstTerm, NoVisit, TooManyVisits, TooSoonToWatch
from enid.groups.life_models import Consent, Visit
from enid.groups.models import Group, Membership
from enid.groups.observers import Outcome
from enid.meetings import operations as meetings
from enid.meetings.models import Meeting
from enid.room import roster
from enid.room.session import Role
from tests.cast import NOON, Cast, make_person

DAY = timedelta(days=1)
FIRST = (NOON + 5 * DAY).date()
EVE = NOON + 4 * DAY  # noon of the day before the first


@pytest.fixture
def second_term(circle: Group) -> Group:
    Group.objects.update(term_number=2)
    Membership.objects.update(joined_at=NOON - 30 * DAY)
    circle.refresh_from_db()
    return circle


@pytest.fixture
def visit(second_term: Group) -> Visit:
    return ask(second_term)[0]


def ask(group: Group, days: int = 0) -> tuple[Visit, str]:
    return observers.ask(group=group, name="Olga", first_day=FIRST, last_day=FIRST + days * DAY, at=NOON)


def places(visit: Visit) -> list[Membership]:
    return list(visit.group.memberships.filter(left_at=None))


def all_say_yes(visit: Visit) -> None:
    for place in places(visit):
        observers.say(visit=visit, membership=place, yes=True, at=NOON)


def outcome(visit: Visit, at: object = NOON) -> Outcome:
    return observers.outcome(Visit.objects.get(pk=visit.pk), at=at)  # type: ignore[arg-type]


def test_nobody_watches_in_a_first_term(circle: Group) -> None:
    with pytest.raises(FirstTerm):
        ask(circle)


def test_everybody_is_asked_two_days_before(second_term: Group) -> None:
    for first, last in ((1, 1), (9, 8), (9, 200)):
        with pytest.raises(TooSoonToWatch):
            observers.ask(
                group=second_term,
                name="Olga",
                first_day=(NOON + first * DAY).date(),
                last_day=(NOON + last * DAY).date(),
                at=NOON,
            )
    assert not Visit.objects.exists()


def test_four_visits_are_enough(second_term: Group) -> None:
    for _ in range(observers.MOST_VISITS):
        ask(second_term)
    with pytest.raises(TooManyVisits):
        ask(second_term)


def test_all_say_yes(visit: Visit) -> None:
    assert outcome(visit) is Outcome.ASKED
    all_say_yes(visit)
    assert outcome(visit, EVE) is Outcome.ALL


def test_no_answer_shows_before_all_are_settled(visit: Visit) -> None:
    first, *others = places(visit)
    for place in (*others, first):
        observers.say(visit=visit, membership=place, yes=True, at=NOON)
        assert outcome(visit) is Outcome.ASKED
    observers.say(visit=visit, membership=first, yes=False, at=NOON)
    assert outcome(visit) is Outcome.ASKED


def test_settled_outcome_stands_whoever_leaves(visit: Visit) -> None:
    all_say_yes(visit)
    place = places(visit)[-1]
    observers.say(visit=visit, membership=place, yes=False, at=NOON)
    observers.forget_visits(EVE)
    operations.leave(membership=place, at=EVE + timedelta(hours=1))
    place.delete()
    assert outcome(visit, EVE + timedelta(hours=2)) is Outcome.NOT
    assert not Consent.objects.exists()


def test_refusal_and_silence_look_alike_to_everybody(visit: Visit, cast: Cast) -> None:
    for place in places(visit)[:-2]:
        observers.say(visit=visit, membership=place, yes=True, at=NOON)
    observers.say(visit=visit, membership=places(visit)[-1], yes=False, at=NOON)
    assert outcome(visit) is Outcome.ASKED
    assert outcome(visit, EVE) is Outcome.NOT


def test_answers_count_until_the_day_before_and_can_be_changed(visit: Visit) -> None:
    all_say_yes(visit)
    place = places(visit)[0]
    observers.say(visit=visit, membership=place, yes=False, at=NOON)
    observers.say(visit=visit, membership=place, yes=True, at=NOON)
    for late in (True, False):
        with pytest.raises(NoVisit):
            observers.say(visit=visit, membership=place, yes=late, at=EVE)
    assert outcome(visit, EVE) is Outcome.ALL


def test_visit_ends_for_all_when_somebody_joins_later(visit: Visit) -> None:
    all_say_yes(visit)
    late = Membership.objects.create(group=visit.group, person=make_person("Lena"), joined_at=EVE)
    assert outcome(visit, EVE) is Outcome.CHANGED
    assert not observers.who_may_watch(visit.group, day=FIRST, at=EVE)
    with pytest.raises(NoVisit):
        observers.say(visit=visit, membership=late, yes=True, at=EVE)
    operations.leave(membership=late, at=EVE)
    assert outcome(visit, EVE) is Outcome.CHANGED


def test_anyone_stops_it_and_nothing_tells_who(visit: Visit) -> None:
    all_say_yes(visit)
    observers.stop(visit=visit, at=EVE)
    assert outcome(visit, EVE) is Outcome.NOT
    assert not Consent.objects.exists()


def test_visit_is_forgotten_after_its_last_day(visit: Visit) -> None:
    all_say_yes(visit)
    observers.forget_visits(NOON + 6 * DAY)
    assert Visit.objects.exists()
    observers.forget_visits(NOON + 7 * DAY)
    assert not Visit.objects.exists()
    assert not Consent.objects.exists()


def test_end_of_the_group_ends_visits(visit: Visit) -> None:
    operations.end_group(group=visit.group, at=NOON)
    assert not Visit.objects.exists()


def test_page_tells_each_their_own_answer_and_nothing_of_the_others(
    client: Client, cast: Cast, second_term: Group
) -> None:
    day = timezone.localdate() + 5 * DAY
    client.force_login(cast.marta)
    page = reverse("group_observers", args=[second_term.pk])
    asked = {"name": "Olga", "first_day": day.isoformat(), "last_day": day.isoformat()}
    assert "/watch/" in client.post(page, asked).content.decode()
    visit = Visit.objects.get()
    answer = reverse("visit_answer", args=[second_term.pk, visit.pk])
    client.force_login(cast.anna)
    assert (
        "Somebody would like to watch" in client.get(reverse("group", args=[second_term.pk])).content.decode()
    )
    client.post(answer, {"do": "no"})
    seen = client.get(page).content.decode()
    assert 'value="no" aria-pressed="true"' in seen
    for person in (cast.jonas, cast.marta):
        client.force_login(person)
        seen = client.get(page).content.decode()
        assert "We are being asked" in seen
        assert "Anna" not in seen
        assert 'aria-pressed="true"' not in seen
    client.force_login(cast.anna)
    assert client.post(page, asked).status_code == 404


@pytest.fixture
def tonight(second_term: Group) -> Meeting:
    """Return a meeting that is open now; whoever would watch it was asked a while ago."""
    at = timezone.now()
    return meetings.start_now(group=second_term, person=Membership.objects.first().person, at=at)


def watching(group: Group) -> tuple[Visit, str]:
    """Return a visit of today to which all have said yes."""
    at = timezone.now()
    today = observers.day_of(group, at)
    visit, secret = observers.ask(group=group, name="Olga", first_day=today, last_day=today, at=at - 5 * DAY)
    for place in places(visit):
        observers.say(visit=visit, membership=place, yes=True, at=at - 4 * DAY)
    return visit, secret


@pytest.mark.django_db(transaction=True)
def test_observer_comes_in_by_their_link_after_accepting(client: Client, tonight: Meeting) -> None:
    Membership.objects.update(joined_at=timezone.now() - 30 * DAY)
    visit, secret = watching(tonight.group)
    room = reverse("room", args=[tonight.pk])
    assert client.get(room).status_code == 404
    page = reverse("watch", args=[secret])
    assert "What is said here stays here." in client.get(page).content.decode()
    assert room in client.post(page, follow=True).content.decode()
    assert client.get(room).status_code == 200
    known = roster.load(str(tonight.pk))
    assert known is not None
    assert known.chairs[visit.seat].role is Role.OBSERVER
    member = Client()
    member.force_login(tonight.group.memberships.filter(role="member").first().person)
    assert "Olga watches today" in member.get(room).content.decode()
    observers.stop(visit=visit, at=timezone.now())
    assert "Olga" not in member.get(room).content.decode()
    assert client.get(room).status_code == 404
    known = roster.load(str(tonight.pk))
    assert known is not None
    assert visit.seat not in known.chairs
    assert client.get(page).status_code == 404


def test_link_opens_nothing_while_the_group_is_asked(client: Client, second_term: Group) -> None:
    day = timezone.localdate() + 5 * DAY
    _visit, secret = observers.ask(
        group=second_term, name="Olga", first_day=day, last_day=day, at=timezone.now()
    )
    page = reverse("watch", args=[secret])
    seen = client.get(page).content.decode()
    assert "being asked" in seen
    assert "What is said here stays here." not in seen
    assert client.post(page).status_code == 404


def test_invented_link_is_like_a_spent_one(client: Client, db: None) -> None:
    assert client.get(reverse("watch", args=["guess"])).status_code == 404


def test_answer_that_nobody_knows_is_refused(client: Client, visit: Visit, circle: Group) -> None:
    client.force_login(places(visit)[0].person)
    page = reverse("visit_answer", args=[circle.pk, visit.pk])
    assert client.post(page, {"do": "perhaps"}).status_code == 400
    assert not Consent.objects.exists()
