"""Every address of the server, by chapter."""

from django.conf import settings
from django.urls import include, path

from enid.site import demonstration, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("enid.people.urls")),
    path("", include("enid.groups.urls")),
    path("", include("enid.meetings.urls")),
    path("", include("enid.polls.urls")),
    path("", include("enid.attendance.urls")),
    path("", include("enid.room.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demonstration/", demonstration.enter, name="demonstration"))
