"""Installed as a package, the product has all its files, and its three programs start from any folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backend.operations.installations import ROOT, environment

IN_THE_IMAGE = [
    line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
]
OURS = ("backend", "competences", "employers", "pathways", "reports")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """What `pip install .` installs, from what enters the image and nothing more."""
    sources, target = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("target")
    for name in IN_THE_IMAGE:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, sources)
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
    ]
    done = subprocess.run([*install, str(target), "."], cwd=sources, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target


def test_no_file_is_left_behind(installed):
    def files(top):
        return {
            path.relative_to(top).as_posix()
            for name in OURS
            for path in (top / name).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    assert sorted(files(ROOT) - files(installed)) == []


@pytest.mark.parametrize(
    "words",
    [
        ["bin/passerelles", "--version"],
        ["-m", "gunicorn", "backend.wsgi", "--check-config"],
        ["-m", "celery", "--app", "backend.celery", "report"],
    ],
    ids=["passerelles", "gunicorn", "celery"],
)
def test_each_program_starts_from_any_folder(installed, tmp_path, words):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = environment(tmp_path / "data", PYTHONPATH=str(installed))
    program = [str(installed / words[0]), *words[1:]] if words[0].startswith("bin/") else words
    done = subprocess.run([sys.executable, *program], cwd=elsewhere, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert list(elsewhere.iterdir()) == []


def test_a_package_is_never_written_to(installed, tmp_path):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(installed)}
    ask = "from backend.settings import env; print(env.__file__); print(env.data_dir())"
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    module, folder = map(Path, said.stdout.split())
    assert module.is_relative_to(installed)
    assert folder == tmp_path / ".local" / "share" / "passerelles"
