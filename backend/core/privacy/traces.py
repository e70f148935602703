"""What is erased and still stands in the file of a base: copies that SQLite leaves in the free space of its pages.

`secure_delete` overwrites a row that is deleted, not what was copied each time a page was put in order. Writing the file anew
keeps what the base says and nothing else. PostgreSQL does the same little by little, as its free space is used again.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

_LOGGER = logging.getLogger(__name__)
_DONE = "base-reecrite"


def wipe(since: Path) -> bool:
    """Write the file anew when `since` was written after the last time; whether it was done.

    Some seconds for hundreds of megabytes, while those who write wait: for the night. Without room for a second copy, or while
    somebody holds the base, it is logged and left for the next night.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or not _is_due(since):
        return False
    before = since.stat().st_mtime
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        _LOGGER.error("the file of the base could not be written anew: %s", type(error).__name__)
        return False
    _mark().touch(mode=0o600)
    os.utime(_mark(), (before, before))  # whoever is erased meanwhile is for the next night
    return True


def _is_due(since: Path) -> bool:
    return since.is_file() and not (_mark().is_file() and _mark().stat().st_mtime >= since.stat().st_mtime)


def _mark() -> Path:
    return Path(settings.DATA_DIR) / _DONE
