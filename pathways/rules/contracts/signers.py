"""Which contracts each kind of structure may sign, on the day it signs (R13 for the kind alone)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from pathways.enums import ContractKind
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.dated.book import RuleBook, contract_name


def contracts_of(structure_kind: str, *, on: date, book: RuleBook) -> list[ContractKind]:
    """Contracts this kind of structure may sign that day, in the order of the list on screen."""
    return [kind for kind in ContractKind if may_sign(structure_kind, kind, on=on, book=book)]


def may_sign(structure_kind: str, contract_kind: str, *, on: date, book: RuleBook) -> bool:
    """Whether this contract exists in this kind of structure that day; an experiment ends with its last day."""
    return structure_kind in book.contract_signers(contract_kind, on=on)


def kind_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """A contract that does not exist in this kind of structure on its first day."""
    day = contract.started_on
    if may_sign(contract.structure_kind, contract.kind, on=day, book=book):
        return
    possible = ", ".join(kind.label for kind in contracts_of(contract.structure_kind, on=day, book=book))
    when = "" if book.contract_signers(contract.kind, on=day) else " à cette date"
    yield Finding(
        "contract_kind",
        f"Ce type de contrat ne se signe pas dans cette structure{when}.",
        book.basis(contract_name(contract.kind), on=day),
        way_out=f"Choisissez parmi : {possible}.",
        field="kind",
    )
