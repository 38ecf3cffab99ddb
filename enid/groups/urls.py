"""Addresses of the groups chapter; a group's own page belongs to meetings, which knows both."""

from django.urls import path

from enid.groups import views, views_circle, views_flyer, views_joining

urlpatterns = [
    path("groups/new/", views.new, name="group_new"),
    path("groups/<uuid:group_id>/settings/", views.settings, name="group_settings"),
    path("groups/<uuid:group_id>/course/", views.format, name="group_format"),
    path("groups/<uuid:group_id>/agreement/", views.agreement, name="group_agreement"),
    path("groups/<uuid:group_id>/agreement/new/", views.agreement_edit, name="group_agreement_edit"),
    path("groups/<uuid:group_id>/known/", views.known, name="group_known"),
    path("groups/<uuid:group_id>/leave/", views_circle.leave, name="group_leave"),
    path("groups/<uuid:group_id>/lead/", views_circle.lead, name="group_lead"),
    path("groups/<uuid:group_id>/lead/stop/", views_circle.stop_leading, name="group_stop_leading"),
    path("groups/<uuid:group_id>/end/", views_circle.end, name="group_end"),
    path("groups/<uuid:group_id>/members/<int:pk>/", views_circle.member, name="group_member"),
    path("groups/<uuid:group_id>/flyer/", views_flyer.printed, name="group_flyer"),
    path("groups/<uuid:group_id>/invite/", views_joining.invite, name="group_invite"),
    path(
        "groups/<uuid:group_id>/invite/<int:pk>/withdraw/", views_joining.withdraw, name="invitation_withdraw"
    ),
    path("join/", views_joining.carried, name="invitation_carried"),
    path("join/<str:secret>/", views_joining.invitation, name="invitation"),
]
