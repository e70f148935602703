"""What the workers do for the reports: each entry calls one service."""

from __future__ import annotations

from celery import shared_task

from reports import services


@shared_task(name="reports.prepare_export")
def prepare_export(job_id: str) -> None:
    """Write the file of one export."""
    services.prepare_export(job_id=job_id)


@shared_task(name="reports.give_up_on_lost_exports")
def give_up_on_lost_exports() -> None:
    """End what went silent, send again what nobody took."""
    services.give_up_on_lost_exports()


@shared_task(name="reports.purge_old_exports")
def purge_old_exports() -> None:
    """Delete the files whose time is over."""
    services.purge_old_exports()
