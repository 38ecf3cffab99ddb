"""Every address of the server, by chapter."""

from django.urls import include, path

from enid.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", include("allauth.urls")),
]
