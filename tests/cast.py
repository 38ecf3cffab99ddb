"""The people of every story.

Marta leads and Ruth leads with her; Anna, Jonas and Priya are members; Karl coordinates the programme and may
not know what was said; Zoe is a stranger.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from enid.groups.formats import PRESETS, to_json
from enid.groups.models import Acceptance, Agreement, Group, Membership
from enid.people.models import Person

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Everybody by name, and the circle they share."""

    marta: Person
    ruth: Person
    anna: Person
    jonas: Person
    priya: Person
    karl: Person
    zoe: Person
    circle: Group

    def membership(self, person: Person) -> Membership:
        """Return the person's place in the circle."""
        return Membership.objects.get(group=self.circle, person=person, left_at=None)


def make_person(name: str, **fields: object) -> Person:
    """Make an account with a verified address, as sign-in by code leaves it."""
    from allauth.account.models import EmailAddress  # an app's model: only once Django is set up

    email = f"{name.lower()}@example.org"
    person = Person.objects.create_user(email, display_name=name, profession="family doctor", **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def make_group(name: str, leaders: list[Person], members: list[Person], **fields: object) -> Group:
    """Make a group in which everybody has accepted the agreement."""
    group = Group.objects.create(name=name, **{"format": to_json(PRESETS["first-75"]), **fields})
    agreement = Agreement.objects.create(group=group, number=1, text="What is said here stays here.")
    for person in [*leaders, *members]:
        role = Membership.Role.LEADER if person in leaders else Membership.Role.MEMBER
        place = Membership.objects.create(
            group=group, person=person, role=role, independent=True if person in leaders else None
        )
        Acceptance.objects.create(membership=place, agreement=agreement)
    return group


def make_cast() -> Cast:
    """Make everybody."""
    names = ("Marta", "Ruth", "Anna", "Jonas", "Priya", "Karl", "Zoe")
    marta, ruth, anna, jonas, priya, karl, zoe = (make_person(name) for name in names)
    circle = make_group("Tuesday circle", [marta, ruth], [anna, jonas, priya])
    return Cast(marta, ruth, anna, jonas, priya, karl, zoe, circle)
