"""The way from nothing to a group that is forming: what is done, and what is next.

Follows the societies' checklist for starting a group; what happens between people stands beside the steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enid.groups.models import Group, Membership, Setting
from enid.groups.queries import circle, open_invitations


@dataclass(frozen=True)
class Facts:
    """What the steps follow from."""

    group: Group
    leaders: int
    members: int  # beside the leaders
    asked: int  # by invitations that are open
    has_dates: bool


@dataclass(frozen=True)
class Step:
    """One step: where it is done, and whether it is. `needed`: a group can form without the others."""

    title: Promise
    says: Promise
    url_name: str
    done: bool
    needed: bool = True


def facts(group: Group, people: Sequence[Membership], *, has_dates: bool, at: datetime) -> Facts:
    """Gather what the steps follow from."""
    leading = sum(place.is_leader for place in people)
    asked = len(open_invitations(group, at=at))
    return Facts(group, leading, len(people) - leading, asked, has_dates)


def facts_of(group: Group, *, has_dates: bool, at: datetime) -> Facts:
    """Gather the same where the circle is not at hand."""
    return facts(group, circle(group), has_dates=has_dates, at=at)


def steps(so: Facts) -> list[Step]:
    """Return the steps in their order."""
    return [
        Step(
            _("Who leads"),
            _(
                "Two leaders do better than one, and talk after each meeting. Who leads alone needs supervision."
            ),
            "group_invite",
            so.leaders > 1,
            needed=False,
        ),
        Step(
            _("Where and when"),
            _("The same place or the same line, the same hour, the same rhythm."),
            "group_settings",
            _has_a_frame(so.group),
        ),
        Step(
            _("What the agreement names"),
            _(
                "Where concerns go past you, the limits of confidentiality where you live, and what an employer learns."
            ),
            "group_settings",
            bool(so.group.limits and so.group.concerns_to),
        ),
        Step(
            _("The dates"),
            _("A series at a fixed hour, ten meetings, and then the group decides anew."),
            "group_dates_new",
            so.has_dates,
        ),
        Step(
            _("Invitations"),
            _(
                "Six to ten members do well; ask some more than you need. Each reads everything before they join."
            ),
            "group_invite",
            so.members + so.asked > 0,
        ),
    ]


def _has_a_frame(group: Group) -> bool:
    known = {Setting.ROOM: group.place, Setting.BESIDE: group.call_link, Setting.VIDEO: "here"}
    return bool(group.rhythm and known[Setting(group.setting)])


def next_step(so: Facts) -> Step | None:
    """Return the first step that a group cannot form without and that is not done."""
    return next((step for step in steps(so) if step.needed and not step.done), None)
