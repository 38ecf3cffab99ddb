"""Not with …, and who assesses or manages whom.

A wish keeps nobody out: in a circle of eight that would reveal it. Only whoever wished is asked whether they still
want to belong. A declared relation is known to both, and keeps them apart unless the group was told of it.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enid.groups.errors import KeptApart, Oneself, TooManyNamed
from enid.groups.models import Group, Membership
from enid.groups.relation_models import Relation, StillHere, Wish
from enid.people.models import Person

MOST_NAMED = 20


def addresses_of(person: Person) -> set[str]:
    """Return the addresses that were shown to be theirs; one only typed in is nobody's yet."""
    shown = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {email.lower() for email in shown}


def _addresses_in(group: Group, *, but: Person) -> QuerySet[EmailAddress, str]:
    here = group.memberships.filter(left_at=None).exclude(person=but).values("person")
    shown = EmailAddress.objects.filter(user__in=here, verified=True)
    lower: QuerySet[EmailAddress, str] = shown.annotate(lower=Lower("email")).values_list("lower", flat=True)
    return lower


def _checked(person: Person, email: str, named: int) -> str:
    if email.lower() in addresses_of(person):
        raise Oneself
    if named >= MOST_NAMED:
        raise TooManyNamed
    return email.lower()


@transaction.atomic
def wish(*, person: Person, email: str, at: datetime) -> None:
    """Note that somebody would rather not be placed with this person.

    raises: Oneself, TooManyNamed
    """
    Person.objects.select_for_update().get(pk=person.pk)
    email = _checked(person, email, person.wishes.exclude(email=email.lower()).count())
    Wish.objects.get_or_create(person=person, email=email, defaults={"made_at": at})


@transaction.atomic
def declare(*, person: Person, email: str, side: str, at: datetime) -> None:
    """Declare that one assesses, appoints or manages the other.

    raises: Oneself, TooManyNamed
    """
    Person.objects.select_for_update().get(pk=person.pk)
    email = _checked(person, email, person.declared.exclude(email=email.lower()).count())
    Relation.objects.update_or_create(person=person, email=email, defaults={"side": side, "declared_at": at})


def take_back(*, person: Person, pk: int) -> None:
    """Forget a wish."""
    Wish.objects.filter(pk=pk, person=person).delete()


def relations_of(person: Person) -> QuerySet[Relation]:
    """Return what the person declared, and what others declared of them."""
    return Relation.objects.filter(Q(person=person) | Q(email__in=addresses_of(person)))


def end(*, person: Person, pk: int) -> None:
    """End a relation that the person declared; whoever is named in it may only say that it is not so."""
    Relation.objects.filter(pk=pk, person=person).delete()


@transaction.atomic
def contest(*, person: Person, pk: int, at: datetime) -> None:
    """Say that what another declared is not so; they are asked once, and it holds until they end it."""
    named = Relation.objects.filter(pk=pk, email__in=addresses_of(person)).exclude(person=person)
    if named.filter(contested_at=None).update(contested_at=at):
        _ask_again(named.get().person)


def _ask_again(person: Person) -> None:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        _send(
            person,
            _(
                "You declared that one of you assesses, appoints or manages the other. The other person says that "
                "this is not so. It holds until you end it yourself:\n\n%(link)s\n"
            )
            % {"link": settings.URL + reverse("me_apart")},
        )


def together_in(relation: Relation) -> list[Group]:
    """Return the groups in which both belong today, but those that were told of it: nobody is put out of them."""
    shown = EmailAddress.objects.annotate(lower=Lower("email")).filter(lower=relation.email, verified=True)
    theirs = Membership.objects.filter(left_at=None, person__in=shown.values("user")).values("group")
    mine = Membership.objects.filter(left_at=None, person=relation.person).values("group")
    both = Group.objects.filter(ended_at=None, pk__in=mine).filter(pk__in=theirs).order_by("name", "pk")
    over = _over(relation)
    return [group for group in both if not _addresses_of_those_who_told(group) & over]


def unanswered(person: Person, group: Group, *, before: datetime | None = None) -> list[Wish]:
    """Return the person's wishes about people in this group of which they were not asked yet.

    before: whoever does not belong yet is asked of no later wish: by naming addresses they would learn who belongs
    """
    about = Wish.objects.filter(person=person, email__in=_addresses_in(group, but=person))
    if before:
        about = about.filter(made_at__lt=before)
    return list(about.exclude(answers__group=group))


def belong_all_the_same(
    person: Person, group: Group, *, at: datetime, before: datetime | None = None
) -> None:
    """Note that somebody was asked, and belongs to the group all the same."""
    for each in unanswered(person, group, before=before):
        StillHere.objects.get_or_create(wish=each, group=group, defaults={"said_at": at})


def check_apart(group: Group, person: Person, *, tells: bool, invited_at: datetime) -> None:
    """Refuse to seat people together of whom one is declared to assess or manage the other.

    tells:      the person joins as a leader and says so to the group
    invited_at: what the person themselves declared later does not count: by it they would learn who belongs
    raises:     KeptApart, unless it is a leader of whom the group was told
    """
    here = Q(email__in=_addresses_in(group, but=person), person=person, declared_at__lt=invited_at)
    others = group.memberships.filter(left_at=None).exclude(person=person)
    about = Q(person__in=others.values("person"), email__in=addresses_of(person))
    told = _addresses_of_those_who_told(group)
    for relation in Relation.objects.filter(here | about).select_related("person"):
        if not (_is_over(relation, person) and tells) and not told & _over(relation):
            raise KeptApart


def _is_over(relation: Relation, person: Person) -> bool:
    return (relation.person_id == person.pk) == (relation.side == Relation.Side.OVER)


def _over(relation: Relation) -> set[str]:
    """Return the addresses of the one who assesses or manages."""
    return addresses_of(relation.person) if relation.side == Relation.Side.OVER else {relation.email}


def _addresses_of_those_who_told(group: Group) -> set[str]:
    leading = group.memberships.filter(left_at=None, role=Membership.Role.LEADER, independent=False)
    shown = EmailAddress.objects.filter(user__in=leading.values("person"), verified=True)
    return {email.lower() for email in shown.values_list("email", flat=True)}


def tell_who_wished(place: Membership) -> None:
    """Tell those who would rather not be placed with whoever joined, and nobody else."""
    others = place.group.memberships.filter(left_at=None).exclude(pk=place.pk).values("person")
    wishes = Wish.objects.filter(person__in=others, email__in=addresses_of(place.person))
    asked = Person.objects.filter(wishes__in=wishes.exclude(answers__group=place.group)).distinct()
    for person in asked:
        with translation.override(person.language or settings.LANGUAGE_CODE):
            _tell(person, place.group)


def _tell(person: Person, group: Group) -> None:
    body = _(
        "Somebody you would rather not be placed with has joined “%(group)s”. Nobody but you is told of this. "
        "Do you still wish to belong?\n\n%(link)s\n"
    )
    link = settings.URL + reverse("group_apart", args=[group.pk])
    _send(person, body % {"group": group.name, "link": link})


def _send(person: Person, body: str) -> None:
    """Mail what only this person may know; waiting where no mail leaves, whoever looks after the server could read it."""
    if settings.SMTP_URL:
        EmailMessage(subject=_("About your Balint group"), body=body, to=[person.email]).send()


def collect(person: Person) -> dict[str, object]:
    """Return the person's own wishes and relations; what others wish of them is those people's own."""
    return {
        "not_with": [{"email": each.email, "at": each.made_at.isoformat()} for each in person.wishes.all()],
        "still_in": [
            {"email": each.wish.email, "group": each.group.name, "at": each.said_at.isoformat()}
            for each in StillHere.objects.filter(wish__person=person).select_related("wish", "group")
        ],
        "relations": [
            {
                "by": each.person.name,
                "with": each.email,
                "side": each.side,
                "at": each.declared_at.isoformat(),
                "contested_at": each.contested_at and each.contested_at.isoformat(),
            }
            for each in relations_of(person).select_related("person")
        ],
    }


def erase(person: Person) -> None:
    """Erase what the person named, and what others named of them."""
    mine = addresses_of(person)
    Wish.objects.filter(Q(person=person) | Q(email__in=mine)).delete()
    relations_of(person).delete()
