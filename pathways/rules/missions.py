"""How long a mission of temporary work lasts in an insertion structure (ETTI)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backend.core.errors import DomainError
from pathways.rules.durations import Length, Period, total_length

MISSION_CEILING_MONTHS = 24
MISSION_BASIS = "Code du travail, art. L5132-6"


def check_mission(*, started_on: date, planned_end_on: date | None, chain: Iterable[Period] = ()) -> None:
    """Refuse a mission whose total, renewals included, would pass 24 months.

    `chain` holds the earlier contracts of the same mission. Two missions need no days between them
    (same article), so nothing of the kind is ever asked.
    """
    if planned_end_on is None:
        return
    total = total_length([*chain, (started_on, planned_end_on)])
    if total > Length(MISSION_CEILING_MONTHS):
        raise DomainError(
            "mission_ceiling",
            f"Cette mission durerait {total.in_words}, renouvellements compris ; le maximum est de "
            f"{MISSION_CEILING_MONTHS} mois. Choisissez une fin plus proche.",
            field="planned_end_on",
            basis=MISSION_BASIS,
        )
