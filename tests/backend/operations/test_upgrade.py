"""An older base comes to this version, or stays what it was: both for real, on one installation."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from backend.core.serving import alone
from tests.backend.operations.installations import done, passerelles

INDEX = "messages_to_an_address"
ADD_IT = f'CREATE INDEX "{INDEX}" ON mail_message (subject)'


def base_of(env):
    return Path(env["DATA_DIR"]) / "passerelles.sqlite3"


def tell(env, sql):
    with closing(sqlite3.connect(base_of(env))) as base:
        found = base.execute(sql).fetchall()
        base.commit()
    return found


def columns_of_the_index(env):
    return [row[2] for row in tell(env, f'PRAGMA index_info("{INDEX}")')]


def every_name_of_the_next_minutes_is_taken(folder):
    """Tried again in the same second, or after the clock of the machine was set back."""
    for seconds in range(300):
        moment = timezone.localtime() + timedelta(seconds=seconds)
        (folder / f"{moment:avant-mise-a-jour-%Y-%m-%d-%H%M%S}").mkdir(exist_ok=True)


def test_a_step_that_fails_leaves_everything_as_it_was_then_it_works(small, tmp_path):
    """The base of a former version, where something stands in the way of what comes."""
    done(small, "migrate", "mail", "0001", "-v0")
    tell(small, ADD_IT)
    (tmp_path / "data" / "files").mkdir()
    (tmp_path / "data" / "files" / "preuve.pdf").write_bytes(b"%PDF")
    lines = tell(small, "SELECT count(*) FROM audit_entry")

    with alone(tmp_path / "data"):
        refused = passerelles(small, "upgrade", str(tmp_path / "avant"))
    assert (refused.returncode, "tourne" in refused.stderr) == (1, True)
    failed = passerelles(small, "upgrade", str(tmp_path / "avant"))
    assert (failed.returncode, "Traceback" in failed.stderr) == (1, False)
    assert "Les tables : échec (OperationalError)" in failed.stderr
    assert "revenus tels qu’ils étaient" in failed.stderr
    assert columns_of_the_index(small) == ["subject"]
    assert tell(small, "SELECT name FROM django_migrations WHERE app = 'mail'") == [("0001_outbox",)]
    assert tell(small, "SELECT count(*) FROM audit_entry") == lines
    assert (tmp_path / "data" / "files" / "preuve.pdf").read_bytes() == b"%PDF"
    assert sorted(path.name for path in (tmp_path / "data").glob("retour*")) == []

    tell(small, f'DROP INDEX "{INDEX}"')
    every_name_of_the_next_minutes_is_taken(tmp_path / "avant")
    done(small, "upgrade", str(tmp_path / "avant"))
    assert columns_of_the_index(small) == ["recipient", "settled_at"]
    assert (tmp_path / "data" / "staticfiles" / "staticfiles.json").exists()
    assert tell(small, "SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1") == [
        ("installation.upgraded",)
    ]
    saved = [folder for folder in (tmp_path / "avant").iterdir() if any(folder.iterdir())]
    assert len(saved) == 2, "saved before each try"
