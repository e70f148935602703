"""An installation of its own for a test: a folder, drawn secrets, and the real `passerelles` command."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOST = "passerelles.example.org"


def environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """The smallest real one: SQLite, folders, production's checks."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "SIZE": "petite",
        "DATA_DIR": str(data_dir),
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEY": secrets.token_urlsafe(60),
        "PSEUDONYM_KEY": secrets.token_urlsafe(60),
        "DEFAULT_FROM_EMAIL": f"Passerelles <ne-pas-repondre@{HOST}>",
        **changes,
    }


def passerelles(env: dict[str, str], *words: str, cwd: Path = ROOT, timeout: float = 300):
    """Type a command; its exit code and what it said."""
    return subprocess.run(
        [sys.executable, "-m", "backend.manage", *words],
        cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=timeout,
    )  # fmt: skip


def done(env: dict[str, str], *words: str, **options) -> str:
    """Type a command that must succeed; what it printed."""
    answer = passerelles(env, *words, **options)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
