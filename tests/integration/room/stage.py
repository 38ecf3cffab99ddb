"""The real web process, with a door for the stage hands: each line on standard input is one deed of a page.

Deeds run in the server's own process, as pages do, so that they ring the room's doorbell as pages do.
"""

import json
import os
import signal
import socket
import sys
import threading
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enid.site.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - Django must be set up first

from enid.groups import observers, roles  # noqa: E402
from enid.groups import operations as groups  # noqa: E402
from enid.groups.formats import PRESETS, to_json  # noqa: E402
from enid.groups.life_models import Visit  # noqa: E402
from enid.groups.models import Group, Membership  # noqa: E402
from enid.groups.signals import roster_changed  # noqa: E402
from enid.meetings import operations as meetings  # noqa: E402
from enid.meetings.models import Attendance, KnownDevice, Meeting  # noqa: E402
from enid.meetings.signals import meeting_cancelled  # noqa: E402
from enid.people import operations as people  # noqa: E402
from enid.people.models import Person  # noqa: E402
from enid.people.signals import person_renamed, signed_out_everywhere  # noqa: E402
from enid.room import closing, roster, sockets, tickets, transport  # noqa: E402
from enid.room.store import SqliteStore  # noqa: E402
from enid.site.commands import web  # noqa: E402
from tests.cast import make_group, make_person  # noqa: E402
from tests.together import begins_to_learn  # noqa: E402


def new_meeting(preset: str, leaders: list[str], members: list[str], **options: Any) -> dict[str, Any]:
    """Make a group that meets now; return the meeting's id and everybody's seat by name."""
    people = {
        name: Person.objects.filter(email=f"{name.lower()}@example.org").first() or make_person(name)
        for name in leaders + members
    }
    group = make_group(
        "Circle",
        [people[name] for name in leaders],
        [people[name] for name in members],
        **{"format": to_json(PRESETS[preset]), **options},
    )
    meeting = Meeting.objects.create(group=group, starts_at=timezone.now(), length_min=75)
    seats = {place.person.display_name: place.seat for place in group.memberships.select_related("person")}
    return {"meeting": str(meeting.pk), "group": str(group.pk), "seats": seats}


def ticket(meeting: str, name: str, **changes: Any) -> str:
    """Return the ticket that a page would hand to this member."""
    place = _place(meeting, name)
    facts = {
        "meeting_id": meeting,
        "seat": place.seat,
        "person_id": place.person_id,
        "role": place.role,
        "known": True,
        "at": timezone.now(),
    }
    return tickets.make(**{**facts, **changes})


def old_ticket(meeting: str, name: str, hours: int) -> str:
    """Return a ticket that a page handed out a while ago."""
    return ticket(meeting, name, at=timezone.now() - timedelta(hours=hours))


def guest(meeting: str, name: str, device: str = "") -> dict[str, str]:
    """Let a guest in for one evening; return their seat, and a ticket for one of their browsers."""
    found = Meeting.objects.get(pk=meeting)
    made = found.guests.filter(name=name).first()
    if made is None:
        made, _ = meetings.make_guest_pass(meeting=found, name=name, at=timezone.now())
    facts = {"meeting_id": meeting, "seat": made.seat, "person_id": None, "role": "guest", "known": False}
    return {"seat": made.seat, "ticket": tickets.make(**facts, device=device, at=timezone.now())}


def takes_role(meeting: str, name: str, role: str) -> None:
    """Give somebody another role in the group."""
    place, at = _place(meeting, name), timezone.now()
    if role == Membership.Role.TRAINEE:
        begins_to_learn(place, at=at)
    else:
        roles.give(place=place, role=role, at=at)


def watches(meeting: str, name: str) -> dict[str, Any]:
    """Let somebody watch, to which all have said yes; return their visit, seat and ticket."""
    group, at = Meeting.objects.get(pk=meeting).group, timezone.now()
    Group.objects.filter(pk=group.pk).update(term_number=2)
    Membership.objects.filter(group=group).update(joined_at=at - timedelta(days=30))
    today = observers.day_of(group, at)
    visit, _ = observers.ask(
        group=group, name=name, first_day=today, last_day=today, at=at - timedelta(days=9)
    )
    for place in group.memberships.all():
        observers.say(visit=visit, membership=place, yes=True, at=at - timedelta(days=8))
    observers.agree(visit=visit, at=at)
    facts = {"meeting_id": meeting, "seat": visit.seat, "person_id": None, "role": "observer", "known": True}
    return {"visit": visit.pk, "seat": visit.seat, "ticket": tickets.make(**facts, at=at)}


def is_watched_no_more(visit: int) -> None:
    """Stop a visit, as anyone may."""
    observers.stop(visit=Visit.objects.get(pk=visit), at=timezone.now())


def leaves_the_group(meeting: str, name: str) -> None:
    """End somebody's membership."""
    groups.leave(membership=_place(meeting, name), at=timezone.now())


def joins_the_group(meeting: str, name: str) -> str:
    """Make somebody a member; return their seat."""
    group = Meeting.objects.get(pk=meeting).group
    place = Membership.objects.create(group=group, person=make_person(name))
    roster_changed.send(Group, group_id=group.pk)
    return place.seat


def signs_out_everywhere(name: str) -> None:
    """Make every session and ticket of a person void."""
    person = Person.objects.get(email=f"{name.lower()}@example.org")
    Person.objects.filter(pk=person.pk).update(tickets_from=timezone.now())
    signed_out_everywhere.send(Person, person_id=person.pk)


def erases_the_account(name: str) -> None:
    """Erase a person, as their own page does."""
    person = Person.objects.get(email=f"{name.lower()}@example.org")
    people.erase(person=person, at=timezone.now())


def is_renamed(name: str, to: str) -> None:
    """Give a person another name."""
    person = Person.objects.get(email=f"{name.lower()}@example.org")
    Person.objects.filter(pk=person.pk).update(display_name=to)
    person_renamed.send(Person, person_id=person.pk)


def switches_on(meeting: str, option: str) -> None:
    """Switch an option of the group on."""
    group = Meeting.objects.get(pk=meeting).group
    Group.objects.filter(pk=group.pk).update(**{option: True})
    roster_changed.send(Group, group_id=group.pk)


def is_cancelled(meeting: str) -> None:
    """Cancel the meeting although somebody has been in the room already, which no page allows."""
    Meeting.objects.filter(pk=meeting).update(cancelled_at=timezone.now())
    meeting_cancelled.send(Meeting, meeting_id=meeting)


def confirms(meeting: str, leader: str) -> None:
    """Confirm that all who are marked present were present."""
    found = Meeting.objects.get(pk=meeting)
    present = set(Attendance.objects.filter(meeting=found, present=True).values_list("membership", flat=True))
    person = _place(meeting, leader).person
    meetings.confirm_attendance(meeting=found, person=person, present=present, at=timezone.now())


def record(meeting: str) -> dict[str, Any]:
    """Return what the pages know of the meeting."""
    found = Meeting.objects.get(pk=meeting)
    rows = Attendance.objects.filter(meeting=found).select_related("membership__person")
    return {
        "opened": found.opened_at is not None,
        "closed": found.closed_at is not None,
        "present": sorted(row.membership.person.display_name for row in rows if row.present),
        "rows": len(rows),
    }


def devices(meeting: str, name: str) -> list[str]:
    """Return the browsers that may come in without knocking."""
    return list(
        KnownDevice.objects.filter(membership=_place(meeting, name)).values_list("secret_hash", flat=True)
    )


def grew_old(meeting: str, days: int) -> None:
    """Move the meeting into the past."""
    Meeting.objects.filter(pk=meeting).update(starts_at=timezone.now() - timedelta(days=days))


def _place(meeting: str, name: str) -> Membership:
    group = Meeting.objects.get(pk=meeting).group
    return (
        Membership.objects.select_related("person")
        .filter(group=group, person__display_name=name)
        .latest("pk")
    )


def _hands() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": globals()[asked.pop("deed")](**asked)}
        except Exception as error:  # noqa: BLE001 - told to the test, which fails with it
            answer = {"error": repr(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(point: str) -> None:
    """Have the whole process killed at one point of the close."""
    record, forget = roster.record_closed, SqliteStore.forget_pages

    def recorded(*arguments: Any) -> None:
        record(*arguments)
        _die()

    def forgotten(log: SqliteStore) -> None:
        if log.execute("SELECT 1 FROM room_snapshot").fetchone():
            _die()
        forget(log)

    if point == "before attendance is written":
        roster.record_closed = _die
    elif point == "after attendance is written":
        roster.record_closed = recorded
    elif point == "before the write-ahead file is emptied":
        SqliteStore.forget_pages = forgotten  # type: ignore[method-assign]


def _narrow_lines() -> None:
    """Have little held back for each socket, so that who does not read is noticed soon."""
    listen = web.listen
    transport.MOST_UNSENT_BYTES = 32_768

    def narrow(bind: str) -> socket.socket:
        listener = listen(bind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32_768)  # what comes in by it inherits this
        return listener

    web.listen = narrow


def _plain_asgi() -> None:
    """Serve as any ASGI server would: no transport in the scope."""
    import uvicorn
    from django.conf import settings

    config = uvicorn.Config(
        "enid.site.asgi:application",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
        log_config=None,
        access_log=False,
    )
    uvicorn.Server(config).run(sockets=[web.listen(settings.BIND)])


if __name__ == "__main__":
    threading.Thread(target=_hands, daemon=True).start()
    _narrow_lines()
    sockets.JOIN_WITHIN_S = float(os.environ.get("STAGE_JOIN_S", sockets.JOIN_WITHIN_S))
    closing.LEFT_ALONE_MS = int(os.environ.get("STAGE_ALONE_MS", closing.LEFT_ALONE_MS))
    _die_at(os.environ.get("STAGE_DIES", ""))
    if os.environ.get("STAGE_PLAIN"):
        _plain_asgi()
    else:
        web.main([])
