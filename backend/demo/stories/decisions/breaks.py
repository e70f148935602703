"""Why a contract stopped before its term, for those whose exit is known: said beside the contract, never blamed on anybody."""

from __future__ import annotations

from dataclasses import replace

from backend.demo.chance import motives
from backend.demo.rows import Contract
from backend.demo.stories.storyteller import Teller
from pathways.enums import ContractEnd, ContractKind

_WITHOUT_A_JOB = (ContractEnd.AGREED, ContractEnd.RESIGNED, ContractEnd.OTHER)


def tell_breaks(teller: Teller) -> None:
    """Give its motive to each contract broken with the stay; an exit nobody explained leaves it unknown."""
    left = {each.stay: each for each in teller.rows.exits if each.motive is not None}
    for at, contract in enumerate(teller.rows.contracts):
        known = left.get(contract.stay)
        if known and known.motive and _is_broken(contract) and contract.end == known.date:
            teller.rows.contracts[at] = replace(contract, end_motive=_why(contract, known.motive, at))


def _is_broken(contract: Contract) -> bool:
    if contract.end is None or contract.end_motive is not None:
        return False
    return contract.planned_end is None or contract.end < contract.planned_end


def _why(contract: Contract, motive: int, rank: int) -> ContractEnd:
    if motive in motives.TRIAL_BREAK:
        return ContractEnd.TRIAL
    if motive in motives.HIRED or motive == motives.TO_TRAINING:
        return ContractEnd.HIRED
    if contract.kind is ContractKind.CDI:
        return ContractEnd.DISMISSED
    return _WITHOUT_A_JOB[rank % len(_WITHOUT_A_JOB)]
