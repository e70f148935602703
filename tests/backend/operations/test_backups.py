"""What was saved comes back: same rows, same files, readable texts; a damaged or foreign backup touches nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, time

import pytest
from django.db import connection

from backend.core.errors import DomainError
from backend.core.serving import alone
from backend.operations.backups import engines, saving
from backend.operations.backups.saving import NIGHTS_KEPT, seconds_until
from tests.backend.operations.installations import ROOT, done, environment, passerelles
from tests.house.one_home.test_figures import in_letters

WRITE_A_NOTE = """
from django.contrib.auth import get_user_model
from backend.web.models import Draft
user = get_user_model().objects.create(email="odile.fictive@example.org")
Draft.objects.create(user=user, seat="m1", form="f", content="CANARI")
from backend.mail.enums import MessageKind
from backend.mail.models import Message
from django.utils import timezone
now = timezone.now()
Message.objects.create(recipient=user.email, subject="s", text="t", kind=MessageKind.ACCOUNT, created_at=now, next_attempt_at=now)
"""
READ_THE_NOTE = (
    "from backend.web.models import Draft; print(*Draft.objects.values_list('content', flat=True))"
)


def python(env, code):
    return done(env, "shell", "--no-imports", "-c", code).strip()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """An installation with an account, a sealed text, a file that somebody sent, and an export."""
    if request.param == "postgresql":
        env = environment(tmp_path / "data", DATABASE_URL=request.getfixturevalue("a_postgresql_base"))
        done(env, "migrate", "-v0")
    else:
        env = request.getfixturevalue("small")
    python(env, WRITE_A_NOTE)
    (tmp_path / "data" / "files").mkdir()
    (tmp_path / "data" / "files" / "preuve.pdf").write_bytes(b"%PDF")
    return env


def test_everything_comes_back_and_the_keys_never_leave(place, tmp_path):
    """SEC-38, SEC-59."""
    saved = tmp_path / "sauvegarde"
    assert "Gardez les clés à part" in done(place, "backup", str(saved))
    whole = b"".join(path.read_bytes() for path in saved.rglob("*") if path.is_file())
    assert [
        name for name in ("SECRET_KEY", "FIELD_KEY", "PSEUDONYM_KEY") if place[name].encode() in whole
    ] == []
    assert b"CANARI" not in whole

    python(place, "from backend.web.models import Draft; Draft.objects.all().delete()")
    (tmp_path / "data" / "files" / "preuve.pdf").unlink()
    refused = passerelles(place, "restore", str(saved))
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    with alone(tmp_path / "data"):
        refused = passerelles(place, "restore", str(saved), "--replace")
    assert (refused.returncode, "tourne" in refused.stderr) == (1, True)
    done(place, "restore", str(saved), "--replace", "--as", "odile.fictive@example.org")
    assert python(place, READ_THE_NOTE) == "CANARI"
    assert (tmp_path / "data" / "files" / "preuve.pdf").read_bytes() == b"%PDF"
    actions = python(
        place,
        "from backend.audit.models import Entry; from backend.mail.models import Message; "
        "last = Entry.objects.first(); print(last.action, last.user_id, Message.objects.count())",
    )
    assert actions.split() == ["installation.restored", "1", "0"]
    assert sorted(path.name for path in (tmp_path / "data").glob("retour*")) == []


def test_the_manifest_counts_the_rows_that_were_copied(place, tmp_path):
    done(place, "backup", str(tmp_path / "s"))
    manifest = json.loads((tmp_path / "s" / "manifeste.json").read_text())
    assert manifest["rows"]["accounts_user"] == 1
    assert "files/preuve.pdf" in manifest["marks"]


@pytest.fixture
def saved(small, tmp_path):
    """A small installation, saved in the folder `s`."""
    done(small, "backup", str(tmp_path / "s"))
    return small


def test_a_backup_restored_elsewhere_with_other_keys_is_refused_before_anything_is_touched(saved, tmp_path):
    elsewhere = environment(tmp_path / "other")
    refused = passerelles(elsewhere, "restore", str(tmp_path / "s"))
    assert refused.returncode == 1
    assert "FIELD_KEY" in refused.stderr
    assert not (tmp_path / "other" / "passerelles.sqlite3").exists()
    done({**elsewhere, "OLD_FIELD_KEYS": saved["FIELD_KEY"]}, "restore", str(tmp_path / "s"))


@pytest.mark.parametrize("folder", ["s", "data/inside"])
def test_a_folder_in_use_or_inside_the_data_is_refused(saved, tmp_path, folder):
    assert passerelles(saved, "backup", str(tmp_path / folder)).returncode == 1


def test_of_dated_backups_the_last_ones_stay_and_nothing_else_is_touched(saved, tmp_path):
    nights = tmp_path / "nights"
    for name in ("2026-01-01-023000", "2026-01-02-023000", "notes"):
        shutil.copytree(tmp_path / "s", nights / name)
    done(saved, "backup", str(nights), "--dated", "--keep", "2")
    left = sorted(path.name for path in nights.iterdir())
    assert left[0] == "2026-01-02-023000"
    assert left[-1] == "notes"
    assert len(left) == 3


@pytest.mark.parametrize(
    ("now", "hours"), [("2026-11-26 01:30", 1), ("2026-11-26 02:30", 24), ("2026-11-26 03:30", 23)]
)
def test_the_next_night_is_tonight_or_tomorrow(now, hours):
    assert seconds_until(time(2, 30), now=datetime.fromisoformat(now)) == hours * 3600


def test_how_many_nights_are_kept_is_said_once():
    """Neither the nightly unit nor the containers repeat it, and the page says the same."""
    texts = [
        (ROOT / name).read_text() for name in ("docker-compose.yml", "backend/core/installation/files.py")
    ]
    assert [text for text in texts if "--keep" in text] == []
    assert all("backup" in text for text in texts)
    page = " ".join((ROOT / "docs/exploitation.md").read_text().split())
    assert f"gardent les {in_letters(NIGHTS_KEPT)} dernières" in page


def test_a_disk_without_room_is_said_in_a_sentence(settings, tmp_path, monkeypatch):
    """SEC-56: Whatever SQLite calls it: the copy of a base meets the end of a disk like any other file."""
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "source.sqlite3").touch()
    with closing(sqlite3.connect(tmp_path / "source.sqlite3")) as base:
        base.execute("CREATE TABLE filling AS SELECT hex(zeroblob(100000)) AS room")
        base.commit()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "source.sqlite3"))
    monkeypatch.setattr(saving, "engine", engines.SQLite)
    monkeypatch.setattr(engines, "sqlite3", NoRoom())
    with pytest.raises(DomainError) as refused:
        saving.back_up(tmp_path / "s", tell=print)
    assert "il n’y a plus de place" in refused.value.message
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("s.")] == []


class NoRoom:
    """SQLite, on a disk of two pages."""

    def __getattr__(self, name):
        return getattr(sqlite3, name)

    def connect(self, *where, **more):
        made = sqlite3.connect(*where, **more)
        if not more:
            made.execute("PRAGMA max_page_count = 2")
        return made
