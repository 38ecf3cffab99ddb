"""Pages of the room: the circle, the one device in a physical room, and a fresh ticket."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from enid.core.http import DEVICES
from enid.core.links import new_secret
from enid.groups.models import Setting
from enid.groups.words import say, words_of
from enid.meetings.labels import QUESTIONS
from enid.meetings.queries import is_open
from enid.room import ice, lock, phrases, prompts, tickets
from enid.room.access import (
    DEVICE_COOKIE,
    AgreementFirst,
    Place,
    device_of,
    get_door,
    get_leaders_door,
    is_known,
)

OWN_DEVICES = "camera=(self), microphone=(self), speaker-selection=(self), display-capture=(), geolocation=()"
DEVICE_FOR_S = 60 * 60 * 24 * 365


@require_safe
@never_cache
def room(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show the door and, behind it, the circle."""
    at = timezone.now()
    try:
        place = get_door(request, meeting_id, at=at)
    except AgreementFirst as first:
        return redirect("group_agreement", first.group_id)
    if not is_open(place.meeting, at=at):
        return _not_open(request, place)
    device = _meets_a_new_browser(request)
    shown = {**_shared(place), **(_for_leaders(place) if place.has_desk else {})}
    shown["page"] = {**_page(place, _ticket(request, place, at=at)), **_for_media(place)}
    return _keep_device(_with_devices(render(request, "room/room.html", shown), place), device)


@require_safe
@never_cache
def room_table(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show the one device in a physical room, which only a leader touches."""
    at = timezone.now()
    try:
        place = get_leaders_door(request, meeting_id)
    except AgreementFirst as first:
        return redirect("group_agreement", first.group_id)
    if not is_open(place.meeting, at=at):
        return _not_open(request, place)
    page = {**_page(place, _ticket(request, place, at=at, table=True)), "table": True}
    return render(request, "room/table.html", {**_shared(place), "page": page})


@require_GET
@never_cache
def room_ticket(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Return a fresh ticket: a page that stays open longer than its ticket comes back with it."""
    at = timezone.now()
    try:
        place = get_door(request, meeting_id, at=at)
    except AgreementFirst:
        return JsonResponse({"code": "agreement_first"}, status=409)
    if not is_open(place.meeting, at=at):
        return JsonResponse({"code": "not_open"}, status=409)  # a ticket would open the room before its time
    table = request.GET.get("table") == "1" and place.leads
    return JsonResponse({"ticket": _ticket(request, place, at=at, table=table)})


@require_GET
@never_cache
def room_ways(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Return servers and relays to try at the door; those for the circle come by the socket, once let in."""
    at = timezone.now()
    try:
        place = get_door(request, meeting_id, at=at)
    except AgreementFirst:
        return JsonResponse({"code": "agreement_first"}, status=409)
    if not is_open(place.meeting, at=at):
        return JsonResponse({"code": "not_open"}, status=409)
    if place.group.setting != Setting.VIDEO:
        return JsonResponse({"code": "off"}, status=409)
    return JsonResponse({"ice": ice.servers(until=at + ice.TRIAL_LASTS)})


def _ticket(request: HttpRequest, place: Place, *, at: datetime, table: bool = False) -> str:
    device = device_of(request)
    return tickets.make(
        meeting_id=place.meeting.pk,
        seat=place.seat,
        person_id=place.person_id,
        role="table" if table else place.role,
        known=is_known(place, device),
        device=device,
        at=at,
    )


def _not_open(request: HttpRequest, place: Place) -> HttpResponse:
    return render(
        request, "room/not_open.html", {"place": place, "meeting": place.meeting, "group": place.group}
    )


def _shared(place: Place) -> dict[str, Any]:
    meeting = place.meeting
    return {
        "place": place,
        "meeting": meeting,
        "group": place.group,
        "ends_at": meeting.starts_at + timedelta(minutes=meeting.length_min),
        "words": {key: said for key, (said, _heard) in phrases.WORDS.items()},
        "hides_addresses": settings.TURN_HIDES_ADDRESSES,
    }


def _for_leaders(place: Place) -> dict[str, Any]:
    """Return what only leaders are handed: the drawer, the signs, whose side has been imagined."""
    words = words_of(place.group)
    return {
        "prompts": prompts.by_stage(words),
        "astray": prompts.astray(words),
        "distress": prompts.distress(),
        "record": prompts.RECORD,
        "signs": {key: said for key, (said, _heard) in phrases.SIGNS.items()},
        "sides": phrases.sides(words),
        "asides": phrases.ASIDES,
        "questions": [say(question, words) for question in QUESTIONS],
    }


def _page(place: Place, ticket: str) -> dict[str, Any]:
    """Return what the scripts need to begin; who sits where is told by the socket."""
    return {
        "ticket": ticket,
        "socket": f"/ws/room/{place.meeting.pk}/",
        "ticketUrl": reverse("room_ticket", args=[place.meeting.pk]),
        "home": reverse("group", args=[place.group.pk]) if place.membership else reverse("home"),
        "seat": place.seat,
        "role": place.role,
        "setting": place.group.setting,
        "table": False,
        "texts": phrases.texts(words_of(place.group)),
    }


def _for_media(place: Place) -> dict[str, Any]:
    """Return what sound and picture need, where Enid carries them; no password for a relay is among it."""
    if place.group.setting != Setting.VIDEO:
        return {}
    return {
        "waysUrl": reverse("room_ways", args=[place.meeting.pk]),
        "relayOnly": settings.TURN_HIDES_ADDRESSES,
        "lock": lock.handed(place.group),
        "telephone": place.group.telephone,
    }


def _with_devices(response: HttpResponse, place: Place) -> HttpResponse:
    """Let the page of a video room ask for camera and microphone; nobody's screen can be shown or taken."""
    if place.group.setting == Setting.VIDEO:
        response.headers[DEVICES] = OWN_DEVICES
    return response


def _meets_a_new_browser(request: HttpRequest) -> str:
    """Return a new secret for a browser that has none yet, and let this request carry it already."""
    if request.COOKIES.get(DEVICE_COOKIE):
        return ""
    request.COOKIES[DEVICE_COOKIE] = new_secret()
    return request.COOKIES[DEVICE_COOKIE]


def _keep_device(response: HttpResponse, secret: str) -> HttpResponse:
    """Give the browser its secret, by which it is known once a leader has let it in."""
    if secret:
        response.set_cookie(
            DEVICE_COOKIE, secret, max_age=DEVICE_FOR_S, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response
