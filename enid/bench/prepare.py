"""Fill an empty data folder with groups that meet now; print rooms and tickets as JSON.

python -m enid.bench.prepare ROOMS PEOPLE
"""

import json
import os
import sys
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enid.site.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.utils import timezone  # noqa: E402

from enid.groups.formats import PRESETS, to_json  # noqa: E402
from enid.groups.models import Group, Membership  # noqa: E402
from enid.meetings.models import Meeting  # noqa: E402
from enid.people.models import Person  # noqa: E402
from enid.room import tickets  # noqa: E402


def fill(rooms: int, people: int) -> Iterator[tuple[str, list[str]]]:
    """Give each room's id and its people's tickets, the leader's first."""
    at = timezone.now()
    persons = [
        Person.objects.create_user(f"bench{n}@example.org", display_name=f"Bench {n}") for n in range(people)
    ]
    form = to_json(PRESETS["us-60"])
    groups = Group.objects.bulk_create(Group(name="Bench", format=form) for _ in range(rooms))
    places = Membership.objects.bulk_create(
        Membership(group=group, person=person, seat=f"s{g}x{p}", role="leader" if p == 0 else "member")
        for g, group in enumerate(groups)
        for p, person in enumerate(persons)
    )
    meetings = Meeting.objects.bulk_create(Meeting(group=group, starts_at=at) for group in groups)
    for number, meeting in enumerate(meetings):
        circle = places[number * people : (number + 1) * people]
        yield (
            str(meeting.pk),
            [
                tickets.make(
                    meeting_id=meeting.pk,
                    seat=place.seat,
                    person_id=place.person_id,
                    role=place.role,
                    known=True,
                    at=at,
                )
                for place in circle
            ],
        )


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    print(json.dumps(list(fill(int(sys.argv[1]), int(sys.argv[2])))))
