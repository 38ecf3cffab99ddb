"""Addresses of the people chapter; of django-allauth's only those that a house without passwords needs."""

from allauth.account import views as account
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from enid.people import codes, fresh, limits, passkeys, views, views_public

urlpatterns = [
    # Coming in.
    path("account/login/", codes.sign_in, name="account_login"),
    path("account/login/", codes.sign_in, name="account_request_login_code"),
    path(
        "account/login/code/",
        limits.codes(codes.keeps_the_way(account.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    path("account/login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("account/signup/", codes.keeps_the_way(account.signup), name="account_signup"),
    path(
        "account/signup/code/",
        limits.codes(codes.confirm_address),
        name="account_email_verification_sent",
    ),
    path("account/another-address/", codes.another_address, name="another_address"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("first/<str:secret>/", limits.links(views_public.first), name="first"),
    path("recovery/<str:secret>/", limits.links(views_public.recovery), name="recovery"),
    # Oneself.
    path("me/", views.me, name="me"),
    path("me/confirm/", limits.codes(views.confirm), name="me_confirm"),
    path("me/confirm/", limits.codes(views.confirm), name="account_reauthenticate"),
    path("me/confirm/passkey/", passkeys.confirm, name="mfa_reauthenticate_webauthn"),
    path("me/address/", fresh.required(account.email), name="account_email"),
    path("me/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("me/passkeys/", webauthn.list_webauthn, name="mfa_index"),
    path("me/passkeys/add/", fresh.required(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/", fresh.required(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "me/passkeys/<int:pk>/remove/", fresh.required(webauthn.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("me/sessions/", views.sessions, name="me_sessions"),
    path("me/sessions/end/", views.sessions_end, name="me_sessions_end"),
    path("me/sessions/<int:pk>/end/", views.session_end, name="me_session_end"),
    path("me/export/", views.own_data, name="me_export"),
    path("me/erase/", views.erase, name="me_erase"),
    # Everyone, and whoever looks after the server.
    path("privacy/", views_public.privacy, name="privacy"),
    path("contact/", views_public.contact, name="contact"),
    path("outbox/", views_public.outbox, name="outbox"),
    path("help-back/", views_public.help_back, name="help_back"),
]
