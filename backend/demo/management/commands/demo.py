"""`passerelles demo`: the whole product on this machine, with an invented territory to look at."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from backend.core.command_line.commands import FrenchCommand
from backend.core.installation import processes
from backend.core.pages.static_files import gather
from backend.core.tables import statistics
from backend.demo import rows as drawn
from backend.demo.loading.accounts import PASSWORD, open_demo_accounts
from backend.demo.loading.cvs import make_cvs
from backend.demo.loading.jobs import propose_jobs
from backend.demo.loading.passports import make_passports
from backend.demo.loading.territory import load_territory
from backend.demo.territory import demo_territory
from backend.settings.env import port
from competences.services import ensure_referential
from pathways.models import Beneficiary


class Command(FrenchCommand):
    """Web server and background work together; Ctrl-C ends both."""

    help = (
        "Lance le produit sur cette machine avec un territoire inventé.\n"
        "Base SQLite, écrans et travaux de fond ; Ctrl-C arrête tout. La variable PORT choisit le port (8000)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What a trial may need."""
        parser.add_argument(
            "--prepare-only", action="store_true", help="prépare la base sans lancer le serveur"
        )

    def run(self, **options: Any) -> int:
        """Fill the base the first time, say who may sign in, then serve until stopped."""
        if not options["prepare_only"]:
            processes.refuse_a_taken_port(port())
        territory = demo_territory(timezone.localdate())
        if not Beneficiary.objects.exists():
            self.complain("Préparation du territoire de démonstration (une minute la première fois)…")
            ensure_referential()
            load_territory([territory])
            open_demo_accounts(territory.accounts)
            propose_jobs(timezone.localdate())
            make_passports(timezone.localdate())
            make_cvs(timezone.localdate())
            statistics.refresh()
        if options["prepare_only"]:
            return 0
        return self._serve(territory)

    def _serve(self, territory: drawn.Territory) -> int:
        gather()
        environment = {**os.environ, "PASSERELLES_DEMO": "1", "DATA_DIR": str(settings.DATA_DIR)}
        worker = subprocess.Popen(worker_command(), env=environment)  # noqa: S603 - our own fixed command
        web = subprocess.Popen(web_command(port()), env=environment)  # noqa: S603 - our own fixed command
        try:
            if not _answers(port()):
                self.complain(
                    f"Le serveur ne répond pas sur le port {port()} après une minute. Recommencez sur un autre : make demo PORT=8765"
                )
                return 1
            self._welcome(territory)
            return _until_stopped(web)
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait(timeout=30)

    def _welcome(self, territory: drawn.Territory) -> None:
        self.tell(f"\nPasserelles vous attend sur http://127.0.0.1:{port()}/  (Ctrl-C pour arrêter)\n")
        self.tell(f"Mot de passe de tous les comptes : {PASSWORD}")
        for account in territory.accounts:
            self.tell(f"  {account.role.label:24} {account.email}")
        self.tell("Le code de la seconde étape est déjà rempli : c’est une démonstration.\n")
        self.stdout.flush()


def web_command(on_port: int) -> list[str]:
    """Two workers on this machine only."""
    return processes.web(bind=f"127.0.0.1:{on_port}", workers=2)


def worker_command() -> list[str]:
    """One worker, with the clock of periodic tasks inside."""
    return [
        sys.executable, "-m", "celery", "--app", "backend.celery", "--quiet", "worker", "--beat", "--concurrency", "1",
        "--loglevel", "WARNING", "--schedule", str(settings.DATA_DIR / "celerybeat-schedule"),
    ]  # fmt: skip


def _answers(on_port: int) -> bool:
    """Whether the server opens its door within a minute."""
    give_up_at = time.monotonic() + 60
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", on_port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def _until_stopped(web: subprocess.Popen[bytes]) -> int:
    """Wait for the server; a polite stop is a success."""

    def stop(*_: object) -> None:
        web.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        code = web.wait()
    except KeyboardInterrupt:
        return 0
    return 0 if code in (0, -signal.SIGTERM) else 1
