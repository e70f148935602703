"""Signs of life of what runs apart: the workers and the clock touch a file, whoever watches reads its age.

`python -m backend.core.health.signs worker` is the health check of a container: it loads nothing of the product.
"""

from __future__ import annotations

import os
import sys
import time
from enum import StrEnum
from pathlib import Path

FRESH_SECONDS = 120
"""Both show themselves several times a minute; silent for longer, they are stopped or stuck."""
_SHOWN_EVERY = 10.0
_FOLDER = "signs"


class Watched(StrEnum):
    """Who shows signs of life."""

    WORKER = "worker"
    CLOCK = "clock"


def show(who: Watched, data_dir: Path) -> None:
    """Say that one lives; several times in ten seconds count for one."""
    age = age_of(who, data_dir)
    if age is not None and 0 <= age < _SHOWN_EVERY:
        return
    path = _path(who, data_dir)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)


def forget(who: Watched, data_dir: Path) -> None:
    """Leave no sign of one that stopped politely."""
    _path(who, data_dir).unlink(missing_ok=True)


def age_of(who: Watched, data_dir: Path) -> float | None:
    """Seconds since the last sign; None when there never was one."""
    try:
        return time.time() - _path(who, data_dir).stat().st_mtime
    except OSError:
        return None


def is_alive(who: Watched, data_dir: Path) -> bool:
    """Whether the last sign is fresh; one that comes from later than now was made before the clock went back."""
    age = age_of(who, data_dir)
    return age is not None and abs(age) < FRESH_SECONDS


def _path(who: Watched, data_dir: Path) -> Path:
    return data_dir / _FOLDER / who.value


def main() -> int:
    """0 when the one named lives, 1 otherwise: what a container engine asks."""
    return 0 if is_alive(Watched(sys.argv[1]), Path(os.environ["DATA_DIR"])) else 1


if __name__ == "__main__":
    sys.exit(main())
