"""News from below: a person's new name is news of every circle they belong to."""

from django.dispatch import receiver

from enid.groups.models import Membership
from enid.groups.operations import tell_the_room
from enid.people.signals import person_renamed


@receiver(person_renamed)
def tell_their_circles(sender: object, person_id: int, **_: object) -> None:
    """Let the rooms of all their groups read the name anew."""
    for place in Membership.objects.filter(person_id=person_id, left_at=None):
        tell_the_room(place.group_id)
