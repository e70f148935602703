"""People a colleague who leaves accompanies today."""

from __future__ import annotations

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.dates import NBSP
from backend.organisations.models import Membership
from pathways.models import Stay


def people_left_behind(actor: Actor, membership: Membership) -> str:
    """« 12 personnes accompagnées restent sans référent actif… », empty when nobody."""
    stays = Stay.objects.visible_to(actor).open_on(timezone.localdate())
    count = stays.filter(advisor=membership.user, organisation=membership.organisation).count()
    if not count:
        return ""
    who = "personne accompagnée reste" if count == 1 else "personnes accompagnées restent"
    return f"{count}{NBSP}{who} sans référent actif : confiez-les à quelqu’un d’autre."
