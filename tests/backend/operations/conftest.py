"""What the tests of the operator share: tables take long to make, so they are made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backend.operations.installations import done, environment
from tests.backend.operations.postgresql import a_postgresql_base

__all__ = ["a_postgresql_base"]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Path:
    """A SQLite base with its tables and the starter referential."""
    folder = tmp_path_factory.mktemp("made-once")
    env = environment(folder)
    done(env, "migrate", "-v0")
    load = "from competences.services import ensure_referential; ensure_referential()"
    done(env, "shell", "--no-imports", "-c", load)
    return folder / "passerelles.sqlite3"


@pytest.fixture
def small(tmp_path, made_once) -> dict[str, str]:
    """A small installation whose tables and referential are there: its environment."""
    return install(made_once, tmp_path / "data")


@pytest.fixture
def another(tmp_path, made_once) -> Callable[[str], dict[str, str]]:
    """Another installation, with secrets of its own."""
    return lambda name: install(made_once, tmp_path / name)


def install(base: Path, data_dir: Path) -> dict[str, str]:
    data_dir.mkdir(mode=0o700)
    shutil.copy(base, data_dir)
    return environment(data_dir)
