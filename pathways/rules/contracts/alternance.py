"""How long a contract that goes with a training centre lasts: apprentissage (L6222-7-1), professionnalisation (L6325-11)."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from backend.core.values.dates import last_day_after
from pathways.enums import ContractKind
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.inclusion import ALTERNANCE_LEAST, ALTERNANCE_MOST

ALTERNANCE = frozenset({ContractKind.APPRENTICESHIP, ContractKind.WORK_AND_STUDY})
"""Contracts whose length is that of a training: common law, in whatever structure employs."""


def alternance_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """Six months to thirty-six: said, never refused, for the exceptions (disability, a diploma resumed) are not known here."""
    last, day = contract.last_day, contract.started_on
    if last is None:
        return
    least, most = (book.whole(name, on=day) for name in (ALTERNANCE_LEAST, ALTERNANCE_MOST))
    if last_day_after(day, least) <= last <= last_day_after(day, most):
        return
    yield Finding(
        "alternance_length",
        f"Un contrat en alternance dure d’ordinaire de {least} à {most} mois, le temps de la formation.",
        book.basis(ALTERNANCE_LEAST, on=day),
        way_out="Vérifiez sa fin, ou laissez-la si la formation le demande.",
        field="planned_end_on",
        refuses=False,
    )
