"""What the workers do for the house itself: each entry calls one service."""

from __future__ import annotations

from celery import shared_task

from backend.core import idempotency
from backend.core.sealing import resealing
from backend.core.tables import statistics


@shared_task(name="core.forget_old_answers")
def forget_old_answers() -> None:
    """Delete the answers kept for requests sent again, once their day is over."""
    idempotency.forget_old_answers()


@shared_task(name="core.bind_sealed_texts")
def bind_sealed_texts() -> None:
    """Bind to their rows the texts that were written many at once, or before texts were bound to rows."""
    resealing.bind_to_rows()


@shared_task(name="core.refresh_statistics")
def refresh_statistics() -> None:
    """Keep what the base knows of its tables fresh as they grow."""
    statistics.refresh()
