"""What an installation runs once its files are written: each command in a process of its own, with those settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from backend.core.errors import DomainError
from backend.core.installation.files import environment_of
from backend.core.installation.questions import STARTER, Answers

ROOT = Path(__file__).resolve().parents[3]
DONE = "installation-complete"
"""Left in the folder of data once every step has ended."""

Say = Callable[[str], object]


def steps_of(answers: Answers) -> list[tuple[str, list[str]]]:
    """What to say and what to run, in order; each may be run again."""
    referential = answers["referentiel"]
    load = ["load-starter"] if referential == STARTER else ["import-rome", referential]
    structure = [
        "open-structure",
        answers["structure"],
        "--kind",
        answers["type"],
        "--email",
        answers["responsable"],
    ]
    structure += ["--site", f"https://{answers['adresse']}"]
    structure += ["--siret", answers["siret"]] if answers["siret"] else []
    return [
        ("La base", ["migrate", "--no-input", "--verbosity", "0"]),
        ("Les feuilles de style", ["collectstatic", "--no-input", "--verbosity", "0"]),
        ("Le référentiel de départ", ["load-starter"]),
        *([] if referential == STARTER else [("Le ROME", load)]),
        ("La première structure", structure),
    ]


def run_steps(answers: Answers, folder: Path, say: Say) -> None:
    """Run each step, repeating what it answers as it comes; `DomainError` at the first that fails.

    The link of the manager is thus read before the message that carries it tries to leave.
    """
    for title, words in steps_of(answers):
        say(f"{title}…")
        if _passerelles(words, folder, say):
            raise DomainError("step_failed", f"{title} : à corriger, puis relancez ; rien ne sera refait.")
    (folder / "data" / DONE).touch(mode=0o600)


def is_complete(folder: Path) -> bool:
    """Whether every step has ended once, and the base is at the version of this program."""
    if not (folder / "data" / DONE).exists():
        return False
    return _passerelles(["migrate", "--check"], folder, lambda line: None) == 0


def check(folder: Path, known: Sequence[str], say: Say) -> bool:
    """Ask `check-install` before the first start, where this version has it; whether it found nothing in the way."""
    if "check-install" not in known:
        return True
    return _passerelles(["check-install", "--before-start"], folder, say) == 0


def _passerelles(words: list[str], folder: Path, say: Say) -> int:
    """Run one of our commands, line by line; its exit code."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - our own command, with words that were each judged
        [sys.executable, "-u", "-m", "backend.manage", *words],
        cwd=ROOT,
        env=environment | environment_of(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        for line in process.stdout or ():
            if line.strip():
                say(f"  {line.rstrip()}")
    return process.returncode
