"""Reads of the groups chapter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enid.groups.agreement import Facts, facts_of, leaders_line
from enid.groups.models import Acceptance, Agreement, Group, Invitation, Membership
from enid.people.models import Person


def circle(group: Group) -> list[Membership]:
    """Return everybody who belongs today, leaders first, then in the order of joining."""
    places = group.memberships.filter(left_at=None).select_related("person")
    return sorted(places, key=lambda place: not place.is_leader)


def leaders(group: Group) -> list[Membership]:
    """Return the present leaders."""
    return [place for place in circle(group) if place.is_leader]


def facts(group: Group) -> Facts:
    """Return what the settings say about outsiders and leaders."""
    return facts_of(group, leaders(group))


def present_agreement(group: Group) -> Agreement:
    """Return the newest version; every group has one from its first moment."""
    return group.agreements.latest("number")


def agreement_to_accept(membership: Membership) -> Agreement | None:
    """Return the version this member has still to accept before the room, or nothing."""
    newest = present_agreement(membership.group)
    accepted = Acceptance.objects.filter(membership=membership, agreement=newest).exists()
    return None if accepted else newest


def not_yet_accepted(group: Group, agreement: Agreement) -> list[Membership]:
    """Return those who have not accepted this version."""
    accepted = set(agreement.acceptances.values_list("membership_id", flat=True))
    return [place for place in circle(group) if place.pk not in accepted]


def groups_of(person: Person) -> list[Membership]:
    """Return the person's places with groups and the number who belong, for the home page."""
    places = Membership.objects.filter(person=person, left_at=None, group__ended_at=None)
    belonging = Count("group__memberships", filter=Q(group__memberships__left_at=None))
    return list(places.select_related("group").annotate(people=belonging).order_by("group__name", "pk"))


def open_invitations(group: Group, *, at: datetime) -> list[Invitation]:
    """Return invitations that can still be accepted, the latest first."""
    waiting = group.invitations.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    return list(waiting.order_by("-created_at", "-pk"))


def answers_for(person: Person, *, at: datetime) -> list[Invitation]:
    """Return open invitations of the groups this person leads that somebody has answered."""
    led = Membership.objects.filter(person=person, role=Membership.Role.LEADER, left_at=None).values("group")
    waiting = Invitation.objects.filter(group__in=led, used_at=None, withdrawn_at=None, expires_at__gt=at)
    waiting = waiting.filter(group__ended_at=None).exclude(answer="")
    return list(waiting.select_related("group").order_by("created_at", "pk"))


@dataclass(frozen=True)
class Known:
    """Somebody who learns something about a member, and what that is."""

    who: str
    what: tuple[str, ...]


def known_about(group: Group) -> list[Known]:
    """Say what will be known about a member and by whom, from the group's settings alone."""
    return [
        Known(
            _("The members of the group"),
            (
                _("your name, as you write it, and that you belong"),
                _("when you are in the room, and while it lasts who tells a case"),
            ),
        ),
        Known(
            _("The leaders"),
            (
                _(
                    "whether you were present, confirmed by a leader after each meeting: present or not, and minutes only if you ask for them"
                ),
                _("that you accepted the agreement, and when"),
            ),
        ),
        Known(group.outsiders_who or _("Your employer or programme"), (str(group.get_outsiders_display()),)),
        Known(
            _("Those who look after this server"),
            (_("your account and which groups you belong to; they have no way into a room"),),
        ),
        Known(
            _("Nobody"),
            (
                _("what was said or typed: Enid keeps nothing of it"),
                _("who told a case: it is forgotten when the meeting closes"),
                _("how long or how often you spoke"),
            ),
        ),
    ]


def leading_words(group: Group) -> str:
    """Say whether the leaders assess or manage anyone here."""
    return leaders_line(facts(group))


def size_words(size: int) -> str:
    """Say how many people a group is meant for."""
    return ngettext("%(n)s member", "%(n)s members", size) % {"n": size}


def groups_led_alone(person: Person) -> list[Group]:
    """Return living groups in which others would be left without a leader if this person went."""
    theirs = Membership.objects.filter(person=person, left_at=None).values("group")
    now = Q(memberships__left_at=None)
    counted = Group.objects.filter(pk__in=theirs, ended_at=None).annotate(
        people=Count("memberships", filter=now),
        others_lead=Count(
            "memberships", filter=now & Q(memberships__role="leader") & ~Q(memberships__person=person)
        ),
    )
    return list(counted.filter(people__gt=1, others_lead=0).order_by("pk"))
