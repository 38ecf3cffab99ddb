"""What surrounds a line of the record: a wish for minutes, corrections, disputes, and lines kept as proof.

The line itself, present or not, is `meetings.Attendance`. Nothing here knows why somebody came or went.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Membership, Setting
from enid.meetings.models import Attendance
from enid.people.models import Person


class CreditWish(models.Model):
    """A member needs their minutes in this group for a credit; without this row no minutes are kept."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="credit_wish")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"credit wish {self.pk}"


class Correction(models.Model):
    """A confirmed line was changed: who did, when, from what to what."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    was = models.BooleanField()
    became = models.BooleanField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class Dispute(models.Model):
    """A member says that their line is wrong, with a reason from a list; a leader corrects it or leaves it."""

    class Reason(models.TextChoices):
        THERE = "there", _("I was there")
        LATE = "late", _("I was there, but came late or left early")
        LINE = "line", _("I was there, but my line was lost")
        AWAY = "away", _("I was not there")

    class Answer(models.TextChoices):
        CORRECTED = "corrected", _("corrected")
        LEFT = "left", _("left as it is")

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="disputes")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    said_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(answered_at=None), name="one_open_dispute_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"


class KeptLine(models.Model):
    """A line that proves a credit, kept after its meeting is gone; it knows its person alone."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_lines")
    group_name = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    role = models.CharField(max_length=12)
    setting = models.CharField(max_length=8, choices=Setting.choices, blank=True)
    present = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at", "pk"]
        indexes = [models.Index(fields=["person", "starts_at"]), models.Index(fields=["starts_at"])]

    def __str__(self) -> str:
        return f"kept line {self.pk}"
