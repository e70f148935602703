"""SEC-56: the disk of the base is really full: a clear refusal, the text kept, nothing damaged, and all goes on after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.backend.operations.installations import ROOT, done, environment
from tests.backend.operations.postgresql import own_server
from tests.needed import as_root, not_here

pytestmark = pytest.mark.chaos
ROOM = {"sqlite": "24m", "postgresql": "96m"}
"""A whole base fits, with a little more: some seconds to fill it."""
WANTED = {
    "before": 302,
    "full": [503],
    "is_given_back": True,
    "says_when": True,
    "list": 200,
    "people": True,
    "alive": 200,
    "lost_or_half": 0,
    "integrity": "ok",
    "after": 302,
    "written": 1,
    "integrity_after": "ok",
}


def met(folder: Path, address: str, means: str) -> dict[str, object]:
    """What a process of its own meets, with this base."""
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "backend.settings.testing",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.backend.operations.full_disk", means],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def copied(base: Path, folder: Path) -> str:
    """The address of a copy there."""
    shutil.copy(base, folder / "base.sqlite3")
    return f"sqlite:///{folder / 'base.sqlite3'}"


@contextmanager
def small_disk(folder: Path, room: str) -> Iterator[Path]:
    """A file system of its own, so small that it is soon full."""
    root = as_root()
    folder.mkdir()
    if root is None:
        not_here("a file system of its own is mounted by root")
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={room},uid={os.getuid()},mode=777", "passerelles"]
    if subprocess.run([*root, *mounting, str(folder)], capture_output=True).returncode:
        not_here("this machine lets nobody mount a file system")
    try:
        yield folder
    finally:
        subprocess.run([*root, "umount", str(folder)], check=True)


def test_a_disk_without_one_byte_left(made_once, tmp_path):
    with small_disk(tmp_path / "disk", ROOM["sqlite"]) as disk:
        assert met(disk, copied(made_once, disk), "files") == WANTED


def test_a_base_that_may_not_grow(made_once, tmp_path):
    """The same refusal where no file system can be made: SQLite says it in the same words."""
    assert met(tmp_path, copied(made_once, tmp_path), "pages") == WANTED


@pytest.mark.rehearsal
def test_a_server_of_postgresql_whose_disk_has_no_byte_left(tmp_path):
    """On demand: its tables take a minute to make."""
    with tempfile.TemporaryDirectory(prefix="pg-disk-") as beside:
        Path(beside).chmod(0o755)
        with (
            small_disk(Path(beside) / "disk", ROOM["postgresql"]) as disk,
            own_server("passerelles") as server,
        ):
            place = server.owned(disk / "base")
            server.asked("passerelles", "postgres", f"CREATE TABLESPACE small LOCATION '{place}'")
            server.asked("passerelles", "postgres", "CREATE DATABASE small TABLESPACE small")
            server.asked("passerelles", "small", "CREATE EXTENSION amcheck")
            address = server.address("small")
            testing = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "backend.settings.testing"}
            done(environment(tmp_path / "data", **testing), "migrate", "-v0", timeout=1200)
            assert met(disk, address, "files") == WANTED
