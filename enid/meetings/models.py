"""Meetings of a group, who was there, and guests of one evening. Nothing of what was said, nor who presented."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group, Membership, new_seat


class Meeting(models.Model):
    """One meeting. Its id is the room's id and says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    length_min = models.PositiveSmallIntegerField(_("minutes"), default=75)
    opened_at = models.DateTimeField(null=True, blank=True)  # the first person came into the room
    closed_at = models.DateTimeField(null=True, blank=True)  # a leader ended it
    cancelled_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # a leader confirmed who was present

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["group", "starts_at"])]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class Attendance(models.Model):
    """Present or not, and in which role; confirmed by a leader. No minutes, no comings and goings."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    role = models.CharField(max_length=8, choices=Membership.Role.choices)
    present = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="present_or_not_once")]

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class GuestPass(models.Model):
    """Lets a guest knock at one meeting; gone with the evening."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=60)
    device_hash = models.CharField(max_length=64, blank=True)  # of the browser that a leader let in last
    seat = models.CharField(max_length=16, default=new_seat, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"guest pass {self.pk}"


class KnownDevice(models.Model):
    """A browser that a leader has let in once for this person; others knock. Only a hash is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="devices")
    secret_hash = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "secret_hash"], name="device_known_once")
        ]

    def __str__(self) -> str:
        return f"device {self.pk}"
