"""Present or not: confirmed, corrected, disputed; minutes only for those who asked; never who presented."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from enid.attendance import operations
from enid.attendance.errors import Answered, DisputedAlready
from enid.attendance.models import Correction, CreditWish, Dispute, KeptLine
from enid.meetings import queries as meetings
from enid.meetings.models import Attendance, Meeting
from enid.people.export import everything
from tests.cast import NOON, Cast
from tests.integration.attendance.evenings import HOUR, confirm, held, line, wish

pytestmark = pytest.mark.django_db

# All that a line and what surrounds it may know.
FIELDS = {
    Attendance: "id meeting_id membership_id role present setting minutes",
    CreditWish: "id membership_id asked_at",
    Correction: "id attendance_id by_id at was became",
    Dispute: "id attendance_id reason said_at answer answered_at answered_by_id",
    KeptLine: "id person_id group_name starts_at role setting present minutes",
}


@pytest.mark.parametrize("model", FIELDS)
def test_no_table_of_the_record_can_tell_who_presented_or_stepped_out(model: type[Model]) -> None:
    columns = [field.column for field in model._meta.concrete_fields]
    assert sorted(columns) == sorted(FIELDS[model].split())


def test_confirmed_line_says_role_and_setting(cast: Cast) -> None:
    meeting = held(cast, cast.marta, cast.anna)
    confirm(cast, meeting, cast.marta, cast.anna)
    assert (line(cast, meeting, cast.anna).role, line(cast, meeting, cast.marta).role) == ("member", "leader")
    assert {one.setting for one in meeting.attendances.all()} == {"video"}


def test_minutes_are_kept_for_those_alone_who_asked(cast: Cast) -> None:
    wish(cast, cast.anna)
    wish(cast, cast.priya)
    meeting = held(cast, cast.anna, cast.jonas)
    confirm(cast, meeting, cast.anna, cast.jonas)
    assert line(cast, meeting, cast.anna).minutes == 60
    assert line(cast, meeting, cast.jonas).minutes is None
    assert line(cast, meeting, cast.priya).minutes is None  # asked, and was not there


def test_minutes_are_never_more_than_was_planned(cast: Cast) -> None:
    wish(cast, cast.anna)
    meeting = held(cast, cast.anna)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=NOON + 9 * HOUR)
    confirm(cast, meeting, cast.anna)
    assert line(cast, meeting, cast.anna).minutes == 75


def test_no_longer_drops_the_minutes_that_stand(cast: Cast, client: Client) -> None:
    wish(cast, cast.anna)
    meeting = held(cast, cast.anna)
    confirm(cast, meeting, cast.anna)
    client.force_login(cast.anna)
    client.post(reverse("me_minutes", args=[cast.membership(cast.anna).pk]), {"do": "drop"})
    assert line(cast, meeting, cast.anna).minutes is None
    assert not hasattr(cast.membership(cast.anna), "credit_wish")


def test_first_confirmation_is_no_correction_and_a_second_keeps_the_original(cast: Cast) -> None:
    meeting = held(cast, cast.anna)
    confirm(cast, meeting, cast.anna, cast.jonas)
    assert not Correction.objects.exists()
    confirm(cast, meeting, cast.jonas, by=cast.ruth)
    kept = Correction.objects.get()
    assert (kept.attendance, kept.by) == (line(cast, meeting, cast.anna), cast.membership(cast.ruth))
    assert (kept.was, kept.became, kept.at) == (True, False, NOON + 2 * HOUR)


def test_leaders_see_what_was_corrected(cast: Cast, client: Client) -> None:
    meeting = held(cast, cast.anna)
    confirm(cast, meeting, cast.anna)
    confirm(cast, meeting, by=cast.ruth)
    client.force_login(cast.marta)
    page = client.get(reverse("meeting_after", args=[meeting.pk])).content.decode()
    assert "was present, now not" in page


def test_member_disputes_a_line_and_a_leader_corrects_it(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    meeting = held(cast)
    confirm(cast, meeting)
    client.force_login(cast.anna)
    client.post(reverse("line_dispute", args=[line(cast, meeting, cast.anna).pk]), {"reason": "line"})
    assert sorted(letter.to[0] for letter in mail.outbox) == ["marta@example.org", "ruth@example.org"]
    assert not [letter for letter in mail.outbox if "line was lost" in letter.body or "Anna" in letter.body]
    client.force_login(cast.marta)
    assert "my line was lost" in client.get(reverse("meeting_after", args=[meeting.pk])).content.decode()
    client.post(reverse("dispute_answer", args=[Dispute.objects.get().pk]), {"do": "correct"})
    assert line(cast, meeting, cast.anna).present
    client.force_login(cast.anna)
    assert "A leader corrected it." in client.get(reverse("me_attendance")).content.decode()
    assert Correction.objects.get().became


def test_disputed_line_that_is_left_stays_and_says_so(cast: Cast, client: Client) -> None:
    meeting = held(cast)
    confirm(cast, meeting)
    disputed = operations.dispute(line=line(cast, meeting, cast.anna), reason="there", at=NOON)
    operations.answer(dispute=disputed, by=cast.membership(cast.ruth), correct=False, at=NOON)
    with pytest.raises(Answered):
        operations.answer(dispute=disputed, by=cast.membership(cast.marta), correct=True, at=NOON)
    assert not line(cast, meeting, cast.anna).present
    client.force_login(cast.anna)
    assert "A leader left it as it is." in client.get(reverse("me_attendance")).content.decode()


def test_leaders_are_written_to_once_a_day_whatever_is_disputed(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    meeting = held(cast)
    confirm(cast, meeting)
    mail.outbox.clear()
    told = []
    for person, days in ((cast.anna, 0), (cast.jonas, 0), (cast.priya, 2)):
        at = NOON + timedelta(days=days)
        operations.dispute(line=line(cast, meeting, person), reason="there", at=at)
        told.append(len(mail.outbox))
    assert told == [2, 2, 4]


def test_one_question_waits_at_a_time_and_three_are_enough(cast: Cast) -> None:
    meeting = held(cast)
    confirm(cast, meeting)
    mine = line(cast, meeting, cast.anna)
    for _ in range(3):
        disputed = operations.dispute(line=mine, reason="there", at=NOON)
        with pytest.raises(DisputedAlready):
            operations.dispute(line=mine, reason="there", at=NOON)
        operations.answer(dispute=disputed, by=cast.membership(cast.ruth), correct=False, at=NOON)
    with pytest.raises(DisputedAlready):
        operations.dispute(line=mine, reason="there", at=NOON)


@pytest.mark.parametrize("reason", ["away", "anything", "my patient died", ""])
def test_reason_comes_from_the_list_that_fits_the_line(cast: Cast, client: Client, reason: str) -> None:
    meeting = held(cast)
    confirm(cast, meeting)
    client.force_login(cast.anna)
    answer = client.post(
        reverse("line_dispute", args=[line(cast, meeting, cast.anna).pk]), {"reason": reason}
    )
    assert answer.status_code == 422
    assert not Dispute.objects.exists()


def test_nobody_disputes_or_sees_the_line_of_another(cast: Cast, client: Client) -> None:
    meeting = held(cast)
    confirm(cast, meeting)
    for person in (cast.marta, cast.jonas, cast.karl, cast.zoe):
        client.force_login(person)
        assert (
            client.get(reverse("line_dispute", args=[line(cast, meeting, cast.anna).pk])).status_code == 404
        )
        assert "Anna" not in client.get(reverse("me_attendance")).content.decode()


def test_line_is_ones_own_to_see_only_when_confirmed(cast: Cast, client: Client) -> None:
    meeting = held(cast, cast.anna)
    client.force_login(cast.anna)
    assert "Tuesday circle" not in client.get(reverse("me_attendance")).content.decode().split("<h2>")[0]
    assert client.get(reverse("line_dispute", args=[line(cast, meeting, cast.anna).pk])).status_code == 404
    confirm(cast, meeting, cast.anna)
    assert "Tuesday circle" in client.get(reverse("me_attendance")).content.decode().split("<h2>")[0]


def test_meeting_without_a_room_is_noted_by_hand(cast: Cast, client: Client) -> None:
    began = timezone.now() - 3 * HOUR
    cast.circle.memberships.exclude(person=cast.priya).update(joined_at=began - HOUR)
    meeting = Meeting.objects.create(group=cast.circle, starts_at=began)
    Meeting.objects.create(group=cast.circle, starts_at=timezone.now() + HOUR)
    client.force_login(cast.marta)
    page = client.get(reverse("group_attendance", args=[cast.circle.pk])).content.decode()
    assert len(re.findall(r"/after/", page)) == 1
    client.post(reverse("meeting_after", args=[meeting.pk]), {"present": cast.membership(cast.anna).pk})
    meeting.refresh_from_db()
    assert meeting.closed_at == began + meeting.length_min * HOUR / 60
    lines = dict(meeting.attendances.values_list("membership__person__display_name", "present"))
    assert lines == {"Marta": False, "Ruth": False, "Anna": True, "Jonas": False}  # Priya joined only later


def test_meeting_whose_room_is_open_is_not_confirmed_by_page(cast: Cast, client: Client) -> None:
    meeting = Meeting.objects.create(group=cast.circle, starts_at=timezone.now() - HOUR)
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=timezone.now())
    client.force_login(cast.marta)
    address = reverse("meeting_after", args=[meeting.pk])
    assert client.post(address, {"present": cast.membership(cast.anna).pk}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.closed_at, meeting.confirmed_at) == (None, None)
    assert not Attendance.objects.exists()


def test_export_holds_wish_correction_and_dispute_and_erasure_leaves_none(cast: Cast) -> None:
    wish(cast, cast.anna)
    meeting = held(cast, cast.anna)
    confirm(cast, meeting, cast.anna)
    confirm(cast, meeting)
    operations.dispute(line=line(cast, meeting, cast.anna), reason="there", at=NOON)
    own = everything(cast.anna)["attendance"]
    assert [len(own[part]) for part in ("minutes_asked_for", "corrections", "disputes")] == [1, 1, 1]
    assert "Marta" not in json.dumps(own)
    cast.anna.delete()
    assert not Correction.objects.exists()
    assert not Dispute.objects.exists()


def test_outsiders_learn_nothing_of_minutes_or_disputes(cast: Cast) -> None:
    cast.circle.outsiders, cast.circle.outsiders_since = "present", NOON
    cast.circle.save()
    wish(cast, cast.anna)
    meeting = held(cast, cast.anna)
    assert meetings.seen_from_outside(cast.circle) == []
    confirm(cast, meeting, cast.anna)
    assert meetings.seen_from_outside(cast.circle) == [meetings.Seen(meeting.starts_at, ("Anna",))]
