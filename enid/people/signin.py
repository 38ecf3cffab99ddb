"""Settings of django-allauth: codes by mail and passkeys, no password anywhere. Plain constants; settings.py takes them in."""

ACCOUNT_ADAPTER = "enid.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 4
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 4
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_CHANGE_EMAIL = True  # the new address is verified before the old one goes
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the old address is told
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have Enid write to a stranger
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# By address on the net (ip), by account (user), or by what limits.py names (key); kept in the database, so that all
# processes count together.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "code_to_address": "4/5m/key",  # key: the address together with the network that asks
    "codes_from_network": "60/m/key",
    "login": "30/m/ip",
    "login_failed": "20/m/ip,8/5m/key",
    "signup": "10/m/ip,100/d/ip",
    "begin_account": "5/d/key",  # by one invitation: mistyped addresses
    # What a person may start, and have Enid write to addresses that may be anyone's.
    "start_group": "5/d/user",
    "invitation_letter": "60/d/user",
    "ask_for_time": "10/d/user",
    "name_somebody": "20/d/user",  # not to be placed with, or who assesses or manages whom
    "change_dates": "40/d/user",  # every change is told to all members
    "propose": "20/d/user",  # a version of an agreement, likewise
    "answer_poll": "30/10m/key",  # key: who is asked
    "concern": "5/h/user",  # an hour: nothing should say for long who wrote one
    "document": "30/h/user",
    "confirm_email": "1/10s/key",
    "manage_email": "10/m/user,20/d/user",
    "reauthenticate": "10/m/user",
    "enter_code": "30/m/ip,12/10m/key",
    "try_link": "20/m/ip",
}
ACCOUNT_FORMS = {
    "signup": "enid.people.entering.OpenAccountForm",
    "request_login_code": "enid.people.entering.AskCodeForm",
}
MFA_FORMS = {
    "add_webauthn": "enid.people.passkeys.AddForm",
    "edit_webauthn": "enid.people.passkeys.EditForm",
    "login_webauthn": "enid.people.passkeys.LoginForm",
    "reauthenticate_webauthn": "enid.people.passkeys.ConfirmForm",
}
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
USERSESSIONS_TRACK_ACTIVITY = False
