"""What holds everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from backend.settings.env import (
    ROOT,
    Operator,
    broker_url,
    data_dir,
    database_url,
    env,
    flag,
    identity_provider,
    pool_mode,
    text,
    whole,
)
from backend.settings.lists import NAMES_OF_LISTS
from backend.settings.sizes import log_format

DATA_DIR = data_dir()
DEBUG = False
ALLOWED_HOSTS: list[str] = []
DEMO = flag("PASSERELLES_DEMO")
OFFERED_APPS = ["backend.demo"]
"""Apps whose commands are told to whoever looks for one; `passerelles` installs them when one is asked for."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "backend.core.pages.static_files.StaticFiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "js_lib_bootstrap5",
    "js_lib_bootstrap_icons",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend.core",
    "backend.mail",
    "backend.audit",
    "backend.accounts",
    "backend.organisations",
    "backend.files",
    "backend.exchange",
    "pathways",
    "competences",
    "employers",
    "reports",
    "backend.operations",
    *(["backend.demo"] if DEMO else []),
    "backend.web",
]

MIDDLEWARE = [
    "backend.core.logs.RequestIdMiddleware",
    "backend.web.views.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "backend.accounts.browsers.store.SessionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "backend.accounts.browsers.limits.SessionLimitsMiddleware",
    "backend.core.middleware.PrivatePagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "backend.audit.answers.AnswersMiddleware",
    "backend.organisations.middleware.ActorMiddleware",
    "backend.web.views.not_a_page.NotAPageMiddleware",
    "backend.core.middleware.ReadOnlyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "backend" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "backend.web.context.shell",
            ],
        },
    },
]

_SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads then writes never fails on « database is locked ».
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # What is deleted is overwritten; pages that are put in order keep copies, which `core.privacy.traces` rewrites.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; PRAGMA secure_delete=ON;"
    ),
}
_POSTGRES_OPTIONS = {
    "options": "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
}


def database(url: str) -> dict[str, Any]:
    """The database at this address, with the options its engine needs."""
    config = env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        return {**config, "OPTIONS": _SQLITE_OPTIONS}
    # A cursor kept by the server does not outlive the transaction that a pool lends it for.
    config["DISABLE_SERVER_SIDE_CURSORS"] = pool_mode() == "transaction"
    # A socket of this machine is written %2Fvar%2Frun%2Fpostgresql, as PostgreSQL's own tools read it.
    config["HOST"] = unquote(config["HOST"] or "")
    return {**config, "OPTIONS": _POSTGRES_OPTIONS, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database(database_url())}
POSTGRES_POOL = pool_mode()
SECOND_WALL_BY_ITSELF = False
"""Whether `migrate` raises it wherever it can hold: for people's real data, never for tests nor trials."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "backend.accounts.validators.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "backend.accounts.adapters.ClosedAccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Passerelles : "
# Wrong passwords and wrong codes are counted in the database by axes, once for every worker.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "backend.accounts.reset_links.ResetLinks"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "backend.accounts.forms.LoginForm",
    "reauthenticate": "backend.accounts.forms.ReauthenticateForm",
    "change_password": "backend.accounts.forms.ChangePasswordForm",
    "reset_password": "backend.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "backend.accounts.forms.ResetPasswordKeyForm",
}
PASSWORD_RESET_TIMEOUT = 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A key proves beside the password, never instead of it; one that asks for a finger or a PIN is asked to.
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_TOTP_ISSUER = "Passerelles"
# One period either side: phones drift. A code is still spent only once (accounts.second_factor).
MFA_TOTP_TOLERANCE = 60 if DEMO else 1  # a code serves once, and visitors of the demonstration share accounts
MFA_ADAPTER = "backend.accounts.adapters.SealedMfaAdapter"
MFA_FORMS = {
    "authenticate": "backend.accounts.forms.AuthenticateForm",
    "reauthenticate": "backend.accounts.forms.CodeReauthenticateForm",
    "activate_totp": "backend.accounts.forms.ActivateForm",
    "add_webauthn": "backend.accounts.keys.forms.AddKeyForm",
    "edit_webauthn": "backend.accounts.keys.forms.RenameKeyForm",
    "authenticate_webauthn": "backend.accounts.keys.forms.AuthenticateKeyForm",
    "reauthenticate_webauthn": "backend.accounts.keys.forms.ReauthenticateKeyForm",
}
# A provider that answers for people already known here: none until the settings name one (accounts.identities).
IDENTITY_PROVIDER = identity_provider()
SOCIALACCOUNT_ADAPTER = "backend.accounts.identities.adapter.LinkedIdentities"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# How many of our own proxies stand in front: whose address in X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
SIGN_IN_WAIT_SECONDS = 5  # after the third failure, then twice as long each time: see accounts.lockout
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "backend.accounts.lockout.mark_of_typed_address"
AXES_CLIENT_IP_CALLABLE = "backend.accounts.lockout.client_address"
AXES_RESET_ON_SUCCESS = False  # done per account: see accounts.lockout
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "backend.accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "code", "csrfmiddlewaretoken"]
AXES_VERBOSE = False

SESSION_ENGINE = "backend.accounts.browsers.store"
WATCH_PREFIX = "/sante/"  # pages for the machine that watches the service: no session is opened for them
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backend.web.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True


def static_files(backend: str) -> dict[str, Any]:
    """Style sheets are for everybody, and often gathered by another account than the one that serves them."""
    options = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}
    return {"BACKEND": backend, "OPTIONS": options}


STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT") or DATA_DIR / "staticfiles")
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": static_files("django.contrib.staticfiles.storage.StaticFilesStorage"),
}
FILE_UPLOAD_PERMISSIONS = 0o600  # what people send: for the account of the service alone
FILES_MAX_BYTES = whole("FILES_MAX_MB") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
EXPORT_DIR = DATA_DIR / "exports"
IMPORT_DIR = DATA_DIR / "imports"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "backend.core.api.authentication.SeatTokenAuthentication",
        "backend.core.api.authentication.SeatSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["backend.core.api.permissions.HasActor"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["backend.core.api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "backend.core.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "backend.core.api.errors.french_errors",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Passerelles",
    "DESCRIPTION": "Un seul fil par personne, de l’accueil à la sortie. Mêmes droits que les écrans, rien de plus.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["backend.core.api.permissions.HasActor"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": NAMES_OF_LISTS,
}
KNOX_TOKEN_MODEL = "accounts.SeatToken"  # noqa: S105 (the name of a model)
REST_KNOX = {"TOKEN_MODEL": KNOX_TOKEN_MODEL}

CELERY_BROKER_URL = broker_url()
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 330
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}
if CELERY_BROKER_URL.startswith("filesystem"):
    _FOLDER = DATA_DIR / "broker"
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(_FOLDER),
        "data_folder_out": str(_FOLDER),
        "control_folder": str(_FOLDER / "control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }
CELERY_BEAT_SCHEDULER = "backend.celery.Clock"
CELERY_BEAT_MAX_LOOP_INTERVAL = 30
CELERY_BEAT_SCHEDULE = {
    "give-up-on-lost-exports": {"task": "reports.give_up_on_lost_exports", "schedule": crontab(minute="*/5")},
    "purge-old-exports": {"task": "reports.purge_old_exports", "schedule": crontab(hour=3, minute=20)},
    "give-up-on-lost-imports": {
        "task": "exchange.give_up_on_lost_imports",
        "schedule": crontab(minute="2-59/5"),
    },
    "purge-old-imports": {"task": "exchange.purge_old_imports", "schedule": crontab(minute=50)},
    "lost-ways-out": {"task": "exchange.give_up_on_lost_copies", "schedule": crontab(minute="4-59/5")},
    "old-ways-out": {"task": "exchange.forget_old_copies", "schedule": crontab(hour=3, minute=45)},
    "forget-refused-forms": {"task": "web.forget_refused_forms", "schedule": crontab(minute=50)},
    "refresh-statistics": {"task": "core.refresh_statistics", "schedule": crontab(minute=20)},
    "refresh-people-index": {"task": "employers.refresh_people_index", "schedule": crontab(minute="*/2")},
    "forget-old-answers": {"task": "core.forget_old_answers", "schedule": crontab(minute=40)},
    "bind-sealed-texts": {"task": "core.bind_sealed_texts", "schedule": crontab(minute=25)},
    "sweep-outbox": {"task": "mail.sweep", "schedule": crontab()},
    "bind-trail": {"task": "audit.bind", "schedule": crontab(minute="*/10")},
    "publish-head-of-trail": {"task": "audit.publish_head", "schedule": crontab(hour=23, minute=55)},
    "tell-of-many-read": {"task": "organisations.tell_of_many_read", "schedule": crontab(minute="1-59/5")},
    "cut-trail": {"task": "audit.cut", "schedule": crontab(hour=4, minute=30)},
    "forget-old-reunions": {"task": "pathways.forget_old_reunions", "schedule": crontab(hour=3, minute=30)},
    "give-up-on-lost-copies": {
        "task": "pathways.give_up_on_lost_copies",
        "schedule": crontab(minute="3-59/5"),
    },
    "forget-old-copies": {"task": "pathways.forget_old_copies", "schedule": crontab(hour=3, minute=25)},
    "apply-retention": {"task": "pathways.apply_retention", "schedule": crontab(hour=4, minute=10)},
    "purge-eligibility-documents": {
        "task": "pathways.purge_eligibility_documents",
        "schedule": crontab(hour=3, minute=35),
    },
    "forget-old-messages": {"task": "mail.forget_old_messages", "schedule": crontab(hour=3, minute=40)},
}

# Requests of one seat in a minute: a tool that reads page by page stays well under, somebody who types too. Of refusals, how
# many leave a line of the trail each: beyond, the last one says that more followed.
PACE_OF_REQUESTS = {"api": 600, "search": 120, "export": 10, "refusal": 20}

OPERATOR = Operator()
# security.txt promises to be read again before it expires: the day moves with the calendar.
SECURITY_TXT_DAYS = 180

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL") or "passerelles@localhost"

# One handler, one formatter. Django's own loggers lose theirs: one of them mails what was typed.
_THROUGH = {"handlers": [], "level": "NOTSET", "propagate": True}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "backend.core.logs.formatter", "kind": log_format()}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": _THROUGH, "django.server": _THROUGH},
}
