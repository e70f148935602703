"""Which contracts each kind of structure may sign; an ordinary CDI or CDD is open to all."""

from __future__ import annotations

from backend.core.errors import DomainError
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import ContractKind

_EI, _ACI, _AI = StructureKind.EI, StructureKind.ACI, StructureKind.AI

SIGNED_BY: dict[ContractKind, tuple[frozenset[StructureKind], str]] = {
    ContractKind.CDDI: (
        frozenset({_EI, _AI, _ACI}),
        "Code du travail, art. L5132-5, L5132-11-1 et L5132-15-1",
    ),
    ContractKind.CDDU: (
        frozenset({_AI, StructureKind.ASP_SAP}),
        "Code du travail, art. L1242-2 3° et D1242-1 12° et 13°",
    ),
    ContractKind.CTT: (frozenset({StructureKind.ETTI}), "Code du travail, art. L5132-6"),
    ContractKind.CDI_I: (
        SIAE_KINDS - {StructureKind.EITI},
        "Code du travail, art. L5132-5-1, L5132-6-1, L5132-14-1 et L5132-15-1-1",
    ),
    ContractKind.PASSERELLE: (frozenset({_EI, _ACI}), "Loi n° 2020-1577 du 14 décembre 2020, art. 5"),
    ContractKind.EITI: (
        frozenset({StructureKind.EITI}),
        "Loi n° 2018-771 du 5 septembre 2018, art. 83",
    ),
}
"""Contract → structures that may sign it, and the text."""


def contracts_of(structure_kind: str) -> list[ContractKind]:
    """Contracts this kind of structure may sign, in the order of the list on screen."""
    return [kind for kind in ContractKind if may_sign(structure_kind, kind)]


def may_sign(structure_kind: str, contract_kind: str) -> bool:
    """Whether this contract exists in this kind of structure."""
    rule = SIGNED_BY.get(ContractKind(contract_kind))
    return rule is None or StructureKind(structure_kind) in rule[0]


def check_may_sign(structure_kind: str, contract_kind: str) -> None:
    """Refuse a contract that does not exist in this kind of structure."""
    if not may_sign(structure_kind, contract_kind):
        possible = ", ".join(kind.label for kind in contracts_of(structure_kind))
        raise DomainError(
            "contract_kind",
            f"Ce type de contrat ne se signe pas dans cette structure. Choisissez parmi : {possible}.",
            field="kind",
            basis=SIGNED_BY[ContractKind(contract_kind)][1],
        )
