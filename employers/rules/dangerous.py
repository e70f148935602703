"""Work of the list of article D4154-1: nobody is lent for it, nobody is hired for it for a short while (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backend.core.findings import Finding
from backend.core.values.text import alphabetical
from employers.enums import DangerousWork
from pathways.rules.kinds import LENDS_NOBODY_FOR_DANGEROUS_WORK

LENDING_BAN = "Code du travail, art. L5132-10, R5132-21 et D4154-1"
SHORT_CONTRACT_BAN = "Code du travail, art. L4154-1 et D4154-1"
"""Every fixed-term contract and every mission; the administration may make an exception, an employer asks for it."""


def ban_on(kind: str, dangerous: Iterable[str]) -> str | None:
    """The text that forbids this kind of structure to propose such work to anybody (R10); None when none does."""
    return LENDING_BAN if kind in LENDS_NOBODY_FOR_DANGEROUS_WORK and any(dangerous) else None


def lending_findings(*, kind: str, dangerous: Iterable[str]) -> Iterator[Finding]:
    """A job that an association intermédiaire would make of work of the list (R10)."""
    named = sorted({DangerousWork(each).label for each in dangerous if each}, key=alphabetical)
    basis = ban_on(kind, named)
    if basis is not None:
        yield Finding(
            "dangerous_work",
            f"Une association intermédiaire ne propose à personne un travail dangereux ({', '.join(named)}).",
            basis,
            way_out="Retirez cette tâche du poste.",
            field="tasks",
        )
