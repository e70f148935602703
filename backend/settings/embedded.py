"""One machine, one command: SQLite, folders for broker, secrets drawn once and kept beside the data."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from backend.settings.base import *  # noqa: F403
from backend.settings.base import STORAGES, static_files
from backend.settings.env import local_secret, mail_settings, text, words
from backend.settings.sizes import size

if size():
    raise ImproperlyConfigured("SIZE demande les réglages de production : retirez DJANGO_SETTINGS_MODULE.")
SECRET_KEY = local_secret("SECRET_KEY")
FIELD_KEYS = [local_secret("FIELD_KEY"), *words("OLD_FIELD_KEYS")]
PSEUDONYM_KEY = local_secret("PSEUDONYM_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
STORAGES["staticfiles"] = static_files("backend.core.pages.static_files.EmbeddedStaticStorage")
# Before `passerelles demo` or `collectstatic` gathered anything, files are served from where they are installed.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
if text("EMAIL_URL"):  # else messages are shown where the service was started
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail_settings())
