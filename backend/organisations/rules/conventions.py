"""What an annexe cannot be, whoever writes it: a form, the API or a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from backend.core.findings import Finding
from backend.organisations.enums import SIAE_KINDS


def annexe_findings(
    *, structure_kind: str, annexe: str, first_month: int, last_month: int
) -> Iterator[Finding]:
    """A structure that signs none, months the wrong way round, the number of another kind's annexe."""
    if structure_kind not in SIAE_KINDS:
        yield Finding(
            "convention_elsewhere",
            "Seule une structure d’insertion par l’activité économique a une convention en ETP avec l’État.",
            "Code du travail, art. L5132-2",
            way_out="Vérifiez le type de la structure.",
            is_contradiction=True,
        )
    if last_month < first_month:
        yield Finding(
            "convention_months",
            "Le dernier mois vient avec le premier, ou après lui.",
            way_out="Vérifiez le premier et le dernier.",
            field="last_month",
            is_contradiction=True,
        )
    kind = kind_of(annexe)
    if kind and kind != structure_kind:
        yield Finding(
            "convention_annexe",
            f"Ce numéro est celui d’une annexe {kind}, et la structure est de type {structure_kind}.",
            way_out="Vérifiez le numéro, ou la structure.",
            field="annexe",
        )


def kind_of(annexe: str) -> str:
    """« ACI » of « ACI023201111A0M0 »."""
    return "".join(takewhile(str.isalpha, annexe))
