"""The folder of one import: what was sent, and what is known of it, readable by nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from backend.exchange.models import ImportJob

NAMES, TABLES, CHOICES = "noms.json", "tableaux.json", "colonnes.json"
DIAGNOSIS, CHANGES, DECISIONS = "diagnostic.json", "changements.json", "decisions.json"
WORKBOOK = "rapport.xlsx"
HOLDING_VALUES = (TABLES, CHANGES)
"""What holds cells of the sender: it goes with the files."""


def root() -> Path:
    """Where every import has its folder."""
    folder = Path(settings.IMPORT_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder_of(job: ImportJob) -> Path:
    """The folder of this import."""
    return root() / str(job.pk)


def write(job: ImportJob, name: str, content: Any) -> None:
    """Keep one thing known of an import."""
    path = folder_of(job) / name
    if path.parent.is_dir():
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        path.chmod(0o600)


def read(job: ImportJob, name: str) -> Any:
    """The same; None when it is not, or no longer, there."""
    path = folder_of(job) / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def names_of(job: ImportJob) -> Mapping[str, str]:
    """The names the files had."""
    return read(job, NAMES) or {}
