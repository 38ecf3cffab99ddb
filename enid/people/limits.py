"""How often something may be tried that lets somebody in.

django-allauth counts wrong codes in the browser's session, where tries sent at the same moment do not see each
other; here they are counted in the cache that all processes share.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def codes(view: View) -> View:
    """Limit how many codes are typed from one address on the net and from one browser."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "code" in request.POST and not _may_try(request, "enter_code"):
            return _too_many(request)
        return view(request, *args, **kwargs)

    return counting


def links(view: View) -> View:
    """Limit how many links for one use are tried from one address on the net."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_try(request, "try_link"):
            return _too_many(request)
        return view(request, *args, **kwargs)

    return counting


def _may_try(request: HttpRequest, action: str) -> bool:
    browser = request.session.session_key or secrets.token_hex()  # without a session no code is right
    allowed = ratelimit.consume(request, app="allauth.account", action=action, key=browser, limit_get=True)
    return allowed is not None


def _too_many(request: HttpRequest) -> HttpResponseBase:
    answer: HttpResponseBase = ratelimit.handler429(request)
    return answer
