"""How each process of the service is started: one home for the command lines of `serve`, of the units and of the demonstration."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from backend.core.errors import DomainError

CELERY = (sys.executable, "-m", "celery", "--app", "backend.celery")


def web(*, bind: str, workers: int, log_level: str = "warning") -> list[str]:
    """The web server. Without its control socket: it would open one in the home of the account, which may have none."""
    return [
        sys.executable, "-m", "gunicorn", "backend.wsgi", "--bind", bind, "--workers", str(workers), "--threads", "2",
        "--timeout", "60", "--log-level", log_level, "--logger-class", "backend.core.logs.DiscreetServerLog",
        "--no-control-socket",
    ]  # fmt: skip


def work(*, at_once: int, quiet: bool = True) -> list[str]:
    """Background work, so many jobs at once."""
    return [
        *CELERY,
        *(["--quiet"] if quiet else []),
        "worker",
        "--concurrency",
        str(at_once),
        "--loglevel",
        "WARNING",
    ]


def clock(data_dir: Path, *, quiet: bool = True) -> list[str]:
    """What says what is due; one of them only."""
    schedule = str(data_dir / "celerybeat-schedule")
    return [
        *CELERY, *(["--quiet"] if quiet else []), "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", schedule,
    ]  # fmt: skip


def refuse_a_taken_port(number: int) -> None:
    """Say at once what the web server would only say by falling again and again."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError as error:
            raise DomainError(
                "port_taken",
                f"Le port {number} est déjà pris. Arrêtez ce qui l’occupe, ou choisissez-en un autre, par exemple PORT=8765.",
            ) from error
