"""`passerelles serve`: web, background work and clock on one machine, watched by one process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.health.findings import Gravity, troubles
from backend.core.installation import processes
from backend.core.serving import alone
from backend.operations.management.commands.check_install import told
from backend.operations.supervision import MARK, Child, Supervisor, end_leftovers
from backend.settings import sizes
from backend.settings.env import port

_MUST_BE_THERE = frozenset({"referentiel"})
"""Degraded only, once running; but a service that starts without it looks broken to everybody."""
_LAST_WORDS = 15
"""Seconds beyond the longest job, for the worker to say that it ended."""


class Command(FrenchCommand):
    """One machine, one command; a TLS proxy stands in front."""

    help = (
        "Lance et surveille le service sur une machine.\n"
        "Web, travaux de fond et horloge : ce qui tombe est relancé, après un délai qui grandit. Écoute sur 127.0.0.1, port PORT "
        "(8000), derrière un relais HTTPS. SIGTERM ou Ctrl-C arrête tout, une fois les travaux en cours finis.\n"
        "Refuse de démarrer quand il manque quelque chose, et dit quoi taper."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """How wide."""
        parser.add_argument("--web", metavar="N", type=int, default=2, help="processus du web")
        parser.add_argument("--workers", metavar="N", type=int, default=2, help="travaux de fond à la fois")

    def run(self, **options: Any) -> int:
        """Refuse what is not ready, else serve until stopped."""
        sizes.refuse_to_serve_a_trial()
        missing = [
            trouble
            for trouble in troubles(is_running=False)
            if trouble.gravity is Gravity.VITAL or trouble.code in _MUST_BE_THERE
        ]
        if missing:
            self.complain("Le service ne démarre pas.\n" + "\n".join(told(trouble) for trouble in missing))
            return 1
        with alone(Path(settings.DATA_DIR)):
            environment = {**os.environ, "DATA_DIR": str(settings.DATA_DIR), MARK: str(settings.DATA_DIR)}
            if end_leftovers(str(settings.DATA_DIR)):
                self._say("Ce qu’un service tué sans prévenir avait laissé a été arrêté.")
            processes.refuse_a_taken_port(port())
            supervisor = Supervisor(children(options["web"], options["workers"]), environment, self._say)
            self._say(f"Passerelles écoute sur http://127.0.0.1:{port()}/ ; un relais HTTPS y mène.")
            if sizes.size() is sizes.Size.TRIAL:
                self._say("C’est un essai : cette machine seulement, sans HTTPS. Pour de vrai : SIZE=petite.")
            supervisor.run(patience=settings.CELERY_TASK_TIME_LIMIT + _LAST_WORDS)
        return 0

    def _say(self, line: str) -> None:
        self.tell(line)
        self.stdout.flush()


def children(web: int, workers: int) -> list[Child]:
    """The three processes, told as an operator calls them."""
    return [
        Child("web", processes.web(bind=f"127.0.0.1:{port()}", workers=web)),
        Child("travaux", processes.work(at_once=workers)),
        Child("horloge", processes.clock(Path(settings.DATA_DIR))),
    ]
