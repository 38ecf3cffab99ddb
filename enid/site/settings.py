"""Django's settings, all from the environment; every default is safe."""

import os
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from enid.site import env, secret

CODE = Path(__file__).resolve().parents[1]

# Where this server lives ------------------------------------------------------------------------------------
DATA = Path(env.text("ENID_DATA", "data", "Folder of the database, the secret key and backups.")).resolve()
URL = env.url(
    "ENID_URL",
    "http://localhost:8000",
    ("http", "https"),
    "Address that people type; hosts, cookies and links follow from it.",
)
BIND = env.text(
    "ENID_BIND", "127.0.0.1:8000", "Address and port to listen on; a proxy with HTTPS stands before it."
)
BEHIND_PROXY = env.flag(
    "ENID_BEHIND_PROXY",
    False,
    "Trust X-Forwarded-For and X-Forwarded-Proto; only behind a proxy that sets them.",
)
# Only these may say for whom they speak: whoever else sends the header would choose their own address.
PROXIES = env.text(
    "ENID_PROXIES",
    "127.0.0.1,::1",
    "Addresses or nets of your proxies, separated by commas, where they run on other machines.",
)
OPERATOR = env.text("ENID_OPERATOR", "", "Who runs this server, as the privacy page names them.")
CONTACT = env.text(
    "ENID_CONTACT", "", "E-mail address for questions and concerns, shown on the contact page."
)
SIGNUP = env.choice(
    "ENID_SIGNUP",
    "invited",
    ("invited", "open"),
    "Who may open an account: people with an invitation, or anyone.",
)
PAGE_THREADS = env.number("ENID_PAGE_THREADS", 2, 1, 16, "Threads that answer pages beside the rooms.")
LINE_GRACE_S = env.number(
    "ENID_LINE_GRACE_S", 5, 1, 60, "Seconds a person's line may be gone before the room counts it as lost."
)
DATABASE_URL = env.url(
    "ENID_DATABASE_URL",
    "",
    ("postgres", "postgresql", "sqlite"),
    "PostgreSQL 15 or newer; empty means SQLite in the data folder.",
)
SMTP_URL = env.url(
    "ENID_SMTP_URL",
    "",
    ("smtp", "smtps", "smtp+starttls"),
    "Where mail goes out: smtp+starttls://user:password@host:587; empty means the outbox page.",
)
MAIL_FROM = env.text("ENID_MAIL_FROM", "Enid <enid@localhost>", "Sender of Enid's mail.")
# Ways for sound and picture. Without them browsers find each other alone and ask no other host.
STUN_URLS = env.ways(
    "ENID_STUN_URLS",
    ("stun", "stuns"),
    "Servers that tell browsers their own address, for example stun:turn.example.org; none by default.",
)
TURN_URLS = env.ways(
    "ENID_TURN_URLS",
    ("turn", "turns"),
    "Relays for browsers that cannot reach each other: turn:turn.example.org, turns:turn.example.org:443.",
)
TURN_SECRET = env.text(
    "ENID_TURN_SECRET", "", "Secret shared with the relay: `static-auth-secret` of coturn."
)
TURN_HIDES_ADDRESSES = env.flag(
    "ENID_TURN_HIDES_ADDRESSES",
    False,
    "Send all sound and picture through the relay, so that people do not learn each other's addresses on the net.",
)
RELAY_HOSTS = sorted({env.host_of(way) for way in STUN_URLS + TURN_URLS})
if TURN_HIDES_ADDRESSES and not (TURN_URLS and TURN_SECRET):
    raise env.BadSetting(
        "ENID_TURN_HIDES_ADDRESSES holds yes. That needs a relay: set ENID_TURN_URLS and ENID_TURN_SECRET."
    )
DEBUG = env.flag("ENID_DEBUG", False, "Django's debug pages; never on a real server.")
# The demonstration is a folder of its own that `enid demo` marks; the variable alone changes nothing.
DEMO = (
    os.environ.get("ENID_DEMO") == "1" and BIND.startswith("127.0.0.1:") and (DATA / "demonstration").exists()
)

SECRET_KEY = env.text(
    "ENID_SECRET_KEY", "", "Key that signs cookies and links; made once in the data folder when empty."
) or secret.kept_in(DATA)

_url = urlsplit(URL)
HTTPS = _url.scheme == "https"
ALLOWED_HOSTS = [_url.hostname or "localhost"] + ([".localhost"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = [URL] + ([f"http://*.localhost:{_url.port}"] if DEMO else [])
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What it is made of -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "enid.core",
    "enid.people",
    "enid.groups",
    "enid.meetings",
    "enid.polls",
    "enid.attendance",
    "enid.room",
    "enid.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "enid.core.http.devices_closed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "enid.people.middleware.own_language_and_zone",
    *(["enid.site.demonstration.door"] if DEMO else []),
]
ROOT_URLCONF = "enid.site.urls"
WSGI_APPLICATION = None
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CODE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "enid.core.templatetags.enid",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "enid.site.context.everywhere",
            ],
        },
    }
]

# Data -------------------------------------------------------------------------------------------------------
SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a deferred write can fail at once with "database is locked"
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY",
}
DATABASES: dict[str, Any]
if DATABASE_URL.startswith("postgres"):
    DATABASES = {
        "default": {**dj_database_url.parse(DATABASE_URL), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "enid.sqlite3",
            "OPTIONS": SQLITE,
            "CONN_MAX_AGE": None,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts of tries for the rate limits: in the database, so that all processes count together.
# Beyond the most entries the cache drops counts that are still running: 300 addresses would do as many more tries.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_count",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People and sign-in (design: codes by mail and passkeys, never a password) -----------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_NAME = "enid_session"
SESSION_COOKIE_AGE = 60 * 60 * 24  # of a visitor, in whose session an address may stand that asked for a code
SIGNED_IN_S = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Mail: written to our own outbox rows; the worker sends them through ENID_SMTP_URL ---------------------------
EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
_smtp = urlsplit(SMTP_URL)
SMTP: dict[str, Any] = {
    "host": _smtp.hostname or "",
    "port": _smtp.port or {"smtps": 465, "smtp+starttls": 587}.get(_smtp.scheme, 25),
    "username": unquote(_smtp.username or ""),
    "password": unquote(_smtp.password or ""),
    "use_ssl": _smtp.scheme == "smtps",
    "use_tls": _smtp.scheme == "smtp+starttls",
    "timeout": 20,
}

# Words and time ---------------------------------------------------------------------------------------------
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "enid_language"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
# Python prefers the system's zone data, which was a year behind when this was written: Vancouver an hour off.
zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()

# Files ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nobody uploads anything
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler"
]  # nothing of a form reaches disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# What a browser may do: nothing from elsewhere, no inline script without a nonce ----------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # a link with a secret in it never travels to another host
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

# Logs carry codes and ids; never a name, an address, a path with a secret, or text from a form --------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"short": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"codes_only": {"()": "enid.core.logs.CodesOnly"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "short", "filters": ["codes_only"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"level": "ERROR"}, "enid": {"level": "INFO"}},
}

from enid.people.signin import *  # noqa: E402, F403 - allauth's many settings live beside the code that relies on them
