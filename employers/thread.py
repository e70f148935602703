"""What the employers add to a person's thread: the jobs found, the calls to come."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.dates import months_after
from employers.models import Placement, PostHireFollowUp
from employers.rules.follow_up import LABELS
from pathways.models import Beneficiary
from pathways.rules.timeline import EMPLOYMENT, Step
from pathways.selectors.sources import Coming


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


def calls(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The next contact of each hire still supported: one only, the others follow."""
    waiting = PostHireFollowUp.objects.visible_to(actor).filter(
        placement__beneficiary=person, done_on__isnull=True, due_on__gte=timezone.localdate()
    )
    following: dict[int, Coming] = {}
    for call in waiting.select_related("placement__employer").order_by("due_on", "pk"):
        words = f"Nous vous appelons pour votre emploi chez {call.placement.employer} ({LABELS.get(call.milestone, call.milestone).lower()}) le"
        following.setdefault(call.placement_id, Coming(call.due_on, words))
    return list(following.values())


def _end_of(hire: Placement) -> date | None:
    if hire.ended_on or not hire.months:
        return hire.ended_on
    return months_after(hire.started_on, hire.months)
