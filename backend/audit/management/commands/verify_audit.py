"""`passerelles verify-audit`: is the trail what it was?"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from backend.audit import chain, heads
from backend.audit.chain import Break, Fault, Head
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError

_TOLD = 20
_WORDS = {
    Break.LINK: "le maillon {line} ne suit plus celui qui le précède : la chaîne a été refaite ou coupée.",
    Break.CUT: "le journal commence après la ligne {line} sans que la durée de conservation l’explique : il a été coupé à la main.",
    Break.HEAD: "une tête notée hors de la base n’est plus dans la chaîne : le journal a été refait depuis.",
    Break.CHANGED: "la ligne {line} a été modifiée.",
    Break.MISSING: "la ligne {line} a disparu.",
    Break.ADDED: "la ligne {line} a été ajoutée après coup.",
}


class Command(FrenchCommand):
    """Reads only; people may go on working meanwhile."""

    help = (
        "Relit le journal et nomme toute ligne changée, retirée ou ajoutée après coup.\n"
        "Les têtes notées chaque jour dans DATA_DIR sont comparées à la chaîne ; --heads donne un autre fichier de têtes, "
        "par exemple celui d’une sauvegarde ou des journaux gardés ailleurs. Ce que la durée de conservation a retiré n’est plus "
        "demandé : la chaîne reprend à son dernier maillon. Sortie : 0 intact, 1 altéré."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file of heads kept elsewhere."""
        parser.add_argument(
            "--heads", dest="kept", metavar="FICHIER", type=Path, help="têtes gardées ailleurs"
        )

    def run(self, kept: Path | None = None, **options: Any) -> int:
        """Read all again, tell what is wrong, the gravest first."""
        verdict = chain.verify(_heads_of(kept))
        for sentence in _sentences(verdict.faults):
            self.complain(sentence)
        self.tell(
            f"{verdict.lines} ligne(s) vérifiées en {verdict.links} maillon(s), {verdict.waiting} pas encore nouée(s), "
            f"{len(verdict.faults)} anomalie(s)."
        )
        return 1 if verdict.faults else 0


def _heads_of(given: Path | None) -> list[Head]:
    path = given or heads.file()
    try:
        return heads.known(path.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        if given is None:
            return []
    except OSError:
        pass
    raise DomainError("no_file", "Le fichier de têtes donné ne se lit pas. Vérifiez son chemin.")


def _sentences(faults: Iterable[Fault]) -> Iterable[str]:
    ordered = sorted(faults, key=lambda fault: (list(Break).index(fault.what), fault.line))
    for fault in islice(ordered, _TOLD):
        words = _WORDS[fault.what].format(line=fault.line)
        yield words[:1].upper() + words[1:]
    if len(ordered) > _TOLD:
        yield f"Et {len(ordered) - _TOLD} autre(s)."
