"""While files are checked, the others go on writing."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from backend.core.tables import rehearsal
from tests.backend.exchange.bundles import write_large
from tests.backend.exchange.test_bundle_reliability import passerelles
from tests.needed import only_on

LONGEST = 0.5
PEOPLE = 250


class Neighbour(threading.Thread):
    """Somebody who wants to write, again and again; `longest` is how long they were kept from it."""

    def __init__(self, base: str) -> None:
        super().__init__(daemon=True)
        self.base, self.over, self.longest = base, threading.Event(), 0.0

    def run(self) -> None:
        with closing(sqlite3.connect(self.base, timeout=0, isolation_level=None)) as own:
            free = time.monotonic()
            while not self.over.is_set():
                try:
                    own.execute("BEGIN IMMEDIATE")
                    own.execute("ROLLBACK")
                except sqlite3.OperationalError:
                    self.longest = max(self.longest, time.monotonic() - free)
                else:
                    free = time.monotonic()
                time.sleep(0.002)


@pytest.mark.django_db
def test_nobody_waits_half_a_second_while_files_are_checked(tmp_path):
    """SEC-58."""
    only_on("sqlite", because="PostgreSQL locks rows, never the base")
    write_large(tmp_path / "bundle", people=PEOPLE)
    with (
        closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as empty,
        closing(sqlite3.connect(tmp_path / "base.sqlite3")) as base,
    ):
        empty.backup(base)
    neighbour = Neighbour(str(tmp_path / "base.sqlite3"))
    neighbour.start()

    done = passerelles(tmp_path, "import-bundle", str(tmp_path / "bundle"), "--dry-run")

    neighbour.over.set()
    neighbour.join()
    assert done.returncode == 1, done.err  # one line in ten is faulty: refused data, with a report
    assert "Traceback" not in done.err
    assert neighbour.longest < LONGEST
    with closing(sqlite3.connect(tmp_path / "base.sqlite3")) as base:
        (people,) = base.execute("SELECT count(*) FROM pathways_beneficiary").fetchone()
    assert people == 0
    assert not list(tmp_path.glob(f"{rehearsal.FOLDER}*"))


@pytest.mark.django_db
def test_the_copy_of_a_check_that_was_killed_goes(tmp_path):
    only_on("sqlite", because="PostgreSQL needs no copy")
    left = Path(str(connection.settings_dict["NAME"])).parent / f"{rehearsal.FOLDER}killed"
    fresh = left.with_name(f"{rehearsal.FOLDER}under-way")
    for folder in (left, fresh):
        folder.mkdir()
    long_ago = time.time() - rehearsal.OVER_AFTER - 1
    os.utime(left, (long_ago, long_ago))

    assert rehearsal.sweep() == 1
    assert (left.exists(), fresh.exists()) == (False, True)
    fresh.rmdir()
