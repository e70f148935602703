"""What the employers add to a person's thread: the jobs found."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Actor
from backend.core.dates import months_after
from employers.models import Placement
from pathways.models import Beneficiary
from pathways.rules.timeline import EMPLOYMENT, Step


def jobs(actor: Actor, person: Beneficiary) -> list[Step]:
    """Hires by ordinary employers: steps of the thread like the others."""
    hires = Placement.objects.visible_to(actor).filter(beneficiary=person).select_related("employer")
    return [
        Step(
            EMPLOYMENT,
            "Emploi",
            hire.employer.name,
            hire.started_on,
            _end_of(hire),
            label=hire.get_kind_display(),
        )
        for hire in hires
    ]


def _end_of(hire: Placement) -> date | None:
    if hire.ended_on or not hire.months:
        return hire.ended_on
    return months_after(hire.started_on, hire.months)
