"""Behind a TLS proxy, with PostgreSQL and a broker; refuses to start on anything unsafe."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from backend.settings.base import *  # noqa: F403
from backend.settings.base import DATABASES, DEMO, STORAGES
from backend.settings.env import broker_url, env, mail_settings, required_secret, required_sender

SECRET_KEY = required_secret("SECRET_KEY")
FIELD_KEYS = [required_secret("FIELD_KEY"), *env.list("OLD_FIELD_KEYS", default=[])]
PSEUDONYM_KEY = required_secret("PSEUDONYM_KEY")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS doit nommer les adresses du service, sans joker.")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
if DEMO:
    raise ImproperlyConfigured("PASSERELLES_DEMO ne s’emploie jamais en production.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("DATABASE_URL doit désigner une base PostgreSQL en production.")
if broker_url().startswith("filesystem"):
    raise ImproperlyConfigured("BROKER_URL doit désigner Redis ou RabbitMQ en production.")

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

# Sign-in limits count across web workers: Redis when it is the broker, a table of the base otherwise.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": broker_url()}
        if broker_url().startswith("redis")
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    )
}
