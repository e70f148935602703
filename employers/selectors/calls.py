"""The calls that a person hired may expect."""

from __future__ import annotations

from django.utils import timezone

from backend.core.actor import Actor
from employers.models import PostHireFollowUp
from employers.rules.post_hire import LABELS
from pathways.models import Beneficiary
from pathways.selectors.sources import Coming


def calls_to_come(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The next contact of each hire still supported: one only, the others follow."""
    waiting = PostHireFollowUp.objects.visible_to(actor).filter(
        placement__beneficiary=person, done_on__isnull=True, due_on__gte=timezone.localdate()
    )
    following: dict[int, Coming] = {}
    for call in waiting.select_related("placement__employer", "placement__exit").order_by("due_on", "pk"):
        what = LABELS.get(call.milestone, call.milestone).lower()
        words = f"Nous vous appelons pour votre emploi chez {call.placement.workplace} ({what}) le"
        following.setdefault(call.placement_id, Coming(call.due_on, words))
    return list(following.values())
