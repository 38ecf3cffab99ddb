"""Make groups that meet now, and a ticket for everybody: prints one line of JSON for each room.
Usage: python -m enid.bench.stage ROOMS PEOPLE, with ENID_DATA set.
"""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django must be set up first

from enid.groups.formats import PRESETS, to_json  # noqa: E402
from enid.groups.models import Group, Membership  # noqa: E402
from enid.meetings.models import Meeting  # noqa: E402
from enid.people.models import Person  # noqa: E402
from enid.room import tickets  # noqa: E402
from enid.site import readiness  # noqa: E402


def make(rooms: int, people: int) -> None:
    """Make everything in bulk; the same people sit in every room."""
    at = timezone.now()
    circle = Person.objects.bulk_create(
        [Person(email=f"p{n}@example.org", display_name=f"P{n}") for n in range(people)]
    )
    form = to_json(PRESETS["first-75"])
    groups = Group.objects.bulk_create([Group(name=f"Circle {n}", format=form) for n in range(rooms)])
    places = Membership.objects.bulk_create(
        [
            Membership(group=group, person=person, role="leader" if number == 0 else "member")
            for group in groups
            for number, person in enumerate(circle)
        ],
        batch_size=2000,
    )
    meetings = Meeting.objects.bulk_create([Meeting(group=group, starts_at=at) for group in groups])
    for number, meeting in enumerate(meetings):
        seats = places[number * people : (number + 1) * people]
        given = [
            tickets.make(
                meeting_id=meeting.pk,
                seat=place.seat,
                person_id=place.person_id,
                role=place.role,
                known=True,
                at=at,
            )
            for place in seats
        ]
        sys.stdout.write(json.dumps({"path": f"/ws/room/{meeting.pk}/", "tickets": given}) + "\n")


if __name__ == "__main__":
    readiness.make_ready()
    make(int(sys.argv[1]), int(sys.argv[2]))
