"""Behind a TLS proxy, for real people, in both sizes; refuses to start on anything unsafe.

`territoire` runs on PostgreSQL and a network broker; `petite` may keep a SQLite file and folders.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from backend.settings.base import *  # noqa: F403
from backend.settings.base import CELERY_BROKER_URL, DATABASES, DEMO, STORAGES, static_files
from backend.settings.env import (
    flag,
    mail_settings,
    named_hosts,
    network_broker,
    refuse_shared,
    required_secret,
    required_sender,
    whole,
    words,
)
from backend.settings.sizes import Size, size

SECRET_KEY = required_secret("SECRET_KEY")
FIELD_KEYS = [required_secret("FIELD_KEY"), *words("OLD_FIELD_KEYS")]
PSEUDONYM_KEY = required_secret("PSEUDONYM_KEY")
refuse_shared(SECRET_KEY=SECRET_KEY, FIELD_KEY=FIELD_KEYS[0], PSEUDONYM_KEY=PSEUDONYM_KEY)

ALLOWED_HOSTS = named_hosts()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
if DEMO:
    raise ImproperlyConfigured(
        "La démonstration (PASSERELLES_DEMO, « passerelles demo » et « demo-data ») ne s’emploie jamais en production : "
        "elle ouvre des comptes dont le mot de passe est public."
    )
OFFERED_APPS = []
SECOND_WALL_BY_ITSELF = True
if size() is not Size.SMALL and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured(
        "DATABASE_URL doit désigner une base PostgreSQL en production ; une seule machine : SIZE=petite."
    )
if size() is not Size.SMALL or not CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_URL = network_broker()  # one in memory would take jobs that no worker ever sees

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
# A promise that browsers keep for us: a year for this name. Other names of the domain are engaged only on request.
SECURE_HSTS_SECONDS = whole("HSTS_DAYS") * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = flag("HSTS_SUBDOMAINS")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = whole("PROXY_COUNT")

STORAGES["staticfiles"] = static_files("backend.core.pages.static_files.GatheredStaticStorage")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(mail_settings())  # every key of the URL: none is forgotten one by one
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required_sender()

# Limits of sign-in and of resets count in the base, for every web worker: it is there whenever a page is, whereas
# a broker may be stopped, and with it nobody would come in. A migration of the accounts makes the table.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
