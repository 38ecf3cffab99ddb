"""Finding a time: what a group is asked, who was asked, and what they answered until it is decided."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group, Membership
from enid.polls.week import TEXT_LENGTH


class Poll(models.Model):
    """One question for a time, open until its deadline."""

    class Kind(models.TextChoices):
        TIMES = "times", _("a few times")
        HOURS = "hours", _("free hours of the week")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="polls")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    time_zone = models.CharField(max_length=64)  # the group's, as it was when the poll was made
    length_min = models.PositiveSmallIntegerField()
    rhythm = models.CharField(max_length=12, blank=True)  # one of calendar/rules.py; empty: a single meeting
    many = models.PositiveSmallIntegerField(default=1)
    first_date = models.DateField()  # the earliest day on which the first meeting may be
    made_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    chosen_day = models.DateField(null=True, blank=True)
    chosen_hour = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["closes_at"])]

    def __str__(self) -> str:
        return f"poll {self.pk}"


class Option(models.Model):
    """A time that leaders name: the date of the first meeting and its hour, by the poll's zone."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    day = models.DateField()
    hour = models.TimeField()

    class Meta:
        ordering = ["day", "hour"]
        constraints = [models.UniqueConstraint(fields=["poll", "day", "hour"], name="time_named_once")]

    def __str__(self) -> str:
        return f"option {self.pk}"


class Asked(models.Model):
    """Somebody who is asked: a member, or a person without an account whom leaders name.

    The link follows from `seed` and the server's own key; the database alone opens nothing.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="asked")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60, blank=True)  # of a person without an account
    seed = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    time_zone = models.CharField(max_length=64, blank=True)  # by whose clock they answered
    answered = models.BooleanField(default=False)
    free = models.CharField(max_length=TEXT_LENGTH, blank=True)  # week.to_text; for free hours
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "membership"], name="asked_once")]

    def __str__(self) -> str:
        return f"asked {self.pk}"


class Reply(models.Model):
    """What somebody says to one of the named times."""

    class Choice(models.IntegerChoices):
        """As ranking.Answer."""

        YES = 2, _("yes")
        IF_NEED_BE = 1, _("if need be")
        NO = 0, _("no")

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="replies")
    option = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="replies")
    choice = models.PositiveSmallIntegerField(choices=Choice.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "option"], name="one_reply_to_a_time")]

    def __str__(self) -> str:
        return f"reply {self.pk}"
