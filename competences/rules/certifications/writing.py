"""What may be typed of a certification, and what is accepted of a bloc."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.plausible import REGISTERED, window_findings
from competences.rncp.values import code_of


def origin_findings(*, is_of_register: bool) -> Iterator[Finding]:
    """What a register says is corrected there, and comes with the next import."""
    if is_of_register:
        yield Finding(
            "of_the_register",
            "Cette certification vient du répertoire national : elle ne se corrige pas ici.",
            way_out="Le prochain import du répertoire la mettra à jour.",
        )


def code_findings(code: str) -> Iterator[Finding]:
    """A code of a register has its shape, or none is given."""
    if code and code_of(code) is None:
        yield Finding(
            "certification_code",
            "Ce code n’est pas celui d’un répertoire national.",
            way_out="Écrivez RNCP ou RS suivi de son numéro, ou laissez vide.",
            field="code",
            is_contradiction=True,
        )


def end_findings(day: date | None, *, today: date) -> Iterator[Finding]:
    """A registration ends on a day somebody can mean; one long over may be typed too."""
    if day is not None:
        yield from window_findings(REGISTERED, day, field="ends_on", today=today)


def lines_findings(lines: Collection[str]) -> Iterator[Finding]:
    """A list that holds nothing is not a list."""
    if not lines:
        yield Finding(
            "no_line",
            "Cette liste est vide.",
            way_out="Écrivez une compétence par ligne.",
            field="lines",
            is_contradiction=True,
        )
