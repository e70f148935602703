"""The backup of a small installation, brought back as a territory, and the way home: same figures, same seals, same trail."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.backend.operations.installations import done, passerelles
from tests.backend.operations.test_move import LIVES, python, said

TRAIL = """
import json
from backend.audit.models import Entry
print(json.dumps(list(Entry.objects.order_by("pk").values()), default=str))
"""
WHO_IS_THERE = (
    "from backend.accounts.models import User; print(User.objects.filter(email='la@example.org').count())"
)
SOMEBODY = (
    "from backend.accounts.models import User; User.objects.create_user(email='la@example.org', password='x')"
)


def same(env):
    """What both sizes must say alike; the accounts apart, whose sessions a backup that comes back ends."""
    told, figures = said(env)
    return (
        {key: value for key, value in told["marks"].items() if key != "accounts_user"},
        told["numbers"],
        figures,
    )


def trail(env):
    return json.loads(python(env, TRAIL)[0])


def tell(env, sql):
    with closing(sqlite3.connect(Path(env["DATA_DIR"]) / "passerelles.sqlite3")) as base:
        base.execute(sql)
        base.commit()


@pytest.fixture(params=["few", pytest.param("demo", marks=pytest.mark.rehearsal)])
def lived_in(request, small):
    """A small installation with some rows of each kind, or the whole invented territory."""
    if request.param == "few":
        python(small, LIVES)
    else:
        done({**small, "SIZE": "", "ALLOWED_HOSTS": ""}, "demo-data", "--people", "300", "--structures", "5")
    (Path(small["DATA_DIR"]) / "files").mkdir(exist_ok=True)
    (Path(small["DATA_DIR"]) / "files" / "preuve.pdf").write_bytes(b"%PDF")
    return small


def test_what_was_saved_small_comes_back_large_and_goes_home(lived_in, a_postgresql_base, tmp_path):
    """SEC-59."""
    small, before, lines = lived_in, same(lived_in), trail(lived_in)
    there = {**small, "DATABASE_URL": a_postgresql_base, "DATA_DIR": str(tmp_path / "territoire")}
    Path(there["DATA_DIR"]).mkdir(mode=0o700)

    tell(small, 'CREATE TABLE "d_ailleurs" AS SELECT 1 AS one')
    done(small, "backup", str(tmp_path / "etrange"))
    tell(small, 'DROP TABLE "d_ailleurs"')
    done(there, "migrate", "-v0")
    python(there, SOMEBODY)
    refused = passerelles(there, "restore", str(tmp_path / "etrange"), "--replace")
    assert (refused.returncode, "d_ailleurs" in refused.stderr, "Traceback" in refused.stderr) == (
        1,
        True,
        False,
    )
    assert python(there, WHO_IS_THERE) == ["1"], "what stood there is untouched"

    done(small, "backup", str(tmp_path / "s"))
    assert "revenue" in done(there, "restore", str(tmp_path / "s"), "--replace")
    assert same(there) == before
    assert trail(there)[: len(lines)] == lines
    assert trail(there)[-1]["action"] == "installation.restored"
    assert python(there, WHO_IS_THERE) == ["0"]
    assert (tmp_path / "territoire" / "files" / "preuve.pdf").read_bytes() == b"%PDF"

    done(there, "backup", str(tmp_path / "grande"))
    refused = passerelles(small, "restore", str(tmp_path / "grande"), "--replace")
    assert (refused.returncode, "passerelles move-to sqlite" in refused.stderr) == (1, True)
    back = f"sqlite:///{tmp_path / 'territoire' / 'retour.sqlite3'}"
    done(there, "move-to", back)
    home = {**there, "DATABASE_URL": back}
    assert said(home)[0]["text"] == said(small)[0]["text"]
    assert same(home) == before
    assert trail(home)[: len(lines)] == lines
