"""Addresses of the meetings chapter, and a group's own page, which shows its meetings."""

from django.urls import path

from enid.meetings import views, views_guests

urlpatterns = [
    path("groups/<uuid:group_id>/", views.group, name="group"),
    path("groups/<uuid:group_id>/outside/", views.outside, name="group_outside"),
    path("groups/<uuid:group_id>/meetings/new", views.new, name="meeting_new"),
    path("groups/<uuid:group_id>/meetings/start", views.start, name="meeting_start"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/cancel/", views.cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/after/", views.after, name="meeting_after"),
    path("meetings/<uuid:meeting_id>/guests/", views_guests.invite, name="guest_invite"),
    path(
        "meetings/<uuid:meeting_id>/guests/<int:pk>/withdraw/", views_guests.withdraw, name="guest_withdraw"
    ),
    path("guest/<str:secret>/", views_guests.guest, name="guest"),
]
