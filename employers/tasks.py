"""What the workers do for the employers: each entry calls one service."""

from __future__ import annotations

from celery import shared_task

from employers.services.people_index import refresh_people_index


@shared_task(name="employers.refresh_people_index")
def refresh_index() -> None:
    """Make the index of people again when many changed since."""
    refresh_people_index()
