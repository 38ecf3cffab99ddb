"""Meetings of a group and their series, who was there, guests, and calendars that people subscribe to.

Nothing of what was said, nor who presented.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group, Membership, Setting
from enid.groups.seats import new_seat
from enid.meetings.calendar.occurrences import Plan
from enid.people.models import Person


class Series(models.Model):
    """A time that comes again: a wall clock in a zone and a rule. Its meetings are rows, made a season ahead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="series")
    first_date = models.DateField(_("first date"))
    hour = models.TimeField(_("hour"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    rule = models.CharField(max_length=60)  # one of calendar/rules.py
    last_date = models.DateField()  # before the first date: nothing is left of it
    length_min = models.PositiveSmallIntegerField(_("minutes"), default=75)
    sequence = models.PositiveIntegerField(default=0)  # how often it was changed, as calendar files count it
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first_date", "pk"]
        indexes = [models.Index(fields=["group", "last_date"])]

    def __str__(self) -> str:
        return f"series {self.pk}"

    def plan(self) -> Plan:
        """Return when it meets; asks for the days that are left out."""
        skipped = frozenset(day.day for day in self.left_out.all())
        return Plan(self.first_date, self.hour, self.time_zone, self.rule, self.last_date, skipped)


class LeftOut(models.Model):
    """A day on which a series does not meet: a holiday, given by hand."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="left_out")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="left_out_once")]

    def __str__(self) -> str:
        return f"day left out {self.pk}"


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
    # What the group's clock shows then, and by which zone data `starts_at` follows from it. A meeting that was
    # started on the spot has none: no law of a country moves it.
    wall_date = models.DateField(null=True, blank=True)
    wall_hour = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    zone_data = models.CharField(max_length=16, blank=True)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    series_date = models.DateField(null=True, blank=True)  # the date by the rule, also when it was moved
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["group", "starts_at"]),
            models.Index(fields=["zone_data", "starts_at"]),
        ]
        constraints = [models.UniqueConstraint(fields=["series", "series_date"], name="one_meeting_a_date")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def is_moved(self) -> bool:
        """Tell whether it takes place at another time than its series says; asks for the series."""
        if self.series is None:
            return False
        usual = (self.series_date, self.series.hour, self.series.length_min)
        return usual != (self.wall_date, self.wall_hour, self.length_min)


class Attendance(models.Model):
    """Present or not, in which role and setting; confirmed by a leader. No comings and goings.

    Before the close only those have a line who signed in at the screen of a group in one room.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    role = models.CharField(max_length=12, choices=Membership.Role.choices)
    present = models.BooleanField()
    setting = models.CharField(max_length=8, choices=Setting.choices, blank=True)
    # How long the meeting was, only for members who asked for a credit that needs it; the same for all of them.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

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


class CalendarFeed(models.Model):
    """A person's own calendar of all their groups, behind a secret link; one a person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    busy = models.BooleanField(_("only “busy”"), default=False)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"


class CalendarChoice(models.Model):
    """How dates reach a person's calendar, and when they are reminded; without a row the defaults hold."""

    class By(models.TextChoices):
        MAIL = "mail", _("invitations by mail")
        FEED = "feed", _("a link that my calendar program reads")
        NEITHER = "neither", _("neither")

    class Before(models.IntegerChoices):
        NEVER = 0, _("no reminder")
        HOUR = 60, _("an hour before")
        DAY = 1440, _("a day before")
        THREE_DAYS = 4320, _("three days before")
        WEEK = 10080, _("a week before")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_choice")
    by = models.CharField(_("How dates reach my calendar"), max_length=8, choices=By.choices, default=By.MAIL)
    remind_min = models.PositiveSmallIntegerField(
        _("Reminder by mail"), choices=Before.choices, default=Before.DAY
    )

    def __str__(self) -> str:
        return f"calendar choice {self.pk}"


class Untold(models.Model):
    """A group whose dates or people have changed since its members' calendars were told."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"untold {self.pk}"


class Invited(models.Model):
    """What one person's calendar was told by mail of one series or meeting."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=160)
    sequence = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict)  # calendar/told.py; empty: taken back
    address = models.EmailField(max_length=254)
    over_at = models.DateTimeField()  # its last meeting begins

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="told_once")]

    def __str__(self) -> str:
        return f"invited {self.pk}"


class Answer(models.Model):
    """Whether somebody comes to a meeting, said beforehand; no reason is asked. Void once the meeting is moved."""

    class Said(models.TextChoices):
        COMES = "comes", _("I come")
        CANNOT = "cannot", _("I cannot come")
        UNSURE = "unsure", _("I do not know yet")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="answers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=8, choices=Said.choices)
    begins_at = models.DateTimeField()  # for which hour it was said

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="answered_once")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Reminder(models.Model):
    """That somebody was reminded of a meeting at this hour; written with the letter, so that there is one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership", "begins_at"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"


class Quorum(models.Model):
    """Below how many members a group's leaders wish to decide anew whether a date is held."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="quorum")
    least = models.PositiveSmallIntegerField(_("Members needed"), default=4)

    def __str__(self) -> str:
        return f"quorum {self.pk}"


class Cover(models.Model):
    """A member who leads one meeting in a leader's place, once they have said yes; over with that evening."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="covers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="covers_once")]

    def __str__(self) -> str:
        return f"cover {self.pk}"
