"""Who is supported after a hire: their door stays open to the structure they left for the job."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from backend.core.actor import Actor
from employers.models import Placement


def people_supported(actor: Actor, day: date) -> QuerySet[Any, Any]:
    """Identifiers of the people whose support is under way that day, for the structures the actor answers for."""
    return Placement.objects.supported_on(actor, day).order_by().values("beneficiary_id")


def stays_supported(day: date) -> QuerySet[Any, Any]:
    """Identifiers of the stays whose hire is still supported that day, in whatever structure."""
    hires = Placement.objects.filter(exit__isnull=False).lasting(day)
    return hires.order_by().values("exit__stay_id")
