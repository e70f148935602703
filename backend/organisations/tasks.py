"""What the clock does for teams: each entry calls one function."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from backend.organisations.services.readings import tell_of_many_read


@shared_task(name="organisations.tell_of_many_read")
def tell_of_many() -> None:
    """Write to who answers for a place where somebody read many people today."""
    tell_of_many_read(timezone.localdate())
