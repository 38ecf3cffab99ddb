"""Verbs around an invitation: write it, send it, answer it, join by it, take it back.

A link opens one place, once. What the database keeps of it is a hash; the link itself is shown or mailed once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enid.core.links import hash_of, new_secret
from enid.groups import agreement as texts
from enid.groups import agreement_links, relations
from enid.groups.errors import (
    AgreementChanged,
    AlreadyAnswered,
    AlreadyHere,
    CircleClosed,
    GroupFull,
    InvitationGone,
    NoDeclaration,
    TooManyOpen,
)
from enid.groups.life import IN_A_PLACE, no_longer_waits
from enid.groups.models import Acceptance, Group, Invitation, InvitedAs, Membership, Setting
from enid.groups.operations import Declaration, refresh_agreement, tell_the_room
from enid.groups.queries import (
    coming_facts,
    facts,
    leaders,
    open_invitations,
    present_agreement,
    proposal_to_accept,
)
from enid.groups.roles import begin_to_coordinate
from enid.groups.words import say, words_of
from enid.people.models import Person

VALID = timedelta(days=14)
MOST_PEOPLE = 24  # as many seats as a room holds
MOST_OPEN = 60  # twelve seats, with room for answers that come and go
GLADLY, QUESTION, NOT_NOW = "gladly", "question", "not_now"


@dataclass(frozen=True)
class Invitee:
    """Whom a leader invites: a name to greet, an address (empty for a link to hand over), and the role."""

    name: str
    email: str
    role: str


NAME_HERE = "{name}"


def letter(group: Group, *, at: datetime) -> str:
    """Return the text that a leader may change before it goes; NAME_HERE becomes the invitee's name."""
    sentence = _(
        "Dear %(name)s,\n\n"
        "some $patient_many stay with us after work. %(size)s $clinician_many will meet %(rhythm)s, %(place)s, to "
        "think about such encounters: one story each time, told from memory. No advice, no marks, nothing to "
        "prepare; nobody has to speak or present.\n\n"
        "%(leaders)s will lead. What is said stays there. %(outsiders)s\n\n"
        "Shall we talk for fifteen minutes first? Please answer by %(date)s: gladly / I have a question / not this "
        "time."
    )
    return say(sentence, words_of(group)) % {
        "name": NAME_HERE,
        "size": group.size,
        "rhythm": group.rhythm or "…",
        "place": group.place or where(group),
        "leaders": _(" and ").join(introduced(place) for place in leaders(group)),
        "outsiders": texts.outsiders_line(facts(group)),
        "date": date_format(at + VALID, pgettext("Django date format", "j F Y")),
    }


def where(group: Group) -> str:
    """Say where a group without an address meets."""
    return _("in one room") if group.setting == Setting.ROOM else _("online")


def introduced(place: Membership) -> str:
    """Name a leader with their credential."""
    return f"{place.person.name} ({place.credential})" if place.credential else place.person.name


@transaction.atomic
def invite(*, group: Group, by: Person, invitee: Invitee, at: datetime) -> tuple[Invitation, str]:
    """Return a new invitation and the secret of its link, which nobody can read again.

    raises: GroupFull, TooManyOpen, AlreadyHere when the address belongs to a member
    """
    Group.objects.select_for_update().get(
        pk=group.pk
    )  # two leaders who invite at once are counted one by one
    here = group.memberships.filter(left_at=None)
    if here.count() >= MOST_PEOPLE:
        raise GroupFull
    if invitee.email and here.filter(person__email__iexact=invitee.email).exists():
        raise AlreadyHere
    if group.closed_since and invitee.role in IN_A_PLACE:
        raise CircleClosed
    if len(open_invitations(group, at=at)) >= MOST_OPEN:
        raise TooManyOpen
    secret = new_secret()
    if invitee.email:
        no_longer_waits(group=group, email=invitee.email)
    made = Invitation.objects.create(
        group=group,
        secret_hash=hash_of(secret),
        email=invitee.email,
        name=invitee.name,
        role=invitee.role,
        invited_by=by,
        created_at=at,
        expires_at=at + VALID,
    )
    return made, secret


def ready_letter(*, invitation: Invitation, text: str, link: str) -> str:
    """Return the leader's text with the name in it, and the link under it."""
    valid = _("The link is for you alone and opens until %(date)s.") % {
        "date": date_format(invitation.expires_at, pgettext("Django date format", "j F Y"))
    }
    return f"{text.replace(NAME_HERE, invitation.name)}\n\n{link}\n{valid}\n"


def send_letter(*, invitation: Invitation, letter: str, reply_to: str) -> None:
    """Mail an invitation."""
    EmailMessage(
        subject=_("An invitation to a Balint group"),
        body=letter,
        to=[invitation.email],
        reply_to=[reply_to],
    ).send()


def place_by(secret: str, *, person_id: int) -> Membership | None:
    """Return the present place of this person in the group that a link, spent or not, belongs to."""
    places = Membership.objects.filter(person_id=person_id, left_at=None, group__ended_at=None)
    return places.filter(group__invitations__secret_hash=hash_of(secret)).first()


def find(secret: str, *, at: datetime) -> Invitation:
    """Return the invitation behind a link while it opens anything.

    raises: InvitationGone for used, expired, withdrawn and invented links alike
    """
    return _living(Invitation.objects.filter(secret_hash=hash_of(secret)), at)


def carried(pk: object, *, at: datetime) -> Invitation:
    """Return the invitation that a browser carries through sign-in.

    raises: InvitationGone
    """
    return _living(Invitation.objects.filter(pk=pk if isinstance(pk, int) else 0), at)


def _living(found: QuerySet[Invitation], at: datetime) -> Invitation:
    alive = found.filter(used_at=None, withdrawn_at=None, expires_at__gt=at, group__ended_at=None)
    invitation = alive.select_related("group").first()
    if invitation is None:
        raise InvitationGone
    return invitation


def answer(*, invitation: Invitation, answer: str) -> None:
    """Note an answer; all three leave the invitation open, since people change their minds."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(answer=answer)


def ask(*, invitation: Invitation, question: str, reply_to: str, at: datetime) -> None:
    """Mail an invitee's question to the leaders; Enid keeps only that there was one, and when.

    raises: AlreadyAnswered after the first: the answer is noted, but a link is no way to flood the leaders
    """
    answer(invitation=invitation, answer=QUESTION)
    with transaction.atomic():
        unasked = Invitation.objects.filter(pk=invitation.pk, used_at=None, asked_at=None)
        if not unasked.update(asked_at=at):
            raise AlreadyAnswered
        _mail_question(invitation, question, reply_to)


def _mail_question(invitation: Invitation, question: str, reply_to: str) -> None:
    for place in leaders(invitation.group):
        EmailMessage(
            subject=_("A question about your Balint group"),
            body=_(
                "%(name)s was invited to “%(group)s” and asks:\n\n%(question)s\n\nPlease answer to %(address)s.\n"
            )
            % {
                "name": invitation.name or _("Somebody"),
                "group": invitation.group.name,
                "question": question,
                "address": reply_to,
            },
            to=[place.person.email],
            reply_to=[reply_to],
        ).send()


@transaction.atomic
def accept(
    *, invitation: Invitation, person: Person, number: int, declaration: Declaration | None, at: datetime
) -> Membership:
    """Join by accepting the version of the agreement that was read; the link is used up.

    declaration: needed where the invitation asks somebody to lead, or to learn it
    raises:      InvitationGone, AlreadyHere, GroupFull, KeptApart, AgreementChanged, NoDeclaration
    """
    if invitation.role == InvitedAs.COORDINATOR:
        raise InvitationGone  # it opens the dates, and no place in the circle
    group = Group.objects.select_for_update().get(pk=invitation.group_id)
    said = _said(invitation, declaration)
    _check_place(group, person)
    tells = invitation.role == Membership.Role.LEADER and bool(said and said.told)
    relations.check_apart(group, person, tells=tells, invited_at=invitation.created_at)
    if present_agreement(group).number != number:
        raise AgreementChanged
    taken = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=at)
    # Whom it was sent to is not kept: they may have another address here, which an erasure would not find.
    if group.ended_at or not taken.update(used_at=at, answer=GLADLY, email="", name=""):
        raise InvitationGone
    return _seat(group, person, invitation.role, said, at)


def _said(invitation: Invitation, declaration: Declaration | None) -> Declaration | None:
    if invitation.role not in (Membership.Role.LEADER, Membership.Role.TRAINEE):
        return None
    if declaration is None:
        raise NoDeclaration
    return declaration.checked()


def _check_place(group: Group, person: Person) -> None:
    here = group.memberships.filter(left_at=None)
    if here.filter(person=person).exists():
        raise AlreadyHere
    if here.count() >= MOST_PEOPLE:
        raise GroupFull


def _seat(group: Group, person: Person, role: str, said: Declaration | None, at: datetime) -> Membership:
    before = coming_facts(group)
    place = Membership(group=group, person=person, role=role, joined_at=at, role_since=at)
    if said:
        place.credential, place.independent = said.credential, said.independent
        place.dependence_told = said.told
    place.save()
    Acceptance.objects.create(membership=place, agreement=present_agreement(group), accepted_at=at)
    relations.tell_who_wished(place)
    if not refresh_agreement(group, before, by=place, at=at):
        _ask_for_the_proposal(place, at)
    tell_the_room(group.pk)
    return place


def _ask_for_the_proposal(place: Membership, at: datetime) -> None:
    """Ask whoever joins while a version is proposed, like everybody else, once."""
    proposal = proposal_to_accept(place)
    if proposal:
        agreement_links.send(proposal, [place], at=at)


@transaction.atomic
def accept_coordination(*, invitation: Invitation, person: Person, at: datetime) -> None:
    """Begin to look after the dates; the link is used up.

    raises: InvitationGone
    """
    open_still = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=at
    )
    taken = open_still.filter(group__ended_at=None, role=InvitedAs.COORDINATOR)
    if not taken.update(used_at=at, answer=GLADLY, email="", name=""):
        raise InvitationGone
    begin_to_coordinate(group=invitation.group, person=person, at=at)


def note_talk(*, invitation: Invitation, at: datetime) -> None:
    """Note that the preliminary talk took place, or take that back; nothing is kept of it."""
    open_still = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    open_still.update(talked_at=None if invitation.talked_at else at)


def withdraw(*, invitation: Invitation, at: datetime) -> None:
    """Take an invitation back; its link opens nothing from now on."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
