"""Style sheets, scripts and fonts: which ones are gathered, and under which name a page asks for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

MARK = ".gathered"


class StaticFiles(StaticFilesConfig):
    """Leaves aside what our libraries bring and no page of ours shows: each file is compressed twice, at every upgrade."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map",
        "bootstrap-icons",
        "bootstrap.css",
        "bootstrap-*.css",
        "bootstrap.rtl*",
        "js-lib-bootstrap5/js/*",
        "rest_framework",
        "redoc",
        "django_htmx/ext/*",
        "django-htmx.js",
        "htmax-*",
        "htmx-2.js",
        "htmx-4*",
        "mfa/js/*",
        "account/js/*",
    ]


_MAP = "sourceMappingURL"


def _without_maps(patterns: Iterable[Any]) -> tuple[Any, ...]:
    """How names are found inside gathered files, but those of source maps: only who writes a library opens them."""
    return tuple((kind, tuple(each for each in found if _MAP not in str(each))) for kind, found in patterns)


class GatheredStaticStorage(CompressedManifestStaticFilesStorage):
    """Named by content, compressed, kept a year by browsers; one copy of each, under that name."""

    patterns = _without_maps(CompressedManifestStaticFilesStorage.patterns)
    keep_only_hashed_files = True


class EmbeddedStaticStorage(GatheredStaticStorage):
    """Names by content and kept a year by browsers, once files were gathered; as installed until then."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The gathered name of a file, or its own when it was not gathered."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))


def gather() -> bool:
    """Gather and compress static files when any of them changed since last time; whether it was needed."""
    mark = Path(settings.STATIC_ROOT) / MARK
    wanted = _fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted)
    return True


def _fingerprint() -> str:
    """What is installed, by name, size and date of each file."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(StaticFiles.ignore_patterns):
            state = Path(storage.path(name)).stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
