"""A concern that goes past the leaders, by mail to whom the agreement names. Nothing of it is kept.

The sender's address stands in the text and not in the letter's head: the text is dropped once it is sent. Its language
is the server's, since the sender's own could tell who wrote it; its subject is that of many other letters, since a
subject is kept for a week.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from enid.groups.models import Group, Membership
from enid.people.models import Person


def belongs_to_a_leader(group: Group, email: str) -> bool:
    """Tell whether an address is known to be that of somebody who leads the group."""
    leading = group.memberships.filter(left_at=None, role=Membership.Role.LEADER).values("person")
    theirs = EmailAddress.objects.filter(user__in=leading, email__iexact=email)
    return Person.objects.filter(Q(email__iexact=email), pk__in=leading).exists() or theirs.exists()


def address_of(group: Group) -> str:
    """Return where concerns go past the leaders; nothing where no address is named that leads past them."""
    email = group.concerns_email
    return "" if not email or belongs_to_a_leader(group, email) else email


def can_send() -> bool:
    """Tell whether a letter would leave this server; waiting here, it could be read."""
    return bool(settings.SMTP_URL)


def send(*, group: Group, to: str, text: str, sender: Person | None) -> None:
    """Mail a concern; the sender is named only as they wish."""
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("About your Balint group"),
            body=_(
                "A member of the group “%(group)s” writes to you past its leaders. The group named you for this. "
                "The leaders do not know of this message.\n\n%(text)s\n\n%(sender)s\n"
            )
            % {"group": group.name, "text": text, "sender": _sender(sender)},
            to=[to],
        ).send()


def _sender(sender: Person | None) -> str:
    if sender is None:
        return _("The member did not give a name; this message cannot be answered.")
    return _("From %(name)s; please answer to %(address)s.") % {
        "name": sender.name,
        "address": sender.email,
    }
