"""Addresses of the groups chapter; a group's own page belongs to meetings, which knows both."""

from django.urls import path

from enid.groups import (
    views,
    views_agreement,
    views_circle,
    views_concerns,
    views_flyer,
    views_import,
    views_joining,
    views_life,
    views_observers,
    views_relations,
    views_roles,
)

urlpatterns = [
    path("groups/new/", views.new, name="group_new"),
    path("groups/<uuid:group_id>/settings/", views.settings, name="group_settings"),
    path("groups/<uuid:group_id>/course/", views.format, name="group_format"),
    path("groups/<uuid:group_id>/agreement/", views_agreement.agreement, name="group_agreement"),
    path("groups/<uuid:group_id>/agreement/new/", views_agreement.edit, name="group_agreement_edit"),
    path("groups/<uuid:group_id>/agreement/versions/", views_agreement.versions, name="group_agreements"),
    path("groups/<uuid:group_id>/agreement/withdraw/", views_agreement.withdraw, name="agreement_withdraw"),
    path("agree/<str:secret>/", views_agreement.by_link, name="agreement_link"),
    path("groups/<uuid:group_id>/known/", views.known, name="group_known"),
    path("me/apart/", views_relations.own, name="me_apart"),
    path("groups/<uuid:group_id>/apart/", views_relations.still, name="group_apart"),
    path("groups/<uuid:group_id>/concerns/", views_concerns.concern, name="group_concern"),
    path("groups/<uuid:group_id>/leave/", views_circle.leave, name="group_leave"),
    path("groups/<uuid:group_id>/lead/", views_circle.lead, name="group_lead"),
    path("groups/<uuid:group_id>/lead/stop/", views_circle.stop_leading, name="group_stop_leading"),
    path("groups/<uuid:group_id>/end/", views_circle.end, name="group_end"),
    path("groups/<uuid:group_id>/members/<int:pk>/", views_circle.member, name="group_member"),
    path("groups/<uuid:group_id>/life/", views_life.life_page, name="group_life"),
    path("groups/<uuid:group_id>/going-on/", views_life.going_on, name="group_going_on"),
    path("groups/<uuid:group_id>/waiting/", views_life.waiting, name="group_waiting"),
    path(
        "groups/<uuid:group_id>/waiting/<int:pk>/remove/", views_life.waits_no_longer, name="waiting_remove"
    ),
    path("groups/<uuid:group_id>/invite/<int:pk>/talked/", views_life.talked, name="invitation_talked"),
    path("groups/<uuid:group_id>/observers/", views_observers.observers_page, name="group_observers"),
    path("groups/<uuid:group_id>/observers/<int:pk>/", views_observers.answer, name="visit_answer"),
    path("groups/<uuid:group_id>/import/", views_import.bring, name="group_import"),
    path("groups/<uuid:group_id>/import/<int:pk>/undo/", views_import.undo, name="import_undo"),
    path("groups/<uuid:group_id>/roles/", views_roles.roles_page, name="group_roles"),
    path(
        "groups/<uuid:group_id>/coordinators/<int:pk>/end/",
        views_roles.end_coordination,
        name="coordination_end",
    ),
    path("groups/<uuid:group_id>/flyer/", views_flyer.printed, name="group_flyer"),
    path("groups/<uuid:group_id>/invite/", views_joining.invite, name="group_invite"),
    path(
        "groups/<uuid:group_id>/invite/<int:pk>/withdraw/", views_joining.withdraw, name="invitation_withdraw"
    ),
    path("join/", views_joining.carried, name="invitation_carried"),
    path("join/<str:secret>/", views_joining.invitation, name="invitation"),
]
