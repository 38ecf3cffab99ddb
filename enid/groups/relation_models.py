"""Whom a person would rather not be placed with, and who assesses or manages whom.

People are named by e-mail address, so that nothing here tells whether somebody has an account.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.people.models import Person


class Wish(models.Model):
    """Not with this person: no kind, no reason. Only whoever wished reads it, and what puts people together."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    email = models.EmailField(_("e-mail address"), max_length=254)  # in lower case
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="wished_once")]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class StillHere(models.Model):
    """Somebody was asked about a wish in one group, and belongs to it all the same."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="answers")
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "group"], name="asked_once_in_a_group")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Relation(models.Model):
    """One assesses, appoints or manages the other: declared by one, read by both, ended by whoever declared it.

    The other may say that it is not so; until whoever declared it ends it, it holds.
    """

    class Side(models.TextChoices):
        OVER = "over", _("I assess, appoint or manage them")
        UNDER = "under", _("They assess, appoint or manage me")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="declared")
    email = models.EmailField(_("e-mail address"), max_length=254)  # in lower case
    side = models.CharField(max_length=5, choices=Side.choices)
    declared_at = models.DateTimeField(default=timezone.now)
    contested_at = models.DateTimeField(null=True, blank=True)  # the other says that it is not so

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="declared_once")]

    def __str__(self) -> str:
        return f"relation {self.pk}"
