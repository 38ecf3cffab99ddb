"""What the page says about the line check, and in which language a circle reads its four words."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group
from enid.groups.queries import leaders
from enid.room.phrases import Phrase

# {name} is filled in by the page.
TEXTS: dict[str, Phrase] = {
    "label": _("Line check"),
    "waiting": _("The words come when everybody’s line is open."),
    "same": _("Nobody sits on a line. The words change when somebody comes or goes; once read is enough."),
    "differs": _("The line to {name} does not end where it says. Somebody may have put themselves between."),
    "told": _("{name} reads other words."),
    "failed": _("The line check failed. Please look at the lock."),
    "failed_label": _("Please look here"),
}


def handed(group: Group) -> dict[str, object]:
    """Return what the page needs for the line check.

    The words' language is that of the leader who has been there longest, so that all read the same words.
    """
    there = leaders(group)
    language = (there[0].person.language if there else "") or settings.LANGUAGE_CODE
    return {"language": language[:2], "texts": {key: str(text) for key, text in TEXTS.items()}}
