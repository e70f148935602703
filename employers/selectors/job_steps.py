"""Hires by ordinary employers as steps of the thread, with their real or planned last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from backend.core.actor import Actor
from employers.models import Placement
from pathways.rules.timeline import EMPLOYMENT, Step
from pathways.selectors.step_sources import term_may_end_since


class JobSteps:
    """What this domain adds to the line of a person."""

    def steps_of(self, actor: Actor, people: Collection[int]) -> Mapping[int, list[Step]]:
        """Jobs of these people that the actor may see, in one query."""
        found: dict[int, list[Step]] = defaultdict(list)
        hires = (
            Placement.objects.visible_to(actor)
            .filter(beneficiary_id__in=people)
            .select_related("employer", "exit")
        )
        for hire in hires:
            found[hire.beneficiary_id].append(
                Step(
                    EMPLOYMENT,
                    "Emploi",
                    hire.workplace[:1].upper() + hire.workplace[1:],
                    hire.started_on,
                    hire.last_day,
                    label=hire.get_kind_display(),
                    exit_id=hire.exit_id,
                )
            )
        return found

    def people_since(self, actor: Actor, day: date) -> Any:
        """People whose job may have ended on or after that day; one without end is no wait."""
        term = term_may_end_since(day, start="started_on", months="months")
        hires = Placement.objects.visible_to(actor).filter(
            Q(ended_on__gte=day) | (Q(ended_on__isnull=True) & term)
        )
        return hires.order_by().values("beneficiary_id")


JOB_STEPS = JobSteps()
