"""How often something may be tried that lets somebody in, and how much one person may set going in a day.

django-allauth counts wrong codes in the browser's session, where tries sent at the same moment do not see each
other; here they are counted in the cache that all processes share.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from enid.core.nets import network_of
from enid.people import signup

View = Callable[..., HttpResponseBase]


def codes(view: View) -> View:
    """Limit how many codes are typed from one address on the net and from one browser."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "code" in request.POST and not _may_try(request, "enter_code"):
            return too_many(request)
        return view(request, *args, **kwargs)

    return counting


def links(view: View) -> View:
    """Limit how many links for one use are tried from one address on the net."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_try(request, "try_link"):
            return too_many(request)
        return view(request, *args, **kwargs)

    return counting


def _may_try(request: HttpRequest, action: str) -> bool:
    browser = request.session.session_key or secrets.token_hex()  # without a session no code is right
    allowed = ratelimit.consume(request, app="allauth.account", action=action, key=browser, limit_get=True)
    return allowed is not None


def may_begin_account(request: HttpRequest) -> bool:
    """Count an account begun by what has sent this browser: each sends a code to an address that may be anyone's."""
    by = signup.carried(request)
    return by is None or _take(request, "begin_account", f"{by[0]} {by[1]}")


def may_ask_code(request: HttpRequest, email: str) -> bool:
    """Count a code asked for an address, by the network from which it is asked.

    By the address alone a stranger could keep a member from signing in by asking for codes in their name.
    """
    network = network_of(ratelimit.get_ip(request))
    return _take(request, "codes_from_network", network) and _take(
        request, "code_to_address", f"{email.lower()} {network}"
    )


def may_start_group(request: HttpRequest) -> bool:
    """Count a group that the signed-in person starts."""
    return _take(request, "start_group")


def may_write_invitation(request: HttpRequest) -> bool:
    """Count a letter with words of their own that the signed-in person has sent to somebody."""
    return _take(request, "invitation_letter")


def may_ask_for_time(request: HttpRequest) -> bool:
    """Count a question for a time, by which a whole group is written to."""
    return _take(request, "ask_for_time")


def may_name_somebody(request: HttpRequest) -> bool:
    """Count an address that the signed-in person names as one to be kept apart from."""
    return _take(request, "name_somebody")


def may_change_dates(request: HttpRequest) -> bool:
    """Count a change of dates by the signed-in person, which a whole group is told."""
    return _take(request, "change_dates")


def may_propose(request: HttpRequest) -> bool:
    """Count what may propose another version of an agreement, of which a whole group is written to."""
    return _take(request, "propose")


def may_answer_poll(request: HttpRequest, asked: str) -> bool:
    """Count an answer to a question for a time, by whom it asks: a link may have come into many hands."""
    return _take(request, "answer_poll", asked)


def may_write_concern(request: HttpRequest) -> bool:
    """Count a message past the leaders that the signed-in person sends; the count is gone after an hour."""
    return _take(request, "concern")


def may_make_document(request: HttpRequest) -> bool:
    """Count a document that the signed-in person has made: it keeps a page busy for a second."""
    return _take(request, "document")


def _take(request: HttpRequest, action: str, key: str | None = None) -> bool:
    return ratelimit.consume(request, app="allauth.account", action=action, key=key) is not None


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page that asks for some patience."""
    answer: HttpResponse = ratelimit.handler429(request)
    return answer
