"""Answers of calendar programs that reach the server by mail, through the command a mail server runs."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from enid.groups.models import Group, Membership
from enid.meetings import answers, replies, telling
from enid.meetings.calendar.reply import read
from enid.meetings.models import Answer, Invited
from enid.site.commands import mail_in
from tests.cast import NOON, Cast
from tests.integration.meetings.series import make
from tests.integration.site.test_commands import clean_environment
from tests.unit.meetings.replies import APPLE, GOOGLE, OUTLOOK, mail

SAMPLE = Path(__file__).resolve().parents[3] / "deploy/mail-in"
ANNA, JONAS = "anna@example.org", "jonas@example.org"


@pytest.fixture
def uid(cast: Cast, circle: Group, mailoutbox: list[object]) -> str:
    cache.clear()
    make(circle)
    telling.tell_due(NOON)
    return Invited.objects.get(person=cast.anna).uid


def take(raw: bytes) -> int:
    return replies.take(read(raw), at=NOON)


def said() -> dict[str, str]:
    return {f"{row.meeting.series_date:%m-%d}": row.said for row in Answer.objects.select_related("meeting")}


def test_answer_to_one_date_holds_for_that_date(uid: str) -> None:
    assert take(mail(OUTLOOK, uid, ANNA)) == 1
    assert said() == {"12-15": "cannot"}


def test_answer_to_the_series_holds_for_its_dates_and_leaves_a_regret(uid: str) -> None:
    take(mail(OUTLOOK, uid, ANNA))
    assert take(mail(GOOGLE, uid, ANNA)) == 10
    assert said()["12-15"] == "cannot"
    assert set(said().values()) == {"cannot", "comes"}
    take(mail(GOOGLE.replace("ACCEPTED", "DECLINED"), uid, ANNA))
    assert set(said().values()) == {"cannot"}


def test_unsure_is_kept_as_such(uid: str) -> None:
    take(mail(APPLE, uid, ANNA))
    assert set(said().values()) == {"unsure"}


def test_date_in_another_zone_or_in_utc_is_the_same_date(uid: str) -> None:
    raw = mail(OUTLOOK.replace("RECURRENCE-ID;TZID=W. Europe Standard Time:20261215T183000",
                               "RECURRENCE-ID:20261215T173000Z"), uid, ANNA)  # fmt: skip
    take(raw)
    assert list(said()) == ["12-15"]


def test_another_members_name_or_address_is_refused(cast: Cast, uid: str) -> None:
    forged = mail(GOOGLE, uid, ANNA).replace(b"From: Anna <anna@", b"From: Anna <jonas@")
    for raw in (mail(GOOGLE, uid, JONAS), forged):
        with pytest.raises(replies.OtherSender):
            take(raw)
    assert not Answer.objects.exists()


def test_invented_name_and_one_taken_back_are_refused(cast: Cast, uid: str) -> None:
    with pytest.raises(replies.UnknownEntry):
        take(mail(GOOGLE, uid.replace("@", "0@"), ANNA))
    Membership.objects.filter(person=cast.anna).update(left_at=NOON)
    with pytest.raises(replies.UnknownEntry):
        take(mail(GOOGLE, uid, ANNA))
    assert not Answer.objects.exists()


def test_flood_of_answers_is_stopped_and_others_are_still_heard(cast: Cast, uid: str) -> None:
    for _reply in range(replies.MOST_AN_HOUR):
        take(mail(OUTLOOK, uid, ANNA))
    with pytest.raises(replies.TooManyReplies):
        take(mail(OUTLOOK, uid, ANNA))
    other = Invited.objects.get(person=cast.jonas).uid
    assert take(mail(OUTLOOK, other, JONAS)) == 1


def command(raw: bytes, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return mail_in.main(list(arguments))


def test_command_says_what_came_of_it_and_shows_nothing_of_the_mail(
    cast: Cast, uid: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    assert command(mail(OUTLOOK, uid, ANNA), monkeypatch, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"answered": 1}
    assert command(mail(OUTLOOK, uid, JONAS), monkeypatch) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert command(b"From: anna@example.org\r\n\r\nI am away.", monkeypatch, "--json") == 2
    assert json.loads(capsys.readouterr().out) == {"refused": "no_calendar"}
    assert command(b"x" * 300_000, monkeypatch) == 2
    assert ANNA not in capsys.readouterr().err


def test_database_that_fails_is_told_apart(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "enid", "mail-in"],
        input=mail(GOOGLE, "series-1@here", ANNA),
        env=clean_environment(ENID_DATA=str(tmp_path)),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert b"Nothing was changed" in done.stderr


def test_sample_for_a_mail_server_asks_to_try_again_only_when_the_database_fails(tmp_path: Path) -> None:
    (tmp_path / "enid").write_text('#!/bin/sh\ncat > "$ENID_DATA/mail"\nexit "$(cat "$ENID_DATA/code")"\n')
    (tmp_path / "enid").chmod(0o700)
    (tmp_path / "env").write_text(f"# as in /etc\nENID_DATA={tmp_path}\nENID_MAIL_FROM=Enid <enid@here>\n")
    names = {"MAIL_IN_VARIABLES": str(tmp_path / "env"), "MAIL_IN_COMMAND": str(tmp_path / "enid")}
    for code, then in ((0, 0), (1, 0), (2, 0), (3, 75)):
        (tmp_path / "code").write_text(str(code))
        done = subprocess.run([SAMPLE], input=b"a mail", env=clean_environment(**names), check=False)
        assert done.returncode == then
        assert (tmp_path / "mail").read_bytes() == b"a mail"


def test_who_is_missing_follows_from_a_calendars_answer(cast: Cast, circle: Group, uid: str) -> None:
    take(mail(OUTLOOK, uid, ANNA))
    meeting = Answer.objects.get().meeting
    assert answers.missing(circle, [meeting])[meeting.pk].names == ("Anna",)
