"""Groups: who belongs, who leads, what they agreed, and who was asked to join."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups import (
    life_models as life_models,  # Django finds models here; these stand in files of their own
)
from enid.groups import relation_models as relation_models
from enid.groups.seats import new_seat
from enid.people.models import Person


class Setting(models.TextChoices):
    """Where people meet; the engine conducts all three alike."""

    ROOM = "room", _("in one room")
    BESIDE = "beside", _("beside another call")
    VIDEO = "video", _("video in Enid")


class Cameras(models.TextChoices):
    """What a group wishes of cameras: said at the door, never forced."""

    ON = "on", _("on if we can")
    FREE = "free", _("as each likes")
    OFF = "off", _("off while the group imagines")


class Outsiders(models.TextChoices):
    """What an employer, programme or coordinator learns: exactly one of three."""

    NOTHING = "nothing", _("nothing")
    MET = "met", _("that the group met")
    PRESENT = "present", _("who was present, by name")


class Group(models.Model):
    """A circle that meets for a term with the same people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the group"), max_length=80)
    setting = models.CharField(
        _("where you meet"), max_length=8, choices=Setting.choices, default=Setting.VIDEO
    )
    format = models.JSONField(_("format"))  # groups/formats.py to_json: a preset or the leaders' own copy
    clinician_word = models.CharField(max_length=20, default="clinician")  # key in groups/words.py
    patient_word = models.CharField(max_length=20, default="patient")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    size = models.PositiveSmallIntegerField(_("number of members"), default=8)
    rhythm = models.CharField(_("rhythm"), max_length=60, blank=True)
    length_min = models.PositiveSmallIntegerField(_("minutes of a meeting"), default=75)
    term = models.CharField(_("runs until"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    call_link = models.URLField(_("link to the call"), max_length=500, blank=True)
    telephone = models.CharField(_("telephone number if lines fail"), max_length=40, blank=True)
    outsiders = models.CharField(max_length=8, choices=Outsiders.choices, default=Outsiders.NOTHING)
    # What took place before the group agreed to the present rule stays out of any outsider's sight.
    outsiders_since = models.DateTimeField(default=timezone.now)
    outsiders_who = models.CharField(_("employer or programme"), max_length=120, blank=True)
    concerns_to = models.CharField(_("past the leaders, concerns go to"), max_length=120, blank=True)
    concerns_email = models.EmailField(_("their e-mail address"), max_length=254, blank=True)
    # Whoever has to come may take something equal instead, and gives no reason.
    compulsory = models.BooleanField(_("compulsory"), default=False)
    alternative = models.CharField(_("equal alternative"), max_length=300, blank=True)
    limits = models.TextField(_("limits of confidentiality and local numbers"), max_length=2000, blank=True)
    cameras = models.CharField(_("cameras"), max_length=8, choices=Cameras.choices, default=Cameras.ON)
    hands = models.BooleanField(_("“I would like to say something”"), default=False)
    members_see_time = models.BooleanField(_("members see the minutes"), default=False)
    empty_chair = models.BooleanField(_("empty chair"), default=False)
    lingering = models.BooleanField(_("a leader may stay a little after the close"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Its life, moved by leaders alone: groups/life.py.
    forming_since = models.DateTimeField(null=True, blank=True)  # no meeting was held yet
    resting_since = models.DateTimeField(null=True, blank=True)
    closed_since = models.DateTimeField(null=True, blank=True)  # nobody joins before the next term
    ending_since = models.DateTimeField(null=True, blank=True)  # the next meeting is the last one
    course_before = models.JSONField(null=True, blank=True)  # format and length to go back to after all
    term_number = models.PositiveSmallIntegerField(default=1)
    term_began_at = models.DateTimeField(default=timezone.now)
    term_meetings = models.PositiveSmallIntegerField(null=True, blank=True)
    term_until = models.DateField(null=True, blank=True)
    deciding_since = models.DateTimeField(null=True, blank=True)  # everybody is asked whether they go on

    def __str__(self) -> str:
        return f"group {self.pk}"

    @property
    def state(self) -> str:
        """Return ended, resting, forming or running."""
        if self.ended_at:
            return "ended"
        return "resting" if self.resting_since else "forming" if self.forming_since else "running"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Return those who belong today."""
        return self.filter(left_at=None)


class Membership(models.Model):
    """A person's place in a group, from joining to leaving. A person who comes back gets a new one."""

    class Role(models.TextChoices):
        LEADER = "leader", _("leader")
        TRAINEE = "trainee", _("trainee leader")
        INTERPRETER = "interpreter", _("interpreter")
        MEMBER = "member", _("member")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    seat = models.CharField(max_length=16, default=new_seat, unique=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    role_since = models.DateTimeField(default=timezone.now)
    leads_until = models.DateField(null=True, blank=True)  # a leader who has said when they stop
    deputy_since = models.DateTimeField(
        null=True, blank=True
    )  # holds the circle if all leaders' lines are gone
    credential = models.CharField(_("credential"), max_length=160, blank=True)  # leaders: as invitees read it
    # Leaders declare: "I do not assess, appoint or manage anyone here", or the group is told otherwise.
    independent = models.BooleanField(null=True, blank=True)
    dependence_told = models.CharField(max_length=300, blank=True)
    asked_to_lead_at = models.DateTimeField(null=True, blank=True)  # waits for the member's own yes
    asked_as = models.CharField(max_length=12, default=Role.LEADER)  # to lead, or to learn to lead
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Membership"]] = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(left_at=None), name="one_place_in_a_group"
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def is_leader(self) -> bool:
        return self.role == self.Role.LEADER

    @property
    def declares(self) -> bool:
        """Whether they say of themselves if they assess or manage anyone here."""
        return self.role in (self.Role.LEADER, self.Role.TRAINEE)


class Agreement(models.Model):
    """One version of what the group agreed. A new one holds once everybody has accepted it; the newest such holds."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=8000)
    terms = models.JSONField(default=dict, blank=True)  # fields of Group that change with this version
    written_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(default=timezone.now, null=True, blank=True)  # empty: proposed
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="agreement_versions_in_order"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(agreed_at=None, withdrawn_at=None),
                name="one_proposal_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.group_id} version {self.number}"


class Acceptance(models.Model):
    """Who accepted which version, and when."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="acceptances")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "agreement"], name="accepted_once")]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"


class AgreementLink(models.Model):
    """A link in a mail by which one member may accept one version without signing in; only its hash is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"agreement link {self.pk}"


class OutsideLink(models.Model):
    """The link by which the named programme or employer sees what the agreement names; one a group."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="outside_link")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"outside link {self.pk}"


class InvitedAs(models.TextChoices):
    """As what somebody is invited: into the circle, or to look after its dates."""

    LEADER = "leader", _("leader")
    TRAINEE = "trainee", _("trainee leader")
    INTERPRETER = "interpreter", _("interpreter")
    COORDINATOR = "coordinator", _("coordinator: dates and rooms, never the room itself")
    MEMBER = "member", _("member")


class Invitation(models.Model):
    """A link for one use, or one sent by mail; only the hash of its secret is kept."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)  # empty: a link handed over by a leader
    name = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=12, choices=InvitedAs.choices, default=InvitedAs.MEMBER)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # "" | gladly | question | not_now
    talked_at = models.DateTimeField(null=True, blank=True)  # the preliminary talk took place; no word of it
    asked_at = models.DateTimeField(null=True, blank=True)  # one question for each link goes to the leaders
    # Whose account it has opened, so that it opens no second one.
    account = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought = models.ForeignKey(
        "groups.Import", null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
