"""`passerelles install`: from nothing to a service ready to start, with the link of its first manager."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.installation.account import become
from backend.core.installation.files import PRIVATE, write, write_all
from backend.core.installation.questions import CONTAINERS, QUESTIONS, Answers, ask, judge
from backend.core.installation.running import check, is_complete, run_steps
from backend.core.pages.front_page import our_commands

KEPT = "reponses.conf"


class Command(FrenchCommand):
    """Run again with the same answers, it changes nothing."""

    help = (
        "Installe le service : réglages, secrets, base, référentiel, première structure.\n"
        "Pose une question à la fois, ou lit les réponses d’un fichier (--answers). Les trois secrets sont tirés au sort\n"
        "dans un fichier lisible par ce compte seulement : gardez-en une copie ailleurs. Le lien de la ou du responsable\n"
        "est affiché. Relancée avec les mêmes réponses, la commande ne change rien. Lancée par root, elle demande sous quel\n"
        "compte le service tournera (--user)."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and from which answers."""
        parser.add_argument(
            "dossier", metavar="DOSSIER", type=Path, help="où écrire les réglages et garder les données"
        )
        parser.add_argument(
            "--user", metavar="COMPTE", help="lancé par root : le compte sous lequel le service tournera"
        )
        parser.add_argument("--answers", metavar="FICHIER", type=Path, help="réponses, au format TOML")

    def run(self, **options: Any) -> int:
        """Ask, write, run, check."""
        folder = options["dossier"].resolve()
        kept = folder / KEPT
        if options["answers"] is None:
            answers = ask(self._reply, self.complain, _read(kept) if kept.exists() else {})
        else:
            answers, problems = judge(_read(options["answers"]))
            if problems:
                self.complain("\n".join(problems))
                return 1
        if answers["forme"] != CONTAINERS:  # their account is in their image
            become(options["user"], folder)
        written = write_all(answers, folder)
        written += [KEPT] if write(kept, _as_toml(answers), PRIVATE) else []
        if answers["forme"] == CONTAINERS:
            self._say_written(written, folder)
            self.tell(_CONTAINERS.format(folder=folder, **answers))
            return 0
        if not written and is_complete(folder):
            self.tell("Le service est déjà installé ainsi : rien n’a changé.")
        else:
            self._say_written(written, folder)
            run_steps(answers, folder, self.tell)
            self.tell(_MACHINE.format(folder=folder))
        return 0 if check(folder, list(our_commands()), self.tell) else 1

    def _say_written(self, written: list[str], folder: Path) -> None:
        self.tell(
            f"Écrit dans {folder} : {', '.join(written)}." if written else f"Rien à écrire dans {folder}."
        )

    def _reply(self, question: str) -> str:
        try:
            return input(f"{question}\n> ")
        except EOFError as error:
            raise DomainError(
                "no_answer", "Personne ne répond ici. Donnez un fichier de réponses avec --answers."
            ) from error


_MACHINE = (
    "Pour démarrer : copiez {folder}/systemd/*.service dans /etc/systemd/system, puis « systemctl enable --now » "
    "chacun d’eux ; donnez {folder}/Caddyfile à Caddy."
)
_CONTAINERS = (
    "Copiez {folder}/.env à côté de docker-compose.yml, puis :\n"
    "  docker compose up -d --build\n"
    "  docker compose run --rm web passerelles load-starter\n"
    "  docker compose run --rm web passerelles open-structure '{structure}' --kind {type} --email {responsable}"
)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DomainError(
            "unreadable_answers",
            f"Le fichier {path.name} ne se lit pas. Une réponse par ligne, entre guillemets : "
            f'{QUESTIONS[0].key} = "Association du Val".',
        ) from error


def _as_toml(answers: Answers) -> str:
    """Offered back the next time; for this account only, since passwords may be among them."""
    return "".join(f'{key} = "{_escaped(value)}"\n' for key, value in answers.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
