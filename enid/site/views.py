"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Say what Enid is to a visitor; a person finds their groups here."""
    return render(request, "site/home.html")
