"""How long a fixed-term insertion contract (CDDI) lasts, and for how many hours a week.

The three kinds of structures that may sign one have the same rules, each in its own article. What goes past
them (training under way, age, RQTH, particular difficulties, préfet's decisions) is a separate decision of
the prescripteur, the structure or the préfet: it is not taken here, and each refusal says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from backend.core.errors import DomainError
from backend.organisations.enums import StructureKind
from pathways.rules.durations import Length, Period, length_of, total_length

CDDI_MINIMUM_MONTHS = 4
CDDI_CEILING_MONTHS = 24
CDDI_MINIMUM_WEEKLY_HOURS = Decimal(20)
LEGAL_WEEKLY_HOURS = Decimal(35)
"""Legal duration of work (Code du travail, art. L3121-27); the hours of a CDDI vary without passing it."""

CDDI_BASIS = {
    StructureKind.EI: "Code du travail, art. L5132-5",
    StructureKind.AI: "Code du travail, art. L5132-11-1",
    StructureKind.ACI: "Code du travail, art. L5132-15-1",
}


def check_cddi(
    *,
    structure_kind: str,
    started_on: date,
    planned_end_on: date | None,
    weekly_hours: Decimal | None,
    chain_started_on: date | None = None,
    others: Iterable[Period] = (),
    has_adjusted_sentence: bool = False,
) -> None:
    """Refuse a CDDI the law would refuse.

    `chain_started_on` is the first day of the contract being renewed, `others` every other CDDI of the person
    in this structure. Hours not known yet (`None`) are not judged.
    """
    basis = CDDI_BASIS[StructureKind(structure_kind)]
    if planned_end_on is None:
        raise DomainError(
            "cddi_needs_an_end",
            "Un CDD d’insertion a une fin prévue. Indiquez-la.",
            field="planned_end_on",
            basis=basis,
        )
    if not has_adjusted_sentence:
        check_cddi_minimum(
            started_on=chain_started_on or started_on, planned_end_on=planned_end_on, basis=basis
        )
    check_cddi_ceiling([*others, (started_on, planned_end_on)], basis=basis)
    check_cddi_hours(weekly_hours, basis=basis)


def check_cddi_minimum(*, started_on: date, planned_end_on: date, basis: str) -> None:
    """Refuse a contract of less than four months; a renewal lengthens its contract, so the whole is judged."""
    length = length_of(started_on, planned_end_on)
    if length < Length(CDDI_MINIMUM_MONTHS):
        raise DomainError(
            "cddi_minimum",
            f"Ce CDD d’insertion durerait {length.in_words} ; le minimum est de {CDDI_MINIMUM_MONTHS} mois, "
            "sauf aménagement de peine. Choisissez une fin plus tardive.",
            field="planned_end_on",
            basis=basis,
        )


def check_cddi_ceiling(periods: Iterable[Period], *, basis: str) -> None:
    """Refuse what would pass 24 months of CDDI in one structure, whatever the number of contracts."""
    total = total_length(periods)
    if total > Length(CDDI_CEILING_MONTHS):
        raise DomainError(
            "cddi_ceiling",
            f"Ce contrat porterait les CDD d’insertion à {total.in_words} dans cette structure ; le maximum est "
            f"de {CDDI_CEILING_MONTHS} mois. Choisissez une fin plus proche ; une dérogation est une décision "
            "à part, qui ne s’enregistre pas ici.",
            field="planned_end_on",
            basis=basis,
        )


def check_cddi_hours(weekly_hours: Decimal | None, *, basis: str) -> None:
    """Refuse fewer than 20 hours a week, or more than the legal duration; unknown hours are accepted."""
    if weekly_hours is None:
        return
    if weekly_hours < CDDI_MINIMUM_WEEKLY_HOURS:
        raise DomainError(
            "cddi_hours",
            f"Un CDD d’insertion compte au moins {CDDI_MINIMUM_WEEKLY_HOURS} heures par semaine. Augmentez la "
            "durée ; une dérogation du préfet est une décision à part, qui ne s’enregistre pas ici.",
            field="weekly_hours",
            basis=basis,
        )
    if weekly_hours > LEGAL_WEEKLY_HOURS:
        raise DomainError(
            "cddi_hours",
            f"Un CDD d’insertion ne dépasse pas la durée légale de {LEGAL_WEEKLY_HOURS} heures par semaine. "
            "Diminuez la durée.",
            field="weekly_hours",
            basis=basis,
        )
