"""One line per run, beside the benchmarks and out of the project: how figures move from one day to the next."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HISTORY = Path(__file__).parent / "history.jsonl"


def append(benchmark: str, figures: dict[str, Any]) -> None:
    """Print the figures, and keep them with the day and the commit."""
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 (whoever measures has git)
        cwd=HISTORY.parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    line = {"benchmark": benchmark, "at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit}
    with HISTORY.open("a") as file:
        file.write(json.dumps({**line, **figures}, ensure_ascii=False) + "\n")
