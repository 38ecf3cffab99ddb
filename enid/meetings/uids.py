"""The names by which calendar programs know our entries, read back into the meetings they mean."""

import re
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from enid.meetings.models import Meeting

NAME = re.compile(
    r"(?:(?P<day>\d{8})-)?(?P<kind>series|meeting)-(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-[0-9a-f]{16})?@.{1,80}",
    re.ASCII,
)


def meetings_named(uid: str, *, at: datetime, day: date | None = None) -> QuerySet[Meeting]:
    """Return the meetings to come that an entry names, the next one first. day: one date of a series, by its rule"""
    coming = Meeting.objects.filter(cancelled_at=None, opened_at=None, closed_at=None, starts_at__gt=at)
    name = NAME.fullmatch(uid)
    if name is None:
        return coming.none()
    if name["kind"] == "meeting":
        return coming.filter(pk=name["id"])
    theirs = coming.filter(series=UUID(name["id"])).order_by("starts_at")
    day = _day(name["day"]) if name["day"] else day
    return theirs.filter(series_date=day) if day else theirs


def _day(text: str) -> date:
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
