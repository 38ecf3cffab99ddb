"""Addresses of the polls chapter."""

from django.urls import path

from enid.polls import views, views_answer, views_people

POLL = "groups/<uuid:group_id>/polls/<uuid:poll_id>/"

urlpatterns = [
    path("groups/<uuid:group_id>/polls/", views.polls, name="group_polls"),
    path("groups/<uuid:group_id>/polls/times/", views.new_times, name="poll_times"),
    path("groups/<uuid:group_id>/polls/hours/", views.new_hours, name="poll_hours"),
    path(POLL, views_answer.poll, name="poll"),
    path(f"{POLL}result/", views.result, name="poll_result"),
    path(f"{POLL}choose/", views.choose, name="poll_choose"),
    path(f"{POLL}remind/", views.remind, name="poll_remind"),
    path(f"{POLL}end/", views.end, name="poll_end"),
    path(f"{POLL}people/", views_people.people, name="poll_people"),
    path(f"{POLL}people/<int:pk>/renew/", views_people.renew, name="poll_renew"),
    path(f"{POLL}people/<int:pk>/withdraw/", views_people.withdraw, name="poll_withdraw"),
    path("time/<str:secret>/", views_answer.link, name="poll_link"),
]
