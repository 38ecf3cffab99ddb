"""Make a group of the demonstration's cast that meets now; reads what is wanted as JSON, prints the meeting's id."""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django must be set up first

from enid.groups.formats import PRESETS, to_json  # noqa: E402
from enid.groups.models import Acceptance, Agreement, Group, Membership  # noqa: E402
from enid.meetings.models import Meeting  # noqa: E402
from enid.people.models import Person  # noqa: E402
from enid.site.demonstration import DOMAIN  # noqa: E402


def main() -> None:
    """Make the group, its circle and its meeting."""
    wanted = json.load(sys.stdin)
    leaders, members = wanted.pop("leaders"), wanted.pop("members")
    form = {**to_json(PRESETS[wanted.pop("preset")]), **wanted.pop("format", {})}
    group = Group.objects.create(name="Story circle", format=form, time_zone="Europe/Vienna", **wanted)
    agreement = Agreement.objects.create(group=group, number=1, text="What is said here stays here.")
    for key in [*leaders, *members]:
        role = Membership.Role.LEADER if key in leaders else Membership.Role.MEMBER
        person = Person.objects.get(email=f"{key}@{DOMAIN}")
        place = Membership.objects.create(group=group, person=person, role=role)
        Acceptance.objects.create(membership=place, agreement=agreement)
    meeting = Meeting.objects.create(group=group, starts_at=timezone.now(), length_min=75)
    sys.stdout.write(f"{meeting.pk}\n")


main()
