"""Mail that asks for a new version of the agreement, and the link in it that accepts without signing in.

A link belongs to one member and one version, works once and runs out; the database keeps a hash of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enid.core.links import hash_of, new_secret
from enid.groups.errors import LinkGone
from enid.groups.models import Agreement, AgreementLink, Membership

VALID = timedelta(days=30)


def send(version: Agreement, places: Sequence[Membership], *, at: datetime) -> None:
    """Mail each of these members, once, that a version is proposed."""
    for place in places:
        secret = new_secret()
        AgreementLink.objects.create(
            membership=place, agreement=version, secret_hash=hash_of(secret), expires_at=at + VALID
        )
        with translation.override(place.person.language or settings.LANGUAGE_CODE):
            _letter(version, place, secret, at).send()


def _letter(version: Agreement, place: Membership, secret: str, at: datetime) -> EmailMessage:
    body = _(
        "A new version of the agreement of “%(group)s” is proposed. It holds once everybody has accepted it; "
        "until then the present one holds.\n\n"
        "Here you can read and accept it without signing in:\n%(link)s\n\n"
        "The link is for you alone, works once, and opens until %(date)s. If you cannot accept, nothing changes; "
        "please speak with your leaders.\n"
    )
    said = {
        "group": version.group.name,
        "link": settings.URL + reverse("agreement_link", args=[secret]),
        "date": date_format(at + VALID, pgettext("Django date format", "j F Y")),
    }
    return EmailMessage(
        subject=_("A new version of your group’s agreement"), body=body % said, to=[place.person.email]
    )


def find(secret: str, *, at: datetime) -> AgreementLink:
    """Return the link behind a secret while it opens anything.

    raises: LinkGone for used, expired, withdrawn and invented links alike
    """
    alive = AgreementLink.objects.filter(
        secret_hash=hash_of(secret),
        used_at=None,
        expires_at__gt=at,
        membership__left_at=None,
        membership__group__ended_at=None,
        agreement__agreed_at=None,
        agreement__withdrawn_at=None,
    )
    found = alive.select_related("membership__person", "membership__group", "agreement").first()
    if found is None:
        raise LinkGone
    return found


def use(link: AgreementLink, *, at: datetime) -> None:
    """Use a link up.

    raises: LinkGone when somebody was faster
    """
    if not AgreementLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        raise LinkGone
