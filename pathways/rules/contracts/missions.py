"""How long a mission of temporary work lasts in an insertion structure (ETTI) (R12)."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from pathways.rules.contracts.durations import passes, total_length
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import MISSION_CEILING


def mission_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R12: a mission whose total, renewals included, would pass 24 months.

    Two missions need no days between them (same article), so nothing of the kind is ever asked; the 36 months
    of the CDI inclusion are not judged yet.
    """
    if contract.last_day is None:
        return
    day, most = contract.started_on, book.whole(MISSION_CEILING, on=contract.started_on)
    periods = [*(spell.until(day) for spell in contract.chain), (day, contract.last_day)]
    if passes(periods, months=most):
        yield Finding(
            "mission_ceiling",
            f"Cette mission durerait {total_length(periods).in_words}, renouvellements compris ; le maximum est "
            f"de {most} mois.",
            book.basis(MISSION_CEILING, on=day),
            way_out="Choisissez une fin plus proche.",
            field="planned_end_on",
        )
