"""A rehearsal on a copy of the base: on SQLite, whoever only tries keeps nobody from writing."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

FOLDER = ".essai-"
OVER_AFTER = 3600
"""Seconds after which a copy belongs to nobody: no task lives that long, killed ones leave theirs behind."""


@contextmanager
def on_a_copy() -> Generator[None]:
    """What this thread reads and writes meanwhile is a copy of the base, thrown away at the end.

    SQLite has one writer at a time: minutes of writing that nothing keeps would make the others wait, then fail. The
    copy stands beside the base, readable by its owner only. PostgreSQL, and whoever is already inside a transaction,
    need none: nothing is changed for them.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or not Path(name).is_file():
        yield
        return
    usual = connection.settings_dict
    with tempfile.TemporaryDirectory(dir=Path(name).parent, prefix=FOLDER) as folder:
        copy = Path(folder) / "base.sqlite3"
        with closing(sqlite3.connect(name)) as base, closing(sqlite3.connect(copy)) as target:
            base.backup(target)
        connection.close()
        connection.settings_dict = {**usual, "NAME": str(copy)}  # of this thread only
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = usual


def sweep() -> int:
    """Delete the copies of those that were killed; how many."""
    if connection.vendor != "sqlite":
        return 0
    left = [
        folder
        for folder in Path(str(connection.settings_dict["NAME"])).parent.glob(f"{FOLDER}*")
        if folder.stat().st_mtime < time.time() - OVER_AFTER
    ]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)
