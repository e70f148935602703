"""Delays of a VAE, stage by stage (Code du travail, art. R6412-2 to R6412-7, version of 29 December 2023)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.plausible import VAE, window_findings
from backend.core.values.dates import month_end, months_after
from competences.enums import VaeStatus

BASIS = "Code du travail, art. R6412-4 et R6412-5"
DECISION_MONTHS = 2  # the certifier answers within two months; silence means admissible
LAPSE_MONTHS = 6  # without any step by the end of the sixth month, the admissibility lapses
JURY_MONTHS = 3  # the jury meets before the end of the third month after the file is sent

NEXT_STAGES: dict[VaeStatus, tuple[VaeStatus, ...]] = {
    VaeStatus.PROJECT: (VaeStatus.REGISTERED, VaeStatus.DROPPED),
    VaeStatus.REGISTERED: (VaeStatus.FEASIBILITY_SENT, VaeStatus.DROPPED),
    VaeStatus.FEASIBILITY_SENT: (VaeStatus.ADMISSIBLE, VaeStatus.REFUSED, VaeStatus.DROPPED),
    VaeStatus.ADMISSIBLE: (VaeStatus.VALIDATION_SENT, VaeStatus.DROPPED),
    VaeStatus.VALIDATION_SENT: (VaeStatus.JURY, VaeStatus.DROPPED),
    VaeStatus.JURY: (VaeStatus.FULL, VaeStatus.PARTIAL, VaeStatus.REFUSED, VaeStatus.DROPPED),
    VaeStatus.PARTIAL: (VaeStatus.VALIDATION_SENT, VaeStatus.DROPPED),
    VaeStatus.FULL: (),
    VaeStatus.REFUSED: (),
    VaeStatus.DROPPED: (),
}


def move_findings(*, current: VaeStatus, asked: VaeStatus, reached_on: date, on: date) -> Iterator[Finding]:
    """A stage that does not follow the present one, or dated before it; the same day is fine."""
    if asked not in NEXT_STAGES[current]:
        yield Finding(
            "stage_out_of_order",
            f"Cette étape ne suit pas « {current.label} ».",
            BASIS,
            way_out="Choisissez l’étape suivante.",
            field="status",
        )
    if on < reached_on:
        yield Finding(
            "stage_before_previous",
            "Cette étape ne peut pas précéder la précédente.",
            way_out="Vérifiez la date.",
            field="on",
            is_contradiction=True,
        )


def day_findings(*, on: date, today: date, born_on: date | None) -> Iterator[Finding]:
    """A stage on a day nobody can mean; a jury is known ahead."""
    yield from window_findings(VAE, on, field="on", today=today, born_on=born_on)


def next_deadline(status: VaeStatus, *, reached_on: date) -> date | None:
    """The legal date that follows a stage (R35, R36); None where the law fixes none."""
    match status:
        case VaeStatus.FEASIBILITY_SENT:
            return months_after(reached_on, DECISION_MONTHS)
        case VaeStatus.ADMISSIBLE:
            return month_end(months_after(reached_on, LAPSE_MONTHS))
        case VaeStatus.VALIDATION_SENT:
            return month_end(months_after(reached_on, JURY_MONTHS))
        case _:
            return None
