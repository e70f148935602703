"""What the clock does for the thread: each entry calls one function."""

from __future__ import annotations

from celery import shared_task

from pathways.services.reunions import forget_old_reunions


@shared_task(name="pathways.forget_old_reunions")
def forget_reunions() -> None:
    """Erase what would separate files joined more than thirty days ago."""
    forget_old_reunions()
