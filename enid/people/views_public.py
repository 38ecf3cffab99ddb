"""Pages for everyone, and for whoever looks after the server."""

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enid.people import fresh, operations
from enid.people.forms import FirstForm, RecoveryForm
from enid.people.models import Letter, OneTimeLink, Person
from enid.people.views import PersonRequest

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
SHOWN_LETTERS = 100


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, who reads it, and until when."""
    return render(request, "people/privacy.html", {"relays": ", ".join(settings.RELAY_HOSTS)})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Say whom to turn to."""
    return render(request, "people/contact.html")


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Show mail that could not go out: in the demonstration, and to an administrator without an SMTP server."""
    may_see = settings.DEMO or getattr(request.user, "is_administrator", False)
    if settings.SMTP_URL or not may_see:
        raise Http404
    return render(
        request,
        "people/outbox.html",
        {"letters": Letter.objects.order_by("-written_at", "-pk")[:SHOWN_LETTERS]},
    )


@never_cache
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the first administrator's account."""
    at = timezone.now()
    try:
        link = operations.find_link(secret=secret, purpose=OneTimeLink.Purpose.FIRST, at=at)
    except operations.LinkSpent:
        return render(request, "people/link_spent.html", status=404)
    form = FirstForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.become_first_administrator(
                link=link, email=form.cleaned_data["email"], name=form.cleaned_data["display_name"], at=at
            )
        except operations.AddressTaken:
            form.add_error("email", _("An account has this address already."))
        except operations.LinkSpent:
            return render(request, "people/link_spent.html", status=404)
        else:
            return _signed_in(request, person, "me")
    return render(request, "people/first.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest, secret: str) -> HttpResponse:
    """Let somebody back in who lost their address, so that they can name a new one."""
    at = timezone.now()
    try:
        link = operations.find_link(secret=secret, purpose=OneTimeLink.Purpose.RECOVERY, at=at)
        if request.method == "POST":
            return _signed_in(request, operations.come_back(link=link, at=at), "account_email")
    except operations.LinkSpent:
        return render(request, "people/link_spent.html", status=404)
    return render(request, "people/recovery.html")


@fresh.required
@never_cache
@require_http_methods(["GET", "POST"])
def help_back(request: PersonRequest) -> HttpResponse:
    """Make a link for somebody who lost their address; for administrators."""
    if not request.user.is_administrator:
        raise Http404
    form, link = RecoveryForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid() and form.person:
        link = settings.URL + operations.recovery_link(person=form.person, at=timezone.now())
    return render(
        request, "people/help_back.html", {"form": form, "link": link}, status=422 if form.errors else 200
    )


def _signed_in(request: HttpRequest, person: Person, then: str) -> HttpResponse:
    """Sign in somebody whom a one-time link vouches for; that counts as fresh."""
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="code")
    UserSession.objects.create_from_request(request)  # else it could be neither seen nor ended from elsewhere
    messages.success(request, _("You are signed in."))
    return redirect(then)
