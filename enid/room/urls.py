"""Addresses of the room."""

from django.urls import path

from enid.room import views

urlpatterns = [
    path("room/<uuid:meeting_id>/", views.room, name="room"),
    path("room/<uuid:meeting_id>/table/", views.room_table, name="room_table"),
    path("room/<uuid:meeting_id>/ticket/", views.room_ticket, name="room_ticket"),
    path("room/<uuid:meeting_id>/ways/", views.room_ways, name="room_ways"),
]
