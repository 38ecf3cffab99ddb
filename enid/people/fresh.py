"""“Confirm it is you”: a code or passkey not older than ten minutes, before what matters.

django-allauth never asks an account without a password again; a session left open on a ward's computer must not be
enough to take an account over, carry its data away or erase it.
"""

import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from enid.core.links import hash_of
from enid.people.models import Person

FRESH_S = 600
CODE_LASTS_S = 600
MOST_TRIES = 4
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels and no look-alikes
STATE = "fresh_code"

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Say whether this session proved who it is within the last ten minutes."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH_S


def required(view: View) -> View:
    """Ask for a fresh code or passkey before this page."""

    @login_required
    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        # What was sent with a form is not carried over: after confirming, the page is seen before it acts.
        return redirect(f"{reverse('me_confirm')}?{urlencode({'next': request.get_full_path()})}")

    return asking


def send_code(request: HttpRequest, person: Person) -> bool:
    """Send a new code to the person's own address; say whether the limit allowed it."""
    if not ratelimit.consume(
        request, app="allauth.account", action="code_to_address", key=f"fresh {person.pk}"
    ):
        return False
    code = "".join(secrets.choice(ALPHABET) for _letter in range(8))
    request.session[STATE] = {"hash": hash_of(code), "at": time.time(), "tries": 0}
    text = render_to_string("people/mail/confirm.txt", {"code": f"{code[:4]}-{code[4:]}"})
    send_mail(_("Your code for Enid"), text, None, [person.email])
    return True


def take_code(request: HttpRequest, person: Person, typed: str) -> bool:
    """Say whether the code is right; after four wrong ones a new code is needed."""
    state = request.session.get(STATE)
    if not state or time.time() - state["at"] > CODE_LASTS_S or state["tries"] >= MOST_TRIES:
        return False
    cleaned = "".join(letter for letter in typed.upper() if letter.isalnum())
    if not secrets.compare_digest(hash_of(cleaned), state["hash"]):
        request.session[STATE] = {**state, "tries": state["tries"] + 1}
        return False
    del request.session[STATE]
    record_authentication(request, person, method="code", reauthenticated=True)
    return True


def has_code(request: HttpRequest) -> bool:
    """Say whether a code was sent that can still be typed."""
    state = request.session.get(STATE) or {"at": 0.0, "tries": 0}
    return bool(time.time() - state["at"] <= CODE_LASTS_S and state["tries"] < MOST_TRIES)


def safe_next(request: HttpRequest, default: str) -> str:
    """Return where to go on, on this server only."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else default
