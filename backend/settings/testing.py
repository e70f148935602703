"""The suite: quick hashing, a folder of its own, the database chosen by `DATABASE_URL`."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="passerelles-tests-"))

from backend.settings.base import *  # noqa: F403
from backend.settings.base import DATABASES, STATIC_ROOT
from backend.settings.env import local_secret

SECRET_KEY = local_secret("SECRET_KEY")
FIELD_KEYS = [local_secret("FIELD_KEY")]
PSEUDONYM_KEY = local_secret("PSEUDONYM_KEY")
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
os.makedirs(STATIC_ROOT, exist_ok=True)
WHITENOISE_USE_FINDERS = True
# Static files are found when asked: indexing them all at each new browser cost more than most pages.
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: WAL and IMMEDIATE transactions are part of what we test.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["DATA_DIR"], "test.sqlite3")}
IDENTITY_PROVIDER = None
# A suite asks faster than anybody; the tests of the limits give them back their figures.
PACE_OF_REQUESTS = dict.fromkeys(PACE_OF_REQUESTS, 1_000_000)  # noqa: F405
