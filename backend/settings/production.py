"""Behind a TLS proxy, with PostgreSQL and a broker; refuses to start on anything unsafe."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from backend.settings.base import *  # noqa: F403
from backend.settings.base import DATABASES, DEMO, STORAGES
from backend.settings.env import (
    env,
    mail_settings,
    named_hosts,
    network_broker,
    refuse_shared,
    required_secret,
    required_sender,
)

SECRET_KEY = required_secret("SECRET_KEY")
FIELD_KEYS = [required_secret("FIELD_KEY"), *env.list("OLD_FIELD_KEYS", default=[])]
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
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("DATABASE_URL doit désigner une base PostgreSQL en production.")
CELERY_BROKER_URL = network_broker()

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1)

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(mail_settings())  # every key of the URL: none is forgotten one by one
DEFAULT_FROM_EMAIL = SERVER_EMAIL = required_sender()

# Limits of sign-in and of resets count in the base, for every web worker: it is there whenever a page is, whereas
# a broker may be stopped, and with it nobody would come in. A migration of the accounts makes the table.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
