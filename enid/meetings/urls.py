"""Addresses of the meetings chapter, and a group's own page, which shows its meetings."""

from django.urls import path

from enid.meetings import (
    views,
    views_answers,
    views_calendar,
    views_coordination,
    views_covers,
    views_dates,
    views_guests,
    views_outside,
    views_starting,
    views_watching,
)

urlpatterns = [
    path("groups/<uuid:group_id>/", views.group, name="group"),
    path("groups/<uuid:group_id>/starting/", views_starting.steps, name="group_starting"),
    path("groups/<uuid:group_id>/outside/", views_outside.outside, name="group_outside"),
    path("groups/<uuid:group_id>/outside/link/", views_outside.make, name="outside_link_make"),
    path("groups/<uuid:group_id>/outside/withdraw/", views_outside.withdraw, name="outside_link_withdraw"),
    path("seen/<str:secret>/", views_outside.seen, name="outside_link"),
    path("groups/<uuid:group_id>/meetings/new", views.new, name="meeting_new"),
    path("groups/<uuid:group_id>/meetings/start", views.start, name="meeting_start"),
    path("groups/<uuid:group_id>/coordination/", views_coordination.coordination, name="group_coordination"),
    path("groups/<uuid:group_id>/dates/", views_dates.dates, name="group_dates"),
    path("groups/<uuid:group_id>/dates/new/", views_dates.new, name="group_dates_new"),
    path("series/<uuid:series_id>/leave-out/", views_dates.leave_out, name="series_leave_out"),
    path("series/<uuid:series_id>/calendar.ics", views_calendar.series_file, name="series_file"),
    path("meetings/<uuid:meeting_id>/move/", views_dates.move, name="meeting_move"),
    path("meetings/<uuid:meeting_id>/calendar.ics", views_calendar.meeting_file, name="meeting_file"),
    path("groups/<uuid:group_id>/dates/least", views_answers.least, name="group_least"),
    path("meetings/<uuid:meeting_id>/answer", views_answers.own, name="meeting_answer"),
    path("meetings/<uuid:meeting_id>/cover/", views_covers.ask, name="cover_ask"),
    path("meetings/<uuid:meeting_id>/cover/answer", views_covers.answer, name="cover_answer"),
    path("meetings/<uuid:meeting_id>/cover/<int:pk>/withdraw", views_covers.withdraw, name="cover_withdraw"),
    path("answer/<str:token>/", views_answers.by_link, name="answer_link"),
    path("me/calendar/", views_calendar.own, name="me_calendar"),
    path("calendar/<str:secret>.ics", views_calendar.feed, name="calendar_feed"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/cancel/", views.cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/guests/", views_guests.invite, name="guest_invite"),
    path(
        "meetings/<uuid:meeting_id>/guests/<int:pk>/withdraw/", views_guests.withdraw, name="guest_withdraw"
    ),
    path("watch/<str:secret>/", views_watching.watch, name="watch"),
    path("guest/<str:secret>/", views_guests.guest, name="guest"),
]
