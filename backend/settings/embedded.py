"""One machine, one command: SQLite, folders for broker, secrets drawn once and kept beside the data."""

from __future__ import annotations

from backend.settings.base import *  # noqa: F403
from backend.settings.base import STORAGES
from backend.settings.env import env, local_secret, mail_settings

SECRET_KEY = local_secret("SECRET_KEY")
FIELD_KEYS = [local_secret("FIELD_KEY")]
PSEUDONYM_KEY = local_secret("PSEUDONYM_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
STORAGES["staticfiles"] = {"BACKEND": "backend.core.pages.static_files.EmbeddedStaticStorage"}
# Before `passerelles demo` or `collectstatic` gathered anything, files are served from where they are installed.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
if env.str("EMAIL_URL", default=""):  # else messages are shown where the service was started
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail_settings())
