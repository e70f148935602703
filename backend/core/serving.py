"""Who serves from a data folder: one `passerelles serve` at a time, and nobody at all while the base is replaced.

Locks of the kernel, that go with the process which holds them: killed outright, it leaves none behind.
"""

from __future__ import annotations

import fcntl
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from backend.core.errors import DomainError
from backend.core.health import signs

_SERVE, _WEB = "serve.lock", "web.lock"
_held_for_good: list[IO[str]] = []


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """One service per data folder: two clocks would do everything twice. The lock goes with the process."""
    with ExitStack() as held:
        if not _takes(held, folder / _SERVE):
            raise DomainError("already_serving", "Le service tourne déjà sur ce dossier (DATA_DIR).")
        yield


def serve_pages_from(folder: Path) -> None:
    """What each process of the web does when it starts: as long as it lives, `nobody_serves` refuses."""
    lock = (folder / _WEB).open("w")
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held_for_good.append(lock)


@contextmanager
def nobody_serves(folder: Path) -> Generator[None]:
    """Keep the service stopped while its base or its files are replaced; `DomainError` while it runs, in any form."""
    with ExitStack() as held:
        free = _takes(held, folder / _SERVE) and _takes(held, folder / _WEB)
        alive = [who for who in signs.Watched if signs.is_alive(who, folder)]
        if not free or alive:
            raise DomainError(
                "serving",
                "Le service tourne sur ce dossier (DATA_DIR) : arrêtez d’abord web, travaux et horloge, puis recommencez ; "
                "rien n’a été touché. Ce qui a été tué sans prévenir est oublié au bout de deux minutes.",
            )
        yield


def _takes(held: ExitStack, path: Path) -> bool:
    """Whether the lock was free; it is then held until `held` is closed."""
    lock = held.enter_context(path.open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
