"""Addresses of the attendance chapter."""

from django.urls import path

from enid.attendance import views, views_own

urlpatterns = [
    path("groups/<uuid:group_id>/attendance/", views.group_record, name="group_attendance"),
    path("meetings/<uuid:meeting_id>/after/", views.after, name="meeting_after"),
    path("meetings/<uuid:meeting_id>/sign-in/", views.screen, name="meeting_screen"),
    path("disputes/<int:pk>/answer/", views.answer, name="dispute_answer"),
    path("here/<uuid:meeting_id>/", views_own.here, name="here"),
    path("here/<uuid:meeting_id>/<str:code>/", views_own.here_code, name="here_code"),
    path("me/attendance/", views_own.own, name="me_attendance"),
    path("me/attendance/statement/", views_own.own_statement, name="me_statement"),
    path("me/attendance/<int:pk>/dispute/", views_own.dispute, name="line_dispute"),
    path("me/attendance/minutes/<int:pk>/", views_own.minutes, name="me_minutes"),
]
