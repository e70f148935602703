"""How long a mission of temporary work lasts in an insertion structure (ETTI) (R12)."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from pathways.enums import ContractKind
from pathways.rules.contracts.durations import passes, total_length
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.inclusion import CDI_I_MISSIONS
from pathways.rules.dated.rows import MISSION_CEILING


def mission_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R12: a mission whose total, renewals included, would pass 24 months.

    Two missions need no days between them (same article), so nothing of the kind is ever asked. A person who holds
    a CDI inclusion of the structure that day may be lent for 36 months (L5132-6-1).
    """
    if contract.last_day is None:
        return
    day = contract.started_on
    ceiling = CDI_I_MISSIONS if is_under_cdi_inclusion(contract) else MISSION_CEILING
    most = book.whole(ceiling, on=day)
    periods = [*(spell.until(day) for spell in contract.chain), (day, contract.last_day)]
    if passes(periods, months=most):
        yield Finding(
            "mission_ceiling",
            f"Cette mission durerait {total_length(periods).in_words}, renouvellements compris ; le maximum est "
            f"de {most} mois.",
            book.basis(ceiling, on=day),
            way_out="Choisissez une fin plus proche.",
            field="planned_end_on",
        )


def is_under_cdi_inclusion(contract: ContractFacts) -> bool:
    """Whether the person holds a CDI inclusion of the structure on the first day of this contract."""
    day = contract.started_on
    return any(each.kind == ContractKind.CDI_I and each.overlaps(day, day) for each in contract.beside)
