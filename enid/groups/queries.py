"""Reads of the groups chapter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enid.groups.agreement import Facts, facts_of, leaders_line
from enid.groups.agreement_terms import with_terms
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


def coming_facts(group: Group) -> Facts:
    """Return the same as the open proposal would have it; without one, as they are."""
    proposal = open_proposal(group)
    return facts_of(with_terms(group, proposal.terms), leaders(group)) if proposal else facts(group)


def present_agreement(group: Group) -> Agreement:
    """Return the version in force; every group has one from its first moment."""
    return group.agreements.filter(agreed_at__isnull=False).latest("number")


def open_proposal(group: Group) -> Agreement | None:
    """Return the version that waits for everybody's yes, or nothing."""
    return group.agreements.filter(agreed_at=None, withdrawn_at=None).first()


def newest_version(group: Group) -> Agreement:
    """Return the version that a new one starts from: the open proposal, else the one in force."""
    return open_proposal(group) or present_agreement(group)


def agreement_to_accept(membership: Membership) -> Agreement | None:
    """Return the version in force where this member has still to accept it before the room, or nothing."""
    return _unless_accepted(membership, present_agreement(membership.group))


def proposal_to_accept(membership: Membership) -> Agreement | None:
    """Return the open proposal where this member has not accepted it, or nothing; no door waits for it."""
    proposal = open_proposal(membership.group)
    return proposal and _unless_accepted(membership, proposal)


def _unless_accepted(membership: Membership, version: Agreement) -> Agreement | None:
    accepted = Acceptance.objects.filter(membership=membership, agreement=version).exists()
    return None if accepted else version


def not_yet_accepted(group: Group, agreement: Agreement) -> list[Membership]:
    """Return those who have not accepted this version."""
    accepted = set(agreement.acceptances.values_list("membership_id", flat=True))
    return [place for place in circle(group) if place.pk not in accepted]


@dataclass(frozen=True)
class Version:
    """One version as members see it: who of those who belong accepted it, and how many who have left."""

    agreement: Agreement
    accepted: list[Acceptance]
    accepted_and_left: int


def versions(group: Group) -> list[Version]:
    """Return every version, the newest first."""
    here = {place.pk: place for place in circle(group)}
    rows: dict[int, list[Acceptance]] = {}
    for row in Acceptance.objects.filter(agreement__group=group).order_by("accepted_at", "pk"):
        rows.setdefault(row.agreement_id, []).append(row)
    return [_version(each, rows.get(each.pk, []), here) for each in group.agreements.order_by("-number")]


def _version(agreement: Agreement, rows: list[Acceptance], here: dict[int, Membership]) -> Version:
    """Name those who belong today; a later member need not learn who was here before."""
    accepted = [row for row in rows if row.membership_id in here]
    for row in accepted:
        row.membership = here[row.membership_id]
    return Version(agreement, accepted, len(rows) - len(accepted))


def groups_of(person: Person) -> list[Membership]:
    """Return the person's places with groups and the number who belong, for the home page."""
    places = Membership.objects.filter(person=person, left_at=None, group__ended_at=None)
    belonging = Count("group__memberships", filter=Q(group__memberships__left_at=None))
    return list(places.select_related("group").annotate(people=belonging).order_by("group__name", "pk"))


def coordinated_by(person: Person) -> list[Group]:
    """Return the groups whose dates this person looks after."""
    mine = Group.objects.filter(ended_at=None, coordinations__person=person, coordinations__ended_at=None)
    return list(mine.order_by("name", "pk"))


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
    """Say what will be known about a member and by whom: from the group's settings, and who learns to lead."""
    return [
        Known(
            _("The members of the group"),
            (
                _("your name, as you write it, that you belong, and in which role"),
                _("that you accepted the agreement, and when"),
                _("that you cannot come, if you say so beforehand; nobody asks why"),
                _("when you are in the room, and while it lasts who tells a case"),
            ),
        ),
        Known(
            _("The leaders"),
            (
                _(
                    "whether you were present, as a leader confirms it after each meeting; minutes only if you ask for them"
                ),
                _("your reason from a short list, if you say that this is wrong"),
                _("which times do not suit you, when a time is looked for; never the hours that you paint"),
                _("that you go on, if you say so at the end of a term; no other answer"),
            ),
        ),
        *_known_to_trainees(group),
        Known(group.outsiders_who or _("Your employer or programme"), (str(group.get_outsiders_display()),)),
        *_known_to_coordinators(group),
        Known(
            _("Those who look after this server"),
            (_("your account, your groups and what is kept of them; they have no way into a room"),),
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


def _known_to_trainees(group: Group) -> list[Known]:
    learning = [place for place in circle(group) if place.role == Membership.Role.TRAINEE]
    return [
        Known(
            _("%(name)s, who learns to lead") % {"name": place.person.name},
            (_("in the room, the words that you write to the leaders"), *_said_by(place)),
        )
        for place in learning
    ]


def _said_by(place: Membership) -> tuple[str, ...]:
    """Return what a trainee says of themselves where they assess or manage somebody here."""
    told = place.dependence_told
    return (_("They say of themselves: “%(told)s”") % {"told": told},) if told else ()


def _known_to_coordinators(group: Group) -> list[Known]:
    if not group.coordinations.filter(ended_at=None).exists():
        return []
    return [
        Known(_("Whoever coordinates"), (_("the dates and where the group meets; no names and no room"),))
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
