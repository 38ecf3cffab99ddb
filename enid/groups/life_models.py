"""Roles that come and go in the life of a group: what somebody was before, and who coordinates."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PastRole(models.Model):
    """A role that somebody had in their place, from when to when; the present one stands in the membership."""

    membership = models.ForeignKey("groups.Membership", on_delete=models.CASCADE, related_name="past_roles")
    role = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ["began_at", "pk"]

    def __str__(self) -> str:
        return f"past role {self.pk}"


class Coordination(models.Model):
    """Somebody who looks after dates, rooms and covers, from when to when. It opens no room and tells no names."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="coordinations")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="coordinations")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ended_at=None), name="coordinates_once"
            )
        ]

    def __str__(self) -> str:
        return f"coordination {self.pk}"
