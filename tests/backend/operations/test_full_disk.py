"""SEC-56: the disk of the base is really full: a clear refusal, the text kept, nothing damaged, and all goes on after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.operations.installations import ROOT
from tests.needed import as_root, not_here

pytestmark = pytest.mark.chaos
ROOM = "24m"
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


def met(base: Path, folder: Path, means: str) -> dict[str, object]:
    """What a process of its own meets, with a copy of this base in this folder."""
    shutil.copy(base, folder / "base.sqlite3")
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'base.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "backend.settings.testing",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.backend.operations.full_disk", means],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of its own, so small that it is soon full."""
    folder, root = tmp_path / "disk", as_root()
    folder.mkdir()
    if root is None:
        not_here("a file system of its own is mounted by root")
    mounting = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={ROOM},uid={os.getuid()},mode=700",
        "passerelles",
        str(folder),
    ]
    if subprocess.run([*root, *mounting], capture_output=True).returncode:
        not_here("this machine lets nobody mount a file system")
    yield folder
    subprocess.run([*root, "umount", str(folder)], check=True)


def test_a_disk_without_one_byte_left(made_once, small_disk):
    assert met(made_once, small_disk, "files") == WANTED


def test_a_base_that_may_not_grow(made_once, tmp_path):
    """The same refusal where no file system can be made: SQLite says it in the same words."""
    assert met(made_once, tmp_path, "pages") == WANTED
