"""The plain statement of attendance: one member's own confirmed lines as PDF, and nobody else's."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from enid.attendance.queries import OwnLine
from enid.core import pdf
from enid.meetings import moments
from enid.people.models import Person

SOURCE = Path(__file__).parent / "documents/statement.typ"


@dataclass(frozen=True)
class Wanted:
    """What a member chose: days in their own zone, names of groups, and the paper."""

    since: date
    until: date
    groups: frozenset[str]
    paper: pdf.Paper


def chosen(lines: list[OwnLine], wanted: Wanted, zone: ZoneInfo) -> list[OwnLine]:
    """Return the lines on which the member was present, in order of time."""
    found = [
        line
        for line in lines
        if line.present
        and line.group_name in wanted.groups
        and wanted.since <= line.starts_at.astimezone(zone).date() <= wanted.until
    ]
    return sorted(found, key=lambda line: (line.group_name, line.starts_at))


def make(person: Person, lines: list[OwnLine], wanted: Wanted, *, at: datetime) -> bytes:
    """Return the statement as PDF, in the language in use.

    raises: NoDocument
    """
    zone = moments.zone_or_utc(person.time_zone)
    found = chosen(lines, wanted, zone)
    data = {
        "name": person.name,
        "profession": person.profession,
        "period": _("%(since)s to %(until)s") % {"since": _day(wanted.since), "until": _day(wanted.until)},
        "intro": _(
            "was present at these meetings of a Balint group, as the leaders of each group confirmed:"
        ),
        "groups": [_group(name, found, zone) for name in sorted({line.group_name for line in found})],
        "nothing": _("No confirmed meeting lies in this time."),
        "total": _total(found),
        "foot": _(
            "Written by Enid on %(day)s from the record of attendance. It is not signed. Nothing of what was said is kept."
        )
        % {"day": moments.day(at, zone)},
    }
    title = _("Statement of attendance")
    return pdf.make(SOURCE, data, title=title, language=get_language() or "en", paper=wanted.paper)


def _group(name: str, found: list[OwnLine], zone: ZoneInfo) -> dict[str, Any]:
    lines = [line for line in found if line.group_name == name]
    return {"name": name, "rows": [_row(line, zone) for line in lines], "sum": _total(lines)}


def _row(line: OwnLine, zone: ZoneInfo) -> list[str]:
    minutes = _minutes(line.minutes) if line.minutes is not None else ""
    return [moments.moment(line.starts_at, zone), line.setting_name, line.role_name, minutes]


def _total(lines: list[OwnLine]) -> str:
    """Say how many meetings, and how many hours where the member asked for them."""
    many = len(lines)
    said = ngettext("%(n)s meeting", "%(n)s meetings", many) % {"n": many}
    minutes = sum(line.minutes or 0 for line in lines)
    if not minutes:
        return said
    return f"{said}, " + _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


def _minutes(many: int) -> str:
    return _("%(n)s min") % {"n": many}


def _day(day: date) -> str:
    return moments.day(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC"))
