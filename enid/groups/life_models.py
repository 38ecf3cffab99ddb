"""What comes and goes in the life of a group: roles, coordinators, answers at the end of a term, who waits."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups.seats import new_seat


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


class GoingOn(models.Model):
    """What one member says at the end of a term, alone; gone as soon as the next one begins."""

    class Answer(models.TextChoices):
        ON = "on", _("I go on")
        NOT_ON = "not_on", _("I do not go on")
        UNSURE = "unsure", _("I am not sure")

    membership = models.OneToOneField("groups.Membership", on_delete=models.CASCADE, related_name="going_on")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    said_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"going on {self.pk}"


class Waiting(models.Model):
    """Somebody who would like a place when one falls free: a name and an address, and nothing about them."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="waiting")
    name = models.CharField(max_length=60)
    email = models.EmailField(max_length=254)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"waiting {self.pk}"


class Visit(models.Model):
    """Somebody who would watch, for one meeting or a span of days, if everybody says yes."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="visits")
    name = models.CharField(max_length=60)
    seat = models.CharField(max_length=16, default=new_seat, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    device_hash = models.CharField(max_length=64, blank=True)  # of the browser that a leader let in last
    first_day = models.DateField()
    last_day = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)  # they have accepted what holds in the group
    stopped_at = models.DateTimeField(null=True, blank=True)  # by anyone; who it was is kept nowhere

    class Meta:
        ordering = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Consent(models.Model):
    """What one member says of a visit, alone; gone as soon as it is over or stopped."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="consents")
    membership = models.ForeignKey("groups.Membership", on_delete=models.CASCADE, related_name="consents")
    yes = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "membership"], name="one_consent_each")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Import(models.Model):
    """Invitations that came in together from one table, so that one step takes them all back."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="imports")
    brought_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"
