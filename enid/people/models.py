"""People: an account and its settings, links for one use, and mail on its way. Nothing here says what anybody did
in a group.
"""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def today() -> date:
    """Return the day in UTC, by which accounts are counted as used."""
    return timezone.now().date()


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts; none of them has a password."""

    def unfinished(self) -> "models.QuerySet[Person]":
        """Return accounts that were only begun: nobody ever signed in or showed that the address is theirs."""
        begun = self.filter(last_login=None, is_administrator=False)
        return begun.exclude(emailaddress__verified=True)

    def create_user(self, email: str, **fields: object) -> "Person":
        """Return a new account. The address is kept in lower case, as sign-in looks for it."""
        person = self.model(email=email.lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account: a clinician, a leader, an administrator."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    display_name = models.CharField(_("name as the circle sees it"), max_length=60, blank=True)
    profession = models.CharField(_("profession"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)  # looks after the server; has no path to any room
    joined_at = models.DateTimeField(default=timezone.now)
    seen_on = models.DateField(
        default=today
    )  # a day and no hour: nobody can read from it when somebody was here
    told_idle_on = models.DateField(null=True, blank=True)  # when they were told that their account runs out
    tickets_from = models.DateTimeField(null=True, blank=True)  # room tickets issued before are void

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        """The name shown to the circle; never the address."""
        return self.display_name or str(_("someone"))


class OneTimeLink(models.Model):
    """A link that works once: the first administrator's, or the way back for somebody who lost their address."""

    class Purpose(models.TextChoices):
        FIRST = "first"
        RECOVERY = "recovery"

    secret_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class Letter(models.Model):
    """One mail on its way. Its text is dropped as soon as the SMTP server has taken it."""

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    calendar = models.TextField(blank=True)  # one calendar file with CRLF, for mail that plans a date
    thread = models.CharField(
        max_length=64, blank=True
    )  # letters of one thread to one receiver keep their order
    sender = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(
        max_length=20, blank=True
    )  # a code of enid.people.outbox, never the server's words

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at=None, gave_up_at=None),
                name="letters_waiting",
            ),
            models.Index(
                fields=["to", "thread"],
                condition=models.Q(sent_at=None, gave_up_at=None),
                name="letters_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
